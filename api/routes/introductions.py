"""/v1/introductions: published pairs as requests, answered by both sides or by the office for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from apiflask import APIBlueprint
from flask import g

from api.access import Scope, allow, current_scope
from api.match_runs import change_of, change_of_what_was_seen
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
from matcher.cohorts.introducing.introduction import Introduction, Side
from matcher.cohorts.run import Change, Changed
from matcher.errors import Forbidden, InvalidInput, NotFound
from matcher.interactions import qualified

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
    return _tagged(_seen(scope, introduction_id), scope, query.lang)


@bp.get("/<reference:introduction_id>/events")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(IntroductionEventsAnswer)
def list_introduction_events(introduction_id: str, _query: Query) -> IntroductionEventsAnswer:
    """Read what happened to an introduction: who, when and why"""
    scope = current_scope()
    if _seen(scope, introduction_id).organisation != scope.organisation:
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
    found = _seen(scope, introduction_id)
    side = _side(scope, found, body.side)
    sides = [side] if side else _sides_of(scope, found)
    change = _change(scope, body.why, body.version)
    with _telling(scope, found):
        done = scope.store.introductions.accept(scope.organisation, introduction_id, sides, change)
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
    found = _seen(scope, introduction_id)
    side = _side(scope, found, body.side)
    if side is None:
        raise InvalidInput("side", "", "is needed", "say whose no it is: startup or partner")
    change = _change(scope, body.reason, body.version)
    with _telling(scope, found):
        done, following = scope.store.introductions.decline(scope.organisation, introduction_id, side, change)
    concerned = done.organisation == scope.organisation and _reader(scope, done) is not Side.PARTNER
    told = _out(following, scope, query.lang) if following and concerned else None
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
    change = change_of_what_was_seen(scope, body.reason, body.version)
    with _telling(scope, _seen(scope, introduction_id)):
        done = scope.store.introductions.withdraw(scope.organisation, introduction_id, change)
    return _tagged(done, scope, query.lang)


def _seen(scope: Scope, introduction_id: str) -> Introduction:
    """The introduction, where the caller may know of it."""
    found = scope.store.introductions.get(scope.organisation, introduction_id)
    if scope.principal.is_member and _reader(scope, found) is None:
        raise NotFound(f"no introduction {introduction_id!r} here")
    return found


@contextmanager
def _telling(scope: Scope, introduction: Introduction) -> Iterator[None]:
    """Who answers an older version is told what changed since; only the run's office, by whom and why."""
    try:
        yield
    except Changed as error:
        if scope.principal.is_member or introduction.organisation != scope.organisation:
            raise error.without_names() from None
        raise


def _reader(scope: Scope, introduction: Introduction) -> Side | None:
    """The side that the caller is; None for the office (and for whom it is none of theirs)."""
    if not scope.principal.is_member:
        return None
    own = qualified(scope.organisation, scope.principal.profile_id)
    return next((side for side in Side if introduction.key_of(side) == own), None)


def _side(scope: Scope, introduction: Introduction, asked: Side | None) -> Side | None:
    """Whose answer it is; None where the office did not say.

    Raises:
        Forbidden: another side than the caller may answer for.
    """
    own = _reader(scope, introduction)
    may = [own] if own else _sides_of(scope, introduction)
    if asked is not None and asked not in may:
        raise Forbidden(f"you may not answer for the {asked} of this introduction")
    return own or asked


def _sides_of(scope: Scope, introduction: Introduction) -> list[Side]:
    """The sides that the office may answer for: both of its own run's, else its own partner."""
    return list(Side) if introduction.organisation == scope.organisation else [Side.PARTNER]


def _change(scope: Scope, why: str, version: int | None) -> Change:
    """Of the office is asked which version it saw: two who answer calls must not overwrite each other."""
    if scope.principal.is_member:
        return change_of(scope, why, version)
    return change_of_what_was_seen(scope, why, version)


def _out(introduction: Introduction, scope: Scope, language: Language) -> IntroductionOut:
    abroad = Side.PARTNER if introduction.organisation != scope.organisation else None
    return IntroductionOut.of(introduction, language, _reader(scope, introduction) or abroad)


def _tagged(introduction: Introduction, scope: Scope, language: Language) -> Tagged:
    told = _out(introduction, scope, language).model_dump()
    headers = {"ETag": f'"{introduction.version}"'}
    return IntroductionAnswer(request_id=g.request_id, **told), 200, headers
