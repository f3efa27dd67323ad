"""The latest entry of the same kind before a moment, for many at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Entries:
    """n entries: `pairs` int64 [n] say what each is about, `moments` int64 [n] when it was."""

    pairs: npt.NDArray[np.int64]
    moments: npt.NDArray[np.int64]

    def take(self, rows: npt.NDArray[np.intp]) -> "Entries":
        """The chosen entries."""
        return Entries(self.pairs[rows], self.moments[rows])


def latest(there: Entries, asked: Entries) -> npt.NDArray[np.intp]:
    """The place in `there` of the latest entry about the same pair, at or before each moment asked: intp [m].

    NOWHERE (−1) where there is none; of several at one moment the last.
    """
    count = len(there.pairs)
    pairs = np.concatenate([there.pairs, asked.pairs])
    moments = np.concatenate([there.moments, asked.moments])
    order = np.lexsort((np.arange(len(pairs)) >= count, moments, pairs))
    so_far = np.maximum.accumulate(np.where(order < count, np.arange(len(order)), NOWHERE))
    found = np.append(order, NOWHERE)[so_far]
    same = np.append(pairs, 0)[found] == pairs[order]
    places = np.empty(len(order), np.intp)
    places[order] = np.where((found >= 0) & same, found, NOWHERE)
    return places[count:]
