"""Short ways to a run that is solved or published, with pairs known by thought."""

import datetime as dt
from collections.abc import Mapping, Sequence

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.introducing.terms import Terms
from matcher.cohorts.result import Alternate, Meeting, Origin, Result, Summary
from matcher.cohorts.run import Change, MatchRun
from matcher.matching.answers import PairScore, Reason, Warmth
from matcher.profiles import Role
from matcher.store import Store

WEI = Change(by="staff (Wei)")
MENTORS = Configuration(role=Role.MENTOR, startup_max=2, capacity=2)


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def after(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


def pair(startup: str, partner: str, score: float = 0.6, role: Role = Role.MENTOR) -> PairScore:
    """A pair with two reasons for it and one against it."""
    reasons = (
        Reason("industry", 0.3, {"industries": ("人工智能",)}),
        Reason("region", 0.15, {}),
        Reason("activity", -0.05, {}),
    )
    return PairScore(
        startup_id=startup,
        partner_id=partner,
        role=role,
        score=score,
        p_startup=score,
        p_partner=score,
        base=score - 0.4,
        reasons=reasons,
        warmth=Warmth.WARM,
    )


def result(
    meetings: Sequence[tuple[str, str]],
    alternates: Mapping[str, Sequence[str]] | None = None,
    slots: Mapping[tuple[str, str], str] | None = None,
) -> Result:
    """These pairs meet, and each startup has these alternates, in order."""
    summary = Summary(
        startups=len({startup for startup, _ in meetings}),
        partners=4,
        met=len({startup for startup, _ in meetings}),
        pairs=len(meetings),
        total=0.6 * len(meetings),
        bound=0.6 * len(meetings),
        gap=0.0,
        proved=True,
        worst=0.6,
        gave_way={},
        blocking=0,
        candidates=12,
        seconds=0.1,
        model_version="v1",
    )
    times = slots or {}
    met = tuple(
        Meeting(pair=pair(*names), origin=Origin.SOLVED, slot=times.get(names, "")) for names in meetings
    )
    next_ = tuple(
        Alternate(place=place, pair=pair(startup, partner, 0.5 - place / 100))
        for startup, partners in (alternates or {}).items()
        for place, partner in enumerate(partners, start=1)
    )
    return Result(summary=summary, meetings=met, alternates=next_)


def solved(
    store: Store, found: Result, *, cohort: str = "spring", configuration: Configuration = MENTORS
) -> MatchRun:
    """A run of north that was solved with this result."""
    run = store.match_runs.create("north", cohort, configuration, WEI)
    _, token = store.match_runs.queue("north", run.id, WEI)
    store.match_runs.begin(run.id, token)
    return store.match_runs.finish(run.id, token, found)


def published(
    store: Store,
    found: Result,
    *,
    cohort: str = "spring",
    configuration: Configuration = MENTORS,
    terms: Terms | None = None,
) -> MatchRun:
    """The same, published: its pairs are offered."""
    run = solved(store, found, cohort=cohort, configuration=configuration)
    offering = store.introductions.offering(WEI, terms or Terms())
    return store.match_runs.publish("north", run.id, WEI, offering)
