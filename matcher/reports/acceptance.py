"""The acceptance report: what came of what was shown, by version, position, role and organisation."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidInput
from matcher.profiles import Role
from matcher.reports.attribution import DAY, WINDOW_DAYS, Answers, Mask, Places, answers_to
from matcher.reports.comparing import Comparison, comparisons
from matcher.reports.rates import Rate, rate_of
from matcher.shown import Feedback
from matcher.store import Store

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SPAN_DAYS = 90
"""How far back a report looks unless it is told."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines were shown, and how many of them led to what.

    The reader of the list `requested` (said yes) or `dismissed` (said no, and never yes); the other one
    `accepted` or `declined` (and never accepted); the two `met`, or more, which is a yes of both. `agreed`:
    both said yes.
    """

    shown: int
    requested: int
    dismissed: int
    accepted: int
    declined: int
    met: int
    agreed: int

    @property
    def requested_of_shown(self) -> Rate:
        """How often the reader said yes."""
        return rate_of(self.requested, self.shown)

    @property
    def accepted_of_requested(self) -> Rate:
        """How often the other one said yes to a reader who had."""
        return rate_of(self.agreed, self.requested)

    @property
    def agreed_of_shown(self) -> Rate:
        """How often both said yes."""
        return rate_of(self.agreed, self.shown)


RATES = ("requested_of_shown", "accepted_of_requested", "agreed_of_shown")
COUNTS = ("shown", "requested", "dismissed", "accepted", "declined", "met")


@dataclass(frozen=True, slots=True)
class Group:
    """The lines that have something in common: what it is called, and their tally."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceReport:
    """What came of the lists served in [since, until).

    `organisation` is "" where it is of all. `lists` were recorded, of which `recent` are younger than
    `window_days`, so that more answers to them may come. Of the answers since, `named` named their list,
    `assumed` were counted for the latest list that had shown the pair, `stray` answer no recorded list.
    `groups` are by "version" (in the order in which they began), "position" (from 1), "role" (of who was
    shown) and "organisation".
    """

    since: dt.datetime
    until: dt.datetime
    organisation: str
    window_days: int
    lists: int
    recent: int
    named: int
    assumed: int
    stray: int
    total: Tally
    groups: Mapping[str, tuple[Group, ...]]
    comparisons: tuple[Comparison, ...]


def acceptance(
    store: Store,
    now: dt.datetime,
    *,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    organisation: str = "",
) -> AcceptanceReport:
    """The report as it stands `now`, of one organisation or of all (""); by default of SPAN_DAYS to now.

    Raises:
        InvalidInput: it would end before it begins.
    """
    until = until or now
    since = since or until - dt.timedelta(days=SPAN_DAYS)
    if since >= until:
        raise InvalidInput("from", since.isoformat(), f"must be before {until.isoformat()}")
    [report] = acceptances(store, now, (since, until), organisation=organisation)
    return report


def acceptances(
    store: Store, now: dt.datetime, *spans: tuple[dt.datetime, dt.datetime], organisation: str = ""
) -> list[AcceptanceReport]:
    """The reports of several spans [since, until) as they stand `now`; what they are made of is read once."""
    window = dt.timedelta(days=WINDOW_DAYS)  # lists from the end on take answers that name none
    first, last = min(since for since, _ in spans), max(until for _, until in spans)
    feedback = store.feedback(first, last + window, organisation=organisation or None)
    return [
        report_of(
            feedback.between(_microseconds(since), _microseconds(until + window)),
            now,
            since=since,
            until=until,
            organisation=organisation,
        )
        for since, until in spans
    ]


def report_of(
    feedback: Feedback, now: dt.datetime, *, since: dt.datetime, until: dt.datetime, organisation: str = ""
) -> AcceptanceReport:
    """The report of what was shown and said."""
    every, shown = answers_to(feedback), feedback.shown.before(_microseconds(until))
    answers, feedback = every.first(len(shown.lists)), replace(feedback, shown=shown)
    moment = _microseconds(now)
    return AcceptanceReport(
        since=since,
        until=until,
        organisation=organisation,
        window_days=WINDOW_DAYS,
        lists=len(shown.moments),
        recent=int((shown.moments > moment - WINDOW_DAYS * DAY).sum()),
        named=_within(every.named, len(shown.lists)),
        assumed=_within(every.assumed, len(shown.lists)),
        stray=int(((every.named < 0) & (every.assumed < 0)).sum()),
        total=_tally(answers, np.ones(len(answers.yes), np.bool_)),
        groups=_groups(feedback, answers),
        comparisons=comparisons(feedback, answers, moment),
    )


def _microseconds(at: dt.datetime) -> int:
    return (at - EPOCH) // dt.timedelta(microseconds=1)


def _within(lines: Places, count: int) -> int:
    """How many belong to one of the first so many lines."""
    return int(((lines >= 0) & (lines < count)).sum())


def _groups(feedback: Feedback, answers: Answers) -> dict[str, tuple[Group, ...]]:
    shown = feedback.shown
    roles = [role.value for role in Role]
    return {
        "version": _grouped(answers, shown.versions[shown.lists], list(dict.fromkeys(shown.versions))),
        "position": _grouped(answers, shown.positions, np.unique(shown.positions).tolist()),
        "role": _grouped(answers, feedback.people.roles[shown.partners], roles),
        "organisation": _grouped(answers, shown.organisations[shown.lists], sorted(set(shown.organisations))),
    }


def _grouped(answers: Answers, values: npt.NDArray[np.generic], names: Sequence[object]) -> tuple[Group, ...]:
    """A group for each name that a line has, in the order of the names."""
    masks = ((name, values == name) for name in names)
    return tuple(Group(str(name), _tally(answers, mask)) for name, mask in masks if mask.any())


def _tally(answers: Answers, mask: Mask) -> Tally:
    return Tally(
        shown=int(mask.sum()),
        requested=int((mask & answers.yes).sum()),
        dismissed=int((mask & answers.no & ~answers.yes).sum()),
        accepted=int((mask & answers.other_yes).sum()),
        declined=int((mask & answers.other_no & ~answers.other_yes).sum()),
        met=int((mask & answers.met).sum()),
        agreed=int((mask & answers.yes & answers.other_yes).sum()),
    )
