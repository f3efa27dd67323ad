"""/v1/startups, /v1/partners, /v1/pairs: who fits whom, and why."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import g

from api.access import allow, current_scope
from api.answering import current_moment
from api.principals import Caller
from api.recording import record_shown
from api.schemas.matches import (
    ExplanationAnswer,
    ExplanationQuery,
    ListQuery,
    MatchAnswer,
    RankedHeaders,
    StartupListQuery,
    explanation_answer,
    match_answer,
)
from matcher.errors import InvalidInput
from matcher.interactions import local
from matcher.profiles import Profile, Role

bp = APIBlueprint("matches", __name__, url_prefix="/v1", tag="Matches")


@bp.get("/startups/<reference:startup_id>/matches")
@allow(Caller.ADMIN, Caller.STAFF, Caller.STARTUP)
@bp.input(StartupListQuery, location="query", arg_name="query")
@bp.output(MatchAnswer, headers=RankedHeaders)
def match_startup(startup_id: str, query: StartupListQuery) -> MatchAnswer:
    """Partners for a startup

    The best first, with the reasons. A startup reads its own list.
    """
    scope = current_scope()
    scope.check_self(startup_id)
    return _listed(scope.startup(startup_id), query.role.role, query, spread=query.spread)


@bp.get("/partners/<reference:partner_id>/matches")
@allow(Caller.ADMIN, Caller.STAFF, Caller.MENTOR, Caller.INVESTOR)
@bp.input(ListQuery, location="query", arg_name="query")
@bp.output(MatchAnswer, headers=RankedHeaders)
def match_partner(partner_id: str, query: ListQuery) -> MatchAnswer:
    """Startups for a partner

    The best first, with the reasons. A mentor or investor reads its own list.
    """
    scope = current_scope()
    scope.check_self(partner_id)
    return _listed(scope.partner(partner_id), Role.STARTUP, query)


@bp.get("/pairs/<reference:a>/<reference:b>/explanation")
@allow(*Caller)
@bp.input(ExplanationQuery, location="query", arg_name="query")
@bp.output(ExplanationAnswer, headers=RankedHeaders)
def explain_pair(a: str, b: str, query: ExplanationQuery) -> ExplanationAnswer:
    """Why, or why not, b is in the list of a

    One is a startup, the other a partner. A member asks about its own list (a is the member itself).
    """
    scope = current_scope()
    scope.check_self(a)
    first, second = scope.profile(a), scope.profile(b)
    if (first.role is Role.STARTUP) == (second.role is Role.STARTUP):
        raise InvalidInput("b", b, f"is {second.role.noun}, and so is not matched with {first.role.noun}")
    moment = current_moment(first, second)
    found = moment.explain(scope.organisation, _written(first), _written(second), k=query.k)
    found = replace(found, pair=scope.told(found.pair))
    return explanation_answer(found, g.request_id, language=query.lang, whole=not scope.principal.is_member)


def _listed(profile: Profile, role: Role | None, query: ListQuery, *, spread: bool = False) -> MatchAnswer:
    scope = current_scope()
    if query.tags and scope.principal.is_member:  # they may not read them: see matcher.visibility
        raise InvalidInput("tags", query.tags[0], "are for the office alone", "leave them out")
    [found] = current_moment(profile).match(
        scope.organisation,
        [_written(profile)],
        role=role,
        k=query.k,
        filters=query.filters(),
        spread=spread,
    )
    record_shown(found, profile)
    found = replace(
        found, matches=tuple(replace(match, pair=scope.told(match.pair)) for match in found.matches)
    )
    return match_answer(found, g.request_id, language=query.lang, whole=not scope.principal.is_member)


def _written(profile: Profile) -> str:
    """The profile's id as the caller's organisation writes it."""
    return local(current_scope().organisation, profile.key)
