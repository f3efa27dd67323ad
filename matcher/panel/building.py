"""From a panel and what the matching service knows to an assignment, and back to reviews."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matcher.errors import InvalidInput
from matcher.interactions import qualified
from matcher.matching.prospects import Prospect
from matcher.matching.relations import Relation
from matcher.panel.assigning import Assigned, Float64, Shortfall, Wanted, assign
from matcher.panel.conflicts import Conflict, conflict_between
from matcher.panel.values import Application, Panel, Review, Reviewer
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.vocabulary import Vocabulary

UNKNOWN_EXPERTISE = 0.5
"""Of a reviewer without a profile, where no other reviewer of the application has one."""
_NO_LIMIT = 1_000_000

Pair = tuple[str, str]
"""An application's and a reviewer's id."""


class Knowing(Protocol):
    """What is asked of the matching service (see `matcher.matching.moment.Moment.prospects`)."""

    def prospects(
        self,
        organisation: str,
        startup_ids: Sequence[str],
        role: Role,
        only: Collection[str] | None = None,
    ) -> list[list[Prospect]]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of every pair: `expertise` [n, m] in 0…1, and the conflicts that there are."""

    expertise: Float64
    conflicts: Mapping[Pair, Conflict]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reviews of an assignment, the loads that it keeps to, and who `behind` has fewer. `dropped` are
    reviews of the assignment before whose scores are lost by a conflict that came up since."""

    reviews: tuple[Review, ...]
    lowest: int
    highest: int
    behind: tuple[str, ...]
    conflicts: Mapping[Pair, Conflict]
    dropped: tuple[Review, ...]


def known_of(panel: Panel, startups: Mapping[str, Profile], matching: Knowing) -> Known:
    """Expertise and conflicts of every application with every reviewer; `startups` by id.

    Expertise is the score of the pair. That of a reviewer without a profile is unknown, neither good nor bad:
    the mean of the others' for the same application stands for it.

    Raises:
        InvalidInput: a reviewer's profile is gone, or may not be seen here.
    """
    expertise = np.full((len(panel.applications), len(panel.reviewers)), np.nan)
    conflicts: dict[Pair, Conflict] = {}
    every = _prospects(panel, matching)
    for row, application in enumerate(panel.applications):
        startup, found = startups[application.startup_id], every[row]
        for column, reviewer in enumerate(panel.reviewers):
            prospect = _prospect_of(panel, reviewer, found)
            expertise[row, column] = prospect.score if prospect else np.nan
            if conflict := _conflict(application, startup, reviewer, prospect):
                conflicts[application.id, reviewer.id] = conflict
    return Known(_filled(expertise), conflicts)


def assigned(panel: Panel, known: Known) -> Outcome | Shortfall:
    """The panel's assignment; reviews whose scores are in stay, others change as little as possible."""
    wanted = _wanted(panel, known)
    found = assign(wanted)
    if isinstance(found, Shortfall):
        return found
    before = {(review.application, review.reviewer): review for review in panel.reviews}
    reviews = tuple(
        before.get(pair) or Review(application=pair[0], reviewer=pair[1], expertise=expertise)
        for pair, expertise in _pairs(panel, found, known)
    )
    kept = {(review.application, review.reviewer) for review in reviews}
    dropped = [review for pair, review in before.items() if pair not in kept and review.score is not None]
    behind = [panel.reviewers[column].id for column in np.flatnonzero(found.behind)]
    return Outcome(reviews, found.lowest, found.highest, tuple(behind), known.conflicts, tuple(dropped))


def _prospects(panel: Panel, matching: Knowing) -> list[Mapping[str, Prospect]]:
    """For each application its startup's standing with the reviewers that have a profile, by key."""
    keys = {_key(panel, reviewer) for reviewer in panel.reviewers if reviewer.partner_id}
    startups = [application.startup_id for application in panel.applications]
    if not keys:
        return [{} for _ in startups]
    by_role = [matching.prospects(panel.organisation, startups, role, keys) for role in PARTNER_ROLES]
    return [
        {prospect.profile.key: prospect for found in both for prospect in found}
        for both in zip(*by_role, strict=True)
    ]


def _prospect_of(panel: Panel, reviewer: Reviewer, found: Mapping[str, Prospect]) -> Prospect | None:
    if not reviewer.partner_id:
        return None
    prospect = found.get(_key(panel, reviewer))
    if prospect is None:
        rule = "is no mentor or investor that may be seen here"
        raise InvalidInput("partner_id", reviewer.partner_id, rule, "take the reviewer out, or name another")
    return prospect


def _key(panel: Panel, reviewer: Reviewer) -> str:
    return qualified(panel.organisation, reviewer.partner_id)


def _conflict(
    application: Application, startup: Profile, reviewer: Reviewer, prospect: Prospect | None
) -> Conflict | None:
    partner, relation = (prospect.profile, prospect.relation) if prospect else (None, Relation.NONE)
    return conflict_between(application, startup, reviewer, partner, relation)


def _filled(expertise: Float64) -> Float64:
    known = ~np.isnan(expertise)
    counts = known.sum(axis=1, keepdims=True)
    sums = np.where(known, expertise, 0).sum(axis=1, keepdims=True)
    usual = np.where(counts > 0, sums / np.maximum(counts, 1), UNKNOWN_EXPERTISE)
    return np.where(known, expertise, usual)


def _wanted(panel: Panel, known: Known) -> Wanted:
    shape = known.expertise.shape
    rows = Vocabulary(application.id for application in panel.applications)
    columns = Vocabulary(reviewer.id for reviewer in panel.reviewers)
    free, kept, before = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for application, reviewer in known.conflicts:
        free[rows.row(application), columns.row(reviewer)] = False
    for review in panel.reviews:
        if review.application in rows and review.reviewer in columns:
            at = rows.row(review.application), columns.row(review.reviewer)
            before[at], kept[at] = True, review.score is not None
    firms = Vocabulary(reviewer.firm for reviewer in panel.reviewers if reviewer.firm)
    return Wanted(
        each=panel.settings.each,
        expertise=known.expertise,
        free=free,
        kept=kept,
        before=before,
        least=np.array([reviewer.least for reviewer in panel.reviewers], dtype=np.int64),
        most=np.array([_most(reviewer) for reviewer in panel.reviewers], dtype=np.int64),
        firms=firms.rows((reviewer.firm for reviewer in panel.reviewers), unknown=-1).astype(np.int64),
        per_firm=panel.settings.per_firm,
    )


def _most(reviewer: Reviewer) -> int:
    return _NO_LIMIT if reviewer.most is None else reviewer.most


def _pairs(panel: Panel, found: Assigned, known: Known) -> list[tuple[Pair, float]]:
    return [
        ((panel.applications[row].id, panel.reviewers[column].id), float(known.expertise[row, column]))
        for row, column in np.argwhere(found.chosen).tolist()
    ]
