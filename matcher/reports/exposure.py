"""Who is shown how often, against the room that each has: whether a few get all the attention."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.reports.evenness import gini, lorenz

POINTS = 40
"""The Lorenz curve is told at so many places."""
ENDS = 10
"""So many of the most and of the least shown are named."""


@dataclass(frozen=True, slots=True)
class Partner:
    """One mentor or investor who takes part: `capacity` is how many startups it takes on, None unknown."""

    key: str
    name: str
    role: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """How often a partner was shown, and its due part: what it would be, were exposure in proportion to
    capacity."""

    partner: Partner
    shown: int
    due: float


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """What was shown to startups in [since, until).

    `lines` are all partners, the most shown first; `never` were not shown at all. `gini` of how often each
    was shown is 0 where all were alike and near 1 where few had all; `gini_due` is that of shown ÷ due, by
    room instead of by head. `curve` is the Lorenz curve of how often each was shown, () of nothing.
    """

    since: dt.datetime
    until: dt.datetime
    shown: int
    never: int
    gini: float
    gini_due: float
    curve: tuple[float, ...]
    lines: tuple[Line, ...]

    @property
    def most(self) -> tuple[Line, ...]:
        """Those who were shown most."""
        return self.lines[:ENDS] if self.shown else ()

    @property
    def least(self) -> tuple[Line, ...]:
        """Of those with room the ones that lack most of their due, the worst first."""
        waiting = [line for line in self.lines if line.shown < line.due]
        return tuple(sorted(waiting, key=lambda line: (line.shown - line.due, line.partner.key))[:ENDS])


def exposure_of(
    partners: Sequence[Partner], shown: Mapping[str, int], since: dt.datetime, until: dt.datetime
) -> ExposureReport:
    """The report of partners who were `shown` so often (by key; whom it leaves out was not shown)."""
    counts = np.array([shown.get(partner.key, 0) for partner in partners], dtype=np.float64)
    due = due_of(partners) * counts.sum()
    lines = [
        Line(partner, int(count), float(part))
        for partner, count, part in zip(partners, counts.tolist(), due.tolist(), strict=True)
    ]
    with_room = due > 0
    return ExposureReport(
        since=since,
        until=until,
        shown=int(counts.sum()),
        never=int((counts == 0).sum()),
        gini=gini(counts),
        gini_due=gini(counts[with_room] / due[with_room]) if with_room.any() else 0.0,
        curve=lorenz(counts, POINTS),
        lines=tuple(sorted(lines, key=lambda line: (-line.shown, line.partner.key))),
    )


def due_of(partners: Sequence[Partner]) -> npt.NDArray[np.float64]:
    """Each one's part of all exposure in proportion to capacity, summing to 1, shape [n]; an unknown capacity
    counts as the mean of the known ones. Equal parts where nobody has room."""
    known = [float(partner.capacity) for partner in partners if partner.capacity is not None]
    usual = sum(known) / len(known) if known else 1.0
    room = np.array(
        [usual if partner.capacity is None else max(partner.capacity, 0) for partner in partners],
        dtype=np.float64,
    )
    whole = float(room.sum())
    return room / whole if whole else np.full(len(room), 1 / max(len(room), 1))
