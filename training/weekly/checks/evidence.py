"""What the checks look at: profiles, events by row, and what the live model was trained on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt

from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.profiles import Profile, Role
from matcher.vocabulary import Rows
from training.weekly.checks.portrait import NO_PORTRAIT, Portrait, portrait_of

Mask = npt.NDArray[np.bool_]
DELETED = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 ÷ the golden ratio: multiplied by it, neighbours lie far apart (Knuth's Fibonacci hashing)."""


@dataclass(frozen=True, slots=True)
class CheckedData:
    """What is to be checked.

    `today` is the day of the run (days since 1970-01-01), not over yet: the last week ends before it.
    `live` is the portrait of what the live model was trained on, NO_PORTRAIT where nobody knows.
    """

    profiles: Sequence[Profile]
    interactions: InteractionTable
    today: int
    live: Portrait = NO_PORTRAIT


@dataclass(frozen=True, slots=True)
class Events:
    """n events between profiles that are still there, in the order given.

    `startups` and `partners` are rows of the profiles; `types`, `days` and `values` as in InteractionTable.
    """

    startups: Rows
    partners: Rows
    types: npt.NDArray[np.int8]
    days: npt.NDArray[np.int32]
    values: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.days)

    def take(self, chosen: Mask) -> "Events":
        """The chosen events."""
        return Events(*(getattr(self, name)[chosen] for name in self.__slots__))

    def between(self, first: int, end: int) -> "Events":
        """Those from the day `first` to before `end`."""
        return self.take((self.days >= first) & (self.days < end))

    def of(self, *types: InteractionType) -> "Events":
        """Those of the types."""
        return self.take(np.isin(self.types, [TYPES.index(kind) for kind in types]))

    def thinned(self, most: int) -> "Events":
        """About `most` of them at most, with all events of the pairs that they are of."""
        every = -(-len(self) // most)
        mixed = (self.pairs.astype(np.uint64) * _MIX) >> np.uint64(32)
        return self.take(mixed % np.uint64(every) == 0) if every > 1 else self

    @property
    def pairs(self) -> npt.NDArray[np.int64]:
        """One number for each event that only those of the same pair share."""
        return (self.startups.astype(np.int64) << 32) | self.partners.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The data, prepared once for all checks. `deleted` events name a profile that is no longer there."""

    data: CheckedData
    events: Events
    deleted: Mask
    now: Portrait
    by_role: dict[Role, list[Profile]] = field(repr=False)

    @property
    def today(self) -> int:
        """The day of the run."""
        return self.data.today

    def recent(self, days: int) -> Events:
        """Events of so many days before today."""
        return self.events.between(self.today - days, self.today)


def evidence_of(data: CheckedData) -> Evidence:
    """Find every event's profiles, and describe the profiles."""
    rows = {profile.key: row for row, profile in enumerate(data.profiles)}
    table = data.interactions
    startups, partners = (_rows(rows, keys) for keys in (table.startups, table.partners))
    deleted = (startups == DELETED) | (partners == DELETED)
    events = Events(startups, partners, table.types, table.days, table.values)
    return Evidence(
        data=data,
        events=events.take(~deleted),
        deleted=deleted,
        now=portrait_of(data.profiles, len(table)),
        by_role={role: [p for p in data.profiles if p.role is role] for role in Role},
    )


def _rows(rows: dict[str, int], keys: npt.NDArray[np.object_]) -> Rows:
    found = map(rows.get, keys.tolist(), repeat(DELETED))
    return np.fromiter(found, dtype=np.intp, count=len(keys))
