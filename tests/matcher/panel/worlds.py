"""Short ways to say a panel."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matcher.matching.eligibility import Rule
from matcher.matching.prospects import Prospect
from matcher.matching.relations import Relation
from matcher.panel.assigning import Wanted
from matcher.panel.values import Application, Panel, PanelSettings, Review, Reviewer
from matcher.profiles import Profile, Role

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def application(id_: str, asked: int | None = None, least: int | None = None, **given: Any) -> Application:
    return Application(id=id_, startup_id=given.pop("startup_id", id_), asked=asked, least=least, **given)


def reviewer(id_: str, **given: Any) -> Reviewer:
    return Reviewer(id=id_, name=given.pop("name", f"Name of {id_}"), **given)


def panel(applications: Sequence[Application], reviewers: Sequence[Reviewer] = (), **settings: Any) -> Panel:
    reviews = settings.pop("reviews", ())
    return Panel(
        organisation="north",
        id="p1",
        name="孵化种子资金 2026",
        settings=PanelSettings(**settings),
        applications=tuple(applications),
        reviewers=tuple(reviewers) or (reviewer("r1"),),
        reviews=tuple(reviews),
    )


def scored(scores: Mapping[str, Mapping[str, float]]) -> list[Review]:
    """Reviews from {application: {reviewer: score}}."""
    return [
        Review(application=application, reviewer=reviewer, expertise=0.5, score=score, scored_at=NOW)
        for application, given in scores.items()
        for reviewer, score in given.items()
    ]


def wanted(
    each: int,
    expertise: Any,
    *,
    free: Any = None,
    kept: Any = None,
    before: Any = None,
    least: Any = None,
    most: Any = None,
    firms: Any = None,
    per_firm: int | None = None,
) -> Wanted:
    worth = np.asarray(expertise, dtype=float)
    nobody = np.zeros(worth.shape, dtype=bool)
    reviewers = worth.shape[1]
    return Wanted(
        each=each,
        expertise=worth,
        free=~nobody if free is None else np.asarray(free, dtype=bool),
        kept=nobody if kept is None else np.asarray(kept, dtype=bool),
        before=nobody if before is None else np.asarray(before, dtype=bool),
        least=np.zeros(reviewers, dtype=np.int64) if least is None else np.asarray(least, dtype=np.int64),
        most=np.full(reviewers, 99) if most is None else np.asarray(most, dtype=np.int64),
        firms=np.full(reviewers, -1) if firms is None else np.asarray(firms, dtype=np.int64),
        per_firm=per_firm,
    )


def startup(id_: str, **given: Any) -> Profile:
    return Profile(organisation="north", role=Role.STARTUP, id=id_, name=f"Name of {id_}", **given)


def mentor(id_: str, **given: Any) -> Profile:
    return Profile(organisation="north", role=Role.MENTOR, id=id_, name=f"Name of {id_}", **given)


@dataclass(frozen=True)
class Knows:
    """Knows some mentors, their score with every startup, and who has met whom."""

    scores: Mapping[str, float]
    met: Collection[tuple[str, str]] = ()
    people: Mapping[str, Profile] = field(default_factory=dict)

    def prospects(
        self,
        organisation: str,
        startup_ids: Sequence[str],
        role: Role,
        only: Collection[str] | None = None,
    ) -> list[list[Prospect]]:
        known = role is Role.MENTOR
        return [self._of(organisation, startup_id, only) if known else [] for startup_id in startup_ids]

    def _of(self, organisation: str, startup_id: str, only: Collection[str] | None) -> list[Prospect]:
        return [
            Prospect(
                id_,
                self.people.get(id_, mentor(id_)),
                Rule.ELIGIBLE,
                Relation.CONNECTED if (startup_id, id_) in self.met else Relation.NONE,
                score,
                score,
                score,
            )
            for id_, score in self.scores.items()
            if only is None or f"{organisation}:{id_}" in only
        ]
