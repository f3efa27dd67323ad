"""Every signal with a small world that it can be asked about, for the contract that all of them keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.encoding.texts import Parts, TextVectors, text_vectors
from matcher.signals import affinity, asks, behaviour, declared, text
from matcher.signals.meeting import EVERYBODY, Chosen, Meeting

Side = tuple[Any, ...]

_TAKEN = (affinity.Affinity, TextVectors, Parts)


@dataclass(frozen=True)
class Case:
    """`signal` maps the two sides, aligned arrays of one row a profile, to scores.

    `startup_known` and `partner_known` tell who has what the signal compares: both must, for a score.
    """

    signal: Callable[[Side, Side, Meeting], npt.NDArray[np.float32]]
    startups: Side
    partners: Side
    startup_known: Sequence[bool]
    partner_known: Sequence[bool]

    def scores(self, startups: Sequence[int] | None = None, partners: Sequence[int] | None = None) -> Any:
        """Scores of the chosen rows, everybody by default."""
        return self.signal(_chosen(self.startups, startups), _chosen(self.partners, partners), EVERYBODY)

    def scores_of(self, meeting: Chosen) -> Any:
        """Scores of chosen pairs of everybody's rows."""
        return self.signal(self.startups, self.partners, meeting)

    def arrays(self) -> list[npt.NDArray[Any]]:
        """Every plain array behind the two sides."""
        return [array for part in (*self.startups, *self.partners) for array in _plain(part)]


def _chosen(side: Side, rows: Sequence[int] | None) -> Side:
    if rows is None:
        return side
    at = np.array(rows, dtype=np.intp)
    return tuple(part.take(at) if isinstance(part, _TAKEN) else part[at] for part in side)


def _plain(part: Any) -> list[npt.NDArray[Any]]:
    if isinstance(part, affinity.Affinity):
        return [*_plain(part.gains), part.base, part.known, part.seen]
    if isinstance(part, TextVectors):
        return [part.whole, *_plain(part.parts)]
    if isinstance(part, Parts):
        return [part.codes, part.lengths, part.ends]
    return [part.data, part.indices, part.indptr] if sp.issparse(part) else [part]


def _rows(*rows: Sequence[float]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(rows, dtype=np.float32))


def _units(count: int, blank: int) -> npt.NDArray[np.float32]:
    vectors = np.random.default_rng(count).standard_normal((count, 300)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[blank] = 0
    return vectors


def _texts(count: int, blank: int) -> TextVectors:
    """Texts of one, two and three parts in turn, one of them blank."""
    parts = [row % 3 * (row % 3 > 0) + (row % 3 > 0) if row != blank else 0 for row in range(count)]
    more = np.random.default_rng(count).standard_normal((sum(parts), 300)).astype(np.float32)
    return text_vectors(np.vstack([_units(count, blank), more]), parts)


def _many(count: int, width: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(count).standard_normal((count, width)).astype(np.float32)


WANTED = _rows([1, 1, 0, 0], [0, 0, 0, 0], [0, 1, 1, 1])
GIVEN = _rows([1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 1, 0], [1, 1, 0, 0])
EVERY = np.ones((1, 4), dtype=bool)
BOTH, FIVE = [True, False, True], [True, False, True, True, True]
COUNTS = _rows([4, 1, 0, 0], [0, 0, 0, 0], [1, 0, 2, 0], [0, 3, 3, 0], [9, 0, 0, 0])
DEALS = np.array([4.0, 0.0, 2.0, 3.0, 9.0])
ASKED = np.array([6.0, np.nan, 7.5])
AMOUNTS = np.array([[6.0, 0.5], [np.nan, np.nan], [7.0, 0.2], [5.5, 1.0], [6.5, 0.5]])
CLOSENESS = np.exp(-np.abs(np.arange(4)[:, None] - np.arange(4))).astype(np.float32)
LIKENESS = np.abs(np.tanh(_many(3, 4)))

CASES = {
    "semantic": Case(
        lambda s, p, m: text.semantic(*s, *p, meeting=m), (_texts(3, 1),), (_texts(5, 1),), BOTH, FIVE
    ),
    "whole": Case(
        lambda s, p, m: text.whole(*s, *p, meeting=m), (_units(3, 1),), (_units(5, 1),), BOTH, FIVE
    ),
    "closest_parts": Case(
        lambda s, p, m: text.closest_parts(*s, *p, meeting=m),
        (_texts(3, 1).parts,),
        (_texts(5, 1).parts,),
        BOTH,
        FIVE,
    ),
    "lexical": Case(lambda s, p, m: text.lexical(*s, *p, meeting=m), (WANTED,), (GIVEN,), BOTH, FIVE),
    "coverage": Case(
        lambda s, p, m: declared.coverage(*s, *p, EVERY, meeting=m)[0], (WANTED,), (GIVEN,), BOTH, FIVE
    ),
    "nearest": Case(
        lambda s, p, m: declared.nearest(*s, *p, CLOSENESS, meeting=m),
        (WANTED.toarray() > 0,),
        (GIVEN.toarray() > 0,),
        BOTH,
        FIVE,
    ),
    "ticket": Case(
        lambda s, p, m: declared.ticket(*s, *p, meeting=m),
        (np.array([[6.0, 6.0], [np.nan, np.nan], [7.5, 7.5]]),),
        (np.array([[5.0, 6.5], [np.nan, np.nan], [np.nan, 5.0], [7.0, np.nan], [8.0, 9.0]]),),
        BOTH,
        FIVE,
    ),
    "lift": Case(
        lambda s, p, m: affinity.lift(*s, *p, EVERY, meeting=m)[0],
        (WANTED,),
        (affinity.counted_affinity(COUNTS, DEALS),),
        BOTH,
        FIVE,
    ),
    "lift, learned": Case(
        lambda s, p, m: affinity.lift(*s, *p, EVERY, meeting=m)[0],
        (WANTED,),
        (affinity.learned_affinity(_many(5, 4), DEALS),),
        BOTH,
        FIVE,
    ),
    "fit": Case(
        lambda s, p, m: asks.fit(*s, *p, np.array([6.5, 0.5]), meeting=m), (ASKED,), (AMOUNTS,), BOTH, FIVE
    ),
    "nearness": Case(lambda s, p, m: asks.nearness(*s, *p, meeting=m), (ASKED,), (AMOUNTS,), BOTH, FIVE),
    "habit": Case(
        lambda s, p, m: behaviour.habit(*p, len(s[0]), meeting=m),
        (np.zeros(3),),
        (np.array([0.5, np.nan, -2.0, 0.0, 1.0], dtype=np.float32),),
        [True, True, True],
        FIVE,
    ),
    "share": Case(
        lambda s, p, m: behaviour.share(*s, *p, meeting=m),
        (_many(3, 4),),
        (COUNTS,),
        [True] * 3,
        FIVE,
    ),
    "companions": Case(
        lambda s, p, m: behaviour.companions(
            *s, *p, totals=np.array([14, 4, 5, 1], dtype=np.float32), meeting=m
        ),
        (WANTED,),
        (COUNTS,),
        BOTH,
        FIVE,
    ),
    "factors": Case(
        lambda s, p, m: behaviour.factors(*s, *p, meeting=m),
        (_many(3, 96), _many(3, 1)[:, 0]),
        (_many(5, 96), _many(5, 1)[:, 0]),
        [True] * 3,
        [True] * 5,
    ),
    "neighbours": Case(
        lambda s, p, m: behaviour.neighbours(
            *s, *p, segment_totals=np.array([14, 4, 5, 1], dtype=np.float32), meeting=m
        ),
        (LIKENESS,),
        (COUNTS,),
        [True] * 3,
        FIVE,
    ),
}
