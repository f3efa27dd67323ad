"""What became of pairs: how many were offered, asked for, accepted, met, rated, and came to a deal.

A pair enters a period when the first of these happens to it, and counts to its end with all that has happened
since: so each step is a part of those who entered. Who met was accepted, who rated or made a deal has met;
who was asked for without a run counts as offered.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.interactions import TYPES
from matcher.interactions import InteractionType as Type
from matcher.profiles import PARTNER_ROLES
from matcher.reports.rates import Rate, rate_of

STEPS = ("offered", "requested", "accepted", "met", "rated", "invested")
_DEAL = (Type.INVESTED,)
_MET = (Type.MET, Type.RATED, Type.MENTORED, Type.INVESTED)
_REACHED = {
    "offered": (Type.SHOWN, Type.REQUESTED, Type.ACCEPTED, *_MET),
    "requested": (Type.REQUESTED, Type.ACCEPTED, *_MET),
    "accepted": (Type.ACCEPTED, *_MET),
    "met": _MET,
    "rated": (Type.RATED,),
    "invested": _DEAL,
}
COUNTED = (Type.REQUESTED, Type.ACCEPTED, Type.DECLINED, *_MET)
"""The types of interactions that are asked for. Of published runs come too: a pair's offer as SHOWN and the
startup's no to it as DISMISSED; what other lists showed, and what was waved away there, is no step."""
_NO = (Type.DECLINED, Type.DISMISSED)
Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Events:
    """Events of pairs, n rows in any order about p profiles: `keys`, `roles` object [p];
    `startups`, `partners` intp [n] places in these, `types` int8 [n] places in TYPES, `moments` int64 [n]
    microseconds since 1970, `values` float64 [n] the figure of the event (a rating), NaN where none."""

    keys: Objects
    roles: Objects
    startups: npt.NDArray[np.intp]
    partners: npt.NDArray[np.intp]
    types: npt.NDArray[np.int8]
    moments: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Funnel:
    """So many pairs reached each step; of those that entered `declined` came to no yes. `rating` is the mean
    of the pairs' ratings, None without any."""

    name: str
    offered: int
    requested: int
    accepted: int
    met: int
    rated: int
    invested: int
    declined: int
    rating: float | None

    def rate(self, step: str) -> Rate:
        """The step's share of the pairs that entered, with its 95 % interval."""
        return rate_of(int(getattr(self, step)), self.offered)


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """The pairs that entered in [since, until): all, and by "month" (2026-03), "role" and "cohort" (id)."""

    since: dt.datetime
    until: dt.datetime
    total: Funnel
    groups: Mapping[str, tuple[Funnel, ...]]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """p pairs: when each entered, and what it reached."""

    startups: Objects
    roles: Objects
    entered: npt.NDArray[np.int64]
    reached: Mapping[str, Mask]
    declined: Mask
    ratings: npt.NDArray[np.float64]


def outcomes_of(
    events: Events,
    since: dt.datetime,
    until: dt.datetime,
    cohorts: Mapping[str, Collection[str]],
    zone: dt.tzinfo = dt.UTC,
) -> OutcomeReport:
    """The report; `cohorts` are startups' keys by the cohort's id, months are those of the zone."""
    pairs = _pairs(events)
    inside = (pairs.entered >= _microseconds(since)) & (pairs.entered < _microseconds(until))
    by_month = {
        month: inside & (pairs.entered >= begins) & (pairs.entered < ends)
        for month, begins, ends in _months(since, until, zone)
    }
    by_role = {role.value: inside & (pairs.roles == role.value) for role in PARTNER_ROLES}
    by_cohort = {name: inside & _among(pairs.startups, keys) for name, keys in cohorts.items()}
    groups = {"month": by_month, "role": by_role, "cohort": by_cohort}
    return OutcomeReport(
        since,
        until,
        _funnel("total", pairs, inside),
        {name: _grouped(pairs, masks) for name, masks in groups.items()},
    )


def _microseconds(at: dt.datetime) -> int:
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def _pairs(events: Events) -> _Pairs:
    whole = events.startups.astype(np.int64) * len(events.keys) + events.partners
    _, where, rows = np.unique(whole, return_index=True, return_inverse=True)
    count = len(where)
    entered = np.full(count, np.iinfo(np.int64).max)
    entering = _is(events, _REACHED["offered"])
    np.minimum.at(entered, rows[entering], events.moments[entering])
    rated = _is(events, (Type.RATED,)) & ~np.isnan(events.values)
    marks = np.bincount(rows[rated], minlength=count)
    sums = np.bincount(rows[rated], weights=events.values[rated], minlength=count)
    ratings = np.where(marks, sums / np.maximum(marks, 1), np.nan)
    reached = {step: _any(rows, _is(events, types), count) for step, types in _REACHED.items()}
    declined = _any(rows, _is(events, _NO), count) & ~reached["accepted"]
    startups, roles = events.keys[events.startups[where]], events.roles[events.partners[where]]
    return _Pairs(startups, roles, entered, reached, declined, ratings)


def _is(events: Events, types: Collection[Type]) -> Mask:
    return np.isin(events.types, [TYPES.index(each) for each in types])


def _any(rows: npt.NDArray[np.intp], mask: Mask, count: int) -> Mask:
    found = np.zeros(count, np.bool_)
    found[rows[mask]] = True
    return found


def _months(since: dt.datetime, until: dt.datetime, zone: dt.tzinfo) -> Iterator[tuple[str, int, int]]:
    """The months that a span touches, each with its first moment and the first one after."""
    first = since.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first < until:
        after = (first + dt.timedelta(days=32)).replace(day=1)
        yield f"{first:%Y-%m}", _microseconds(first), _microseconds(after)
        first = after


def _among(keys: Objects, wanted: Collection[str]) -> Mask:
    some = frozenset(wanted)
    return np.fromiter((key in some for key in keys.tolist()), np.bool_, len(keys))


def _grouped(pairs: _Pairs, masks: Mapping[str, Mask]) -> tuple[Funnel, ...]:
    """A funnel of each group that somebody entered."""
    return tuple(_funnel(name, pairs, mask) for name, mask in masks.items() if mask.any())


def _funnel(name: str, pairs: _Pairs, mask: Mask) -> Funnel:
    rated = pairs.ratings[mask & ~np.isnan(pairs.ratings)]
    return Funnel(
        name=name,
        **{step: int((mask & reached).sum()) for step, reached in pairs.reached.items()},
        declined=int((mask & pairs.declined).sum()),
        rating=float(rated.mean()) if len(rated) else None,
    )
