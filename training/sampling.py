"""Whom of a large world a slice looks at, so that time and memory do not grow with the world."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows, Vocabulary
from training.slices import Choices

MOST_QUERIES, MOST_PARTNERS = 2_000, 3_000
"""Where a window has more startups, or a role more partners, so many are drawn."""
PAIRS = 500_000
"""So many pairs are looked at together, at some 200 bytes each and as much again while they are made."""
Queries = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Considered:
    """The partners that a slice looks at: `keys`, `rows` [c] among all partners, and whether each was `drawn`
    [c]; the others are there for what they had to do in the window. `share` of all partners were drawn."""

    keys: Vocabulary
    rows: Rows
    drawn: npt.NDArray[np.bool_]
    share: float

    def places(self, rows: Rows) -> Rows:
        """Where partners stand among those considered, by their rows among all."""
        places: Rows = np.searchsorted(self.rows, rows)
        return places


def considered(partners: Vocabulary, busy: Iterable[str], seed: int) -> Considered:
    """MOST_PARTNERS of the partners, drawn, and those who were `busy`; all where there are no more."""
    drawn = np.ones(len(partners), dtype=bool)
    if len(partners) > MOST_PARTNERS:
        drawn[:] = False
        drawn[np.random.default_rng(seed).choice(len(partners), MOST_PARTNERS, replace=False)] = True
    looked_at = drawn.copy()
    looked_at[partners.known(busy)] = True
    rows = np.flatnonzero(looked_at)
    return Considered(
        Vocabulary(partners.terms[row] for row in rows.tolist()), rows, drawn[rows], float(drawn.mean())
    )


def some(queries: Queries, seed: int) -> Queries:
    """MOST_QUERIES of them, drawn, in their order; all where there are no more."""
    if len(queries) <= MOST_QUERIES:
        return queries
    places = np.random.default_rng(seed).choice(len(queries), MOST_QUERIES, replace=False)
    keys = list(queries)
    return {keys[place]: queries[keys[place]] for place in sorted(places.tolist())}


def blocks(queries: Queries, partners: int) -> Iterator[Queries]:
    """The queries in turn, about PAIRS pairs at once; one empty block where there is no query."""
    keys, step = list(queries), max(1, PAIRS // max(1, partners))
    for start in range(0, max(1, len(keys)), step):
        yield {key: queries[key] for key in keys[start : start + step]}


def standing_for_all(choices: Choices, share: float) -> Choices:
    """Of partners that were drawn each stands for more: 1/`share`. Those who were chosen stand for themselves
    (McFadden's correction for sampled alternatives)."""
    chosen = choices.deals | choices.wanted
    standing = np.where(chosen, choices.stands_for, choices.stands_for / np.float32(share))
    return dataclasses.replace(choices, stands_for=standing)
