"""/v1/introductions: published pairs as requests, answered by both sides or by the office for them."""

from apiflask import APIBlueprint
from flask import g

from api.access import Scope, allow, current_scope
from api.introductions import accept, as_told, decline, seen_introduction, withdraw
from api.principals import OFFICE, Caller
from api.schemas.common import Query
from api.schemas.introductions import (
    AcceptIn,
    DeclinedAnswer,
    DeclineIn,
    IntroductionAnswer,
    IntroductionEventOut,
    IntroductionEventsAnswer,
    IntroductionOut,
    IntroductionsAnswer,
    IntroductionsQuery,
    WithdrawIn,
)
from api.schemas.match_runs import WordedQuery
from api.schemas.matches import Language
from matcher.cohorts.introducing.introduction import Introduction
from matcher.errors import NotFound

Tagged = tuple[IntroductionAnswer, int, dict[str, str]]

bp = APIBlueprint("introductions", __name__, url_prefix="/v1/introductions", tag="Introductions")


@bp.get("")
@allow(*Caller)
@bp.input(IntroductionsQuery, location="query", arg_name="query")
@bp.output(IntroductionsAnswer)
def list_introductions(query: IntroductionsQuery) -> IntroductionsAnswer:
    """List introductions

    The office's are those of its startups and of its partners; a startup, mentor or investor sees its own.
    """
    scope = current_scope()
    principal = scope.principal
    found = scope.store.introductions.all(
        scope.organisation,
        member=principal.profile_id if principal.is_member else query.member,
        run=query.run,
        status=query.status,
        offset=query.offset,
        limit=query.limit + 1,
    )
    shown = [_out(each, scope, query.lang) for each in found[: query.limit]]
    next_offset = query.offset + query.limit if len(found) > query.limit else None
    return IntroductionsAnswer(request_id=g.request_id, introductions=shown, next_offset=next_offset)


@bp.get("/<reference:introduction_id>")
@allow(*Caller)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.output(IntroductionAnswer)
def get_introduction(introduction_id: str, query: WordedQuery) -> Tagged:
    """Read one introduction

    The ETag is its version.
    """
    scope = current_scope()
    return _tagged(seen_introduction(scope, introduction_id), scope, query.lang)


@bp.get("/<reference:introduction_id>/events")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(IntroductionEventsAnswer)
def list_introduction_events(introduction_id: str, _query: Query) -> IntroductionEventsAnswer:
    """Read what happened to an introduction: who, when and why"""
    scope = current_scope()
    if seen_introduction(scope, introduction_id).organisation != scope.organisation:
        raise NotFound(f"no introduction {introduction_id!r} of a run of yours")
    events = scope.store.introductions.events(scope.organisation, introduction_id)
    told = [IntroductionEventOut.of(event) for event in events]
    return IntroductionEventsAnswer(request_id=g.request_id, events=told)


@bp.post("/<reference:introduction_id>/accept")
@allow(*Caller)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(AcceptIn, location="json", arg_name="body")
@bp.output(IntroductionAnswer)
def accept_introduction(introduction_id: str, query: WordedQuery, body: AcceptIn) -> Tagged:
    """Say yes to an introduction

    It is accepted once both sides have said so. The office answers for one side or for both, and says which
    version it saw. Saying yes again changes nothing.
    """
    scope = current_scope()
    done = accept(scope, introduction_id, side=body.side, why=body.why, version=body.version)
    return _tagged(done, scope, query.lang)


@bp.post("/<reference:introduction_id>/decline")
@allow(*Caller)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(DeclineIn, location="json", arg_name="body")
@bp.output(DeclinedAnswer)
def decline_introduction(
    introduction_id: str, query: WordedQuery, body: DeclineIn
) -> tuple[DeclinedAnswer, int, dict[str, str]]:
    """Say no to an introduction

    The startup's next alternate that still has room is offered in its place: `following`. The office says
    whose no it is, and which version it saw.
    """
    scope = current_scope()
    done, following = decline(
        scope, introduction_id, reason=body.reason, side=body.side, version=body.version
    )
    told = _out(following, scope, query.lang) if following else None
    answer, status, headers = _tagged(done, scope, query.lang)
    return DeclinedAnswer(**answer.model_dump(), following=told), status, headers


@bp.post("/<reference:introduction_id>/withdraw")
@allow(*OFFICE)
@bp.input(WordedQuery, location="query", arg_name="query")
@bp.input(WithdrawIn, location="json", arg_name="body")
@bp.output(IntroductionAnswer)
def withdraw_introduction(introduction_id: str, query: WordedQuery, body: WithdrawIn) -> Tagged:
    """Take an introduction back

    Both sides are told, and nobody follows.
    """
    scope = current_scope()
    done = withdraw(scope, introduction_id, reason=body.reason, version=body.version)
    return _tagged(done, scope, query.lang)


def _out(introduction: Introduction, scope: Scope, language: Language) -> IntroductionOut:
    return IntroductionOut.of(as_told(scope, introduction), language)


def _tagged(introduction: Introduction, scope: Scope, language: Language) -> Tagged:
    told = _out(introduction, scope, language).model_dump()
    headers = {"ETag": f'"{introduction.version}"'}
    return IntroductionAnswer(request_id=g.request_id, **told), 200, headers
