"""The arcs to begin with when there are too many: the best few of each startup and of each partner.

Pairs are looked at in blocks of startups, so that memory holds one block and what was picked of the others.
A pair's `key` is its startup's row × the number of partners + its partner's row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from matcher.assignment.problem import Arcs, Bool, Float64, Int64
from matcher.errors import InvalidInput
from matcher.vocabulary import Rows

ValuesOf = Callable[[Rows], Float64]
"""Values of some startups' pairs with all partners, [startups, partners]: 0 to 1, or −inf where a pair may
not meet. Rows are asked for in order, and again in each round."""

CELLS = 2_000_000
"""About so many pairs are looked at at once."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Some eligible pairs by ascending key, each once."""

    keys: Int64
    values: Float64

    def __len__(self) -> int:
        return len(self.keys)

    def arcs(self, partners: int) -> Arcs:
        """The pairs as rows."""
        return Arcs(*np.divmod(self.keys, max(partners, 1)), self.values)


@dataclass(frozen=True, slots=True)
class Block:
    """The `values` [rows, partners] of startups from row `start` on."""

    start: int
    values: Float64

    @property
    def rows(self) -> Rows:
        """The startups."""
        return np.arange(self.start, self.start + len(self.values))

    @property
    def eligible(self) -> Bool:
        """Which pairs may meet."""
        eligible: Bool = self.values > -np.inf
        return eligible

    def places(self, keys: Int64) -> Int64:
        """Which of the ascending keys lie in the block, as places in its values laid flat."""
        width = self.values.shape[1]
        first, last = self.start * width, (self.start + len(self.values)) * width
        inside: Int64 = keys[np.searchsorted(keys, first) : np.searchsorted(keys, last)] - first
        return inside

    def picked(self, places: Int64) -> Candidates:
        """The pairs at some places, each once; only those that may meet."""
        places = np.unique(places)
        values = self.values.ravel()[places]
        eligible = values > -np.inf
        return Candidates(self.start * self.values.shape[1] + places[eligible], values[eligible])


def blocks(values_of: ValuesOf, shape: tuple[int, int]) -> Iterator[Block]:
    """All pairs in turn.

    Raises:
        InvalidInput: values that are not of the block's shape.
    """
    startups, partners = shape
    step = max(1, CELLS // max(partners, 1))
    for start in range(0, startups, step):
        rows = np.arange(start, min(start + step, startups))
        values = values_of(rows)
        if values.shape != (len(rows), partners):
            raise InvalidInput("values_of", values.shape, f"must be of shape {(len(rows), partners)}")
        yield Block(start, values)


def joined(parts: list[Candidates]) -> Candidates:
    """All pairs of the parts."""
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *(part.keys for part in parts)])
    values = np.concatenate([np.zeros(0), *(part.values for part in parts)])
    keys, first = np.unique(keys, return_index=True)
    return Candidates(keys, values[first])


def best_of_each(values_of: ValuesOf, shape: tuple[int, int], k: int, named: Int64) -> Candidates:
    """The k best pairs of each startup and of each partner, and those `named` by ascending keys that may
    meet."""
    parts, bests = [], _Bests(np.full((0, shape[1]), -np.inf), np.zeros((0, shape[1]), dtype=np.int64))
    for block in blocks(values_of, shape):
        parts.append(block.picked(np.concatenate((top_of_rows(block.values, k), block.places(named)))))
        bests = _with(bests, block, k)
    eligible = bests.values > -np.inf
    keys = (bests.startups * shape[1] + np.arange(shape[1]))[eligible]
    order = np.argsort(keys)
    return joined([*parts, Candidates(keys[order], bests.values[eligible][order])])


def top_of_rows(values: Float64 | Int64, k: int) -> Int64:
    """Places in the array laid flat of the k largest of each row."""
    width = values.shape[1]
    if k >= width:
        return np.arange(values.size)
    best = np.argpartition(values, width - k, axis=1)[:, width - k :]
    return np.asarray(best + width * np.arange(len(values))[:, None], dtype=np.int64).ravel()


@dataclass(frozen=True, slots=True)
class _Bests:
    """The best `values` of each partner so far, [up to k, partners], and whose they are."""

    values: Float64
    startups: Int64


def _with(bests: _Bests, block: Block, k: int) -> _Bests:
    values = np.concatenate((bests.values, block.values))
    rows = np.broadcast_to(block.rows[:, None], block.values.shape)
    startups = np.concatenate((bests.startups, rows))
    if len(values) <= k:
        return _Bests(values, startups)
    best = np.argpartition(values, len(values) - k, axis=0)[len(values) - k :]
    return _Bests(np.take_along_axis(values, best, 0), np.take_along_axis(startups, best, 0))
