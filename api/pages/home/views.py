"""The first page of the office."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from api.access import Scope, allow, current_scope, current_services
from api.pages.blueprint import pages
from api.pages.cohorts.listing import CohortLine, lines_of
from api.pages.cohorts.outcomes import WAIT
from api.pages.cohorts.shared import run_page
from api.pages.home.cares import first_cares
from api.pages.home.wording import care_text
from api.pages.models import RETRAIN
from api.principals import OFFICE
from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.cohorts.run import MatchRun
from matcher.cohorts.status import RunStatus
from matcher.profiles import Role

COHORTS = 6


@dataclass(frozen=True, slots=True)
class Answers:
    """A run that people see, and how many of its introductions wait for an answer or came to no answer."""

    run: MatchRun
    name: str
    offered: int
    expired: int


@dataclass(frozen=True, slots=True)
class Alone:
    """A run that people see, and how many of its startups have nobody any more."""

    run: MatchRun
    name: str
    startups: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the office: runs to be looked at, answers, and people whom no message reaches."""

    runs: Sequence[tuple[MatchRun, str]]
    answers: Sequence[Answers]
    alone: Sequence[Alone]
    unreachable: int
    asked: int
    """So many of those have an introduction that waits for their answer."""
    unknown: int
    """So many introductions were agreed a week ago, and nobody has said whether the two met."""

    def __bool__(self) -> bool:
        return bool(self.runs or self.answers or self.alone or self.unreachable or self.unknown)


@pages.get("/")
@allow(*OFFICE, cookie=True)
def home() -> Response:
    """What is to be done first."""
    scope, services = current_scope(), current_services()
    lines, first = lines_of(scope), first_cares(services, scope.organisation)
    return run_page(
        "home.html",
        waiting=_waiting(scope, lines, services.clock() - WAIT),
        cares=first.cares,
        care_count=first.count,
        lines=lines[:COHORTS],
        line_count=len(lines),
        someone=bool(lines) or _has_startups(scope),
        retrained=next(iter(services.store.runs(RETRAIN, limit=1)), None),
        care_text=care_text,
        erasures=len(services.store.erasures.requests(scope.organisation)),
    )


def _has_startups(scope: Scope) -> bool:
    return bool(scope.store.page(scope.organisation, roles=(Role.STARTUP,), limit=1).profiles)


def _waiting(scope: Scope, lines: Sequence[CohortLine], before: dt.datetime) -> Waiting:
    names = {line.cohort.id: line.cohort.name for line in lines}
    open_ = (RunStatus.SOLVED, RunStatus.INFEASIBLE)
    latest = [line.latest for line in lines if line.latest and line.latest.status in open_]
    missing = scope.store.contacts.missing(scope.organisation)
    return Waiting(
        [(run, names[run.cohort]) for run in latest],
        _answers(scope, lines),
        _alone(scope, lines),
        len(missing),
        sum(waits for _, _, _, waits in missing),
        scope.store.introductions.unknown_outcomes(scope.organisation, before).total(),
    )


def _answers(scope: Scope, lines: Sequence[CohortLine]) -> list[Answers]:
    tally = scope.store.introductions.tally(scope.organisation)
    found = []
    for line in lines:
        for run in line.published:
            counts = tally.get(run.id, Counter())
            offered = counts.get(IntroductionStatus.OFFERED, 0)
            expired = counts.get(IntroductionStatus.EXPIRED, 0)
            if offered or expired:
                found.append(Answers(run, line.cohort.name, offered, expired))
    return found


def _alone(scope: Scope, lines: Sequence[CohortLine]) -> list[Alone]:
    counts = scope.store.introductions.alone(scope.organisation)
    runs = ((run, line.cohort.name) for line in lines for run in line.published)
    return [Alone(run, name, counts[run.id]) for run, name in runs if counts[run.id]]
