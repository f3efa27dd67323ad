"""Between the panels' routes and the domain: who changes what, who reviews as whom, and assigning."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from api.access import Scope
from api.answering import current_moment
from api.panel_names import Partners, partners_of
from api.schemas.panels import (
    ApplicationIn,
    ChangeIn,
    PanelIn,
    PanelPatch,
    RecusalIn,
    ReviewerIn,
    ScoresIn,
)
from matcher.amounts import Language
from matcher.cohorts.run import Change
from matcher.errors import Infeasible, NotFound
from matcher.interactions import local
from matcher.panel.assigning import Shortfall
from matcher.panel.building import Knowing, Outcome, Pair, assigned, known_of
from matcher.panel.changes import Score
from matcher.panel.conflicts import Conflict
from matcher.panel.report import Result, result_of
from matcher.panel.values import Application, Panel, Reviewer
from matcher.panel.wording import shortfall_sentence
from matcher.profiles import Profile
from matcher.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """A panel after an assignment, its loads, and the conflicts that there are."""

    panel: Panel
    facts: Mapping[str, Any]
    conflicts: Mapping[Pair, Conflict]


def change_of(scope: Scope, given: ChangeIn | None = None) -> Change:
    """Who changes, why, and what they saw."""
    who = scope.principal.who
    return Change(by=who) if given is None else Change(by=who, why=given.why, version=given.version)


def parts_of(
    scope: Scope, body: PanelIn | PanelPatch
) -> tuple[tuple[Application, ...] | None, tuple[Reviewer, ...] | None]:
    """The applications and reviewers that a body gives, None where it leaves them as they are.

    Raises:
        NotFound: a startup or partner that the caller may not know of.
    """
    applications, reviewers = body.applications, body.reviewers
    return (
        None if applications is None else tuple(_application(scope, each) for each in applications),
        None if reviewers is None else _reviewers(scope, reviewers),
    )


def _application(scope: Scope, given: ApplicationIn) -> Application:
    startup_id = scope.startup(given.startup_id).id
    return given.model_copy(update={"startup_id": startup_id}).application()


def _reviewers(scope: Scope, given: Sequence[ReviewerIn]) -> tuple[Reviewer, ...]:
    partners = partners_of(scope.store, scope.organisation)
    return tuple(_reviewer(scope, each, partners) for each in given)


def _reviewer(scope: Scope, given: ReviewerIn, partners: Partners) -> Reviewer:
    """The reviewer; one given by the whole name of a profile is that partner, under the id as it was."""
    if not given.partner_id:
        known = partners.meant((given.name or "", given.id or ""))
        return replace(given.reviewer(""), partner_id=known)
    partner = scope.partner(given.partner_id)
    own = {"partner_id": local(scope.organisation, partner.key)}
    return given.model_copy(update=own).reviewer(partner.name)


def reviewer_of_caller(scope: Scope, panel: Panel) -> str:
    """The reviewer that a member is in the panel; "" for the office, which sees all.

    Raises:
        NotFound: a member that is none of its reviewers.
    """
    if not scope.principal.is_member:
        return ""
    found = panel.reviewer_behind(scope.own_key)
    if found is not None:
        return found.id
    raise NotFound(f"no panel {panel.id!r} here; the list of panels names those there are")


def first_scores(scope: Scope, panel: Panel, body: ScoresIn) -> list[Score]:
    """The scores of a body.

    Raises:
        NotFound: a member gives somebody else's.
    """
    own, scores = reviewer_of_caller(scope, panel), [each.value() for each in body.scores]
    for score in scores:
        if own not in ("", score.reviewer):
            raise NotFound(f"there is no review of {score.application!r} by {score.reviewer!r} for you")
    return scores


def recused_panel(scope: Scope, panel_id: str, body: RecusalIn) -> Panel:
    """The panel after a reviewer declared a conflict of interest; a member declares its own.

    Raises:
        NotFound: no such panel or review, or somebody else's. Changed, Conflict: as the store does.
    """
    panels = scope.store.panels
    panel = scope.panel(panel_id)
    own = reviewer_of_caller(scope, panel)
    reviewer = own or body.reviewer or ""
    if body.reviewer not in (None, reviewer):
        raise NotFound(f"there is no review of {body.application!r} by {body.reviewer!r} for you")
    change = change_of(scope, body)
    return panels.recuse(panel.organisation, panel.id, body.application, reviewer, change)


def shown_result(scope: Scope, panel_id: str) -> Result:
    """The panel's result, as decided where it is."""
    panels = scope.store.panels
    panel = panels.get(scope.organisation, panel_id)
    return result_of(panel, panels.decision(scope.organisation, panel_id))


def startups_of(scope: Scope, panel: Panel) -> dict[str, Profile]:
    """The startups that apply, by id.

    Raises:
        NotFound: one is no longer there.
    """
    known = scope.known({each.startup_id for each in panel.applications})
    missing = (each.startup_id for each in panel.applications if each.startup_id not in known)
    return known | {each: scope.startup(each) for each in missing}


def assigned_panel(scope: Scope, panel_id: str, body: ChangeIn, language: Language) -> Done:
    """The panel with reviewers assigned.

    Raises:
        Infeasible: it cannot be done; says why in the language. NotFound, Conflict: as the store does.
    """
    panel = scope.store.panels.get(scope.organisation, panel_id)
    startups = startups_of(scope, panel)
    moment = current_moment(*startups.values())
    change = Change(by=scope.principal.who, why=body.why, version=body.version or panel.version)
    return assign(scope.store, panel, startups, moment, change, language)


def assign(
    store: Store,
    panel: Panel,
    startups: Mapping[str, Profile],
    matching: Knowing,
    change: Change,
    language: Language,
) -> Done:
    """Assign and keep it.

    Raises:
        Infeasible: it cannot be done; says why in the language. Changed: others changed the panel.
    """
    found = assigned(panel, known_of(panel, startups, matching))
    if isinstance(found, Shortfall):
        raise Infeasible(shortfall_sentence(found, panel, language))
    facts = _facts(found)
    kept = store.panels.assign(panel.organisation, panel.id, change, found.reviews, facts)
    return Done(kept, facts, found.conflicts)


def _facts(found: Outcome) -> dict[str, Any]:
    dropped = [
        {name: asdict(review)[name] for name in ("application", "reviewer", "score", "comment")}
        for review in found.dropped
    ]
    return {
        "reviews": len(found.reviews),
        "lowest": found.lowest,
        "highest": found.highest,
        "behind": list(found.behind),
        "dropped": dropped,
    }
