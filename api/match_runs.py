"""What routes about match runs share: whose run, at which version it was seen, whom its words name."""

import re
from itertools import chain

from flask import g, request
from werkzeug.exceptions import PreconditionRequired

from api.access import Scope, current_services
from api.jobs.solving import SOLVE, UNQUEUED
from api.schemas.match_run_answers import RunAnswer, RunOut
from api.schemas.matches import Language
from matcher.cohorts.result import Impasse, Move
from matcher.cohorts.run import Change, MatchRun
from matcher.cohorts.wording import NAMED
from matcher.errors import NotFound, NotReady

Tagged = tuple[RunAnswer, int, dict[str, str]]
_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def change_of(scope: Scope, why: str, version: int | None = None) -> Change:
    """Who changes something, why, and the version that they saw: the body's, else that of `If-Match`."""
    return Change(by=scope.principal.who, why=why, version=_seen() if version is None else version)


def change_of_what_was_seen(scope: Scope, why: str, version: int | None) -> Change:
    """The same, where nobody may overwrite what they have not seen.

    Raises:
        PreconditionRequired: neither says which version was seen.
    """
    change = change_of(scope, why, version)
    if change.version is None:
        raise PreconditionRequired("say which `version` of the run you saw, or send it as If-Match")
    return change


def _seen() -> int | None:
    found = _TAG.fullmatch(request.headers.get("If-Match", "").strip())
    return int(found[1]) if found else None


def queued(scope: Scope, run_id: str, change: Change, *, afresh: bool = False) -> MatchRun:
    """The run, waiting to be solved in the background. Asked again while it waits, it is not queued twice.

    Raises:
        Conflict: it is being solved, or was published. NotReady: the queue cannot be reached: then the run is
            a draft again, and does not wait for nobody.
    """
    runs = scope.store.match_runs
    before = runs.get(scope.organisation, run_id)
    run, token = runs.queue(scope.organisation, run_id, change, afresh=afresh)
    if run.version != before.version:
        try:
            current_services().queue_job(SOLVE, {"run": run_id, "token": token})
        except NotReady:
            runs.fail(run_id, token, UNQUEUED)
            raise
    return run


def tagged(run: MatchRun, language: Language, status: int = 200, **headers: str) -> Tagged:
    """The run as an answer, with its version as ETag."""
    told = RunAnswer(request_id=g.request_id, **RunOut.of(run, language).model_dump())
    return told, status, {"ETag": f'"{run.version}"', **headers}


def names_in(scope: Scope, impasse: Impasse | None) -> dict[str, str]:
    """The names of those whom the ways out name, by id."""
    moves = [
        move for clash in (impasse.clashes if impasse else ()) for way in clash.ways_out for move in way.moves
    ]
    return {who: name for who in set(chain(*map(_named, moves))) if (name := _name(scope, who))}


def _named(move: Move) -> list[str]:
    return [
        *(move.who if len(move.who) <= NAMED else ()),
        *(who for pair in move.pairs[:NAMED] for who in pair),
    ]


def _name(scope: Scope, reference: str) -> str:
    try:
        return scope.profile(reference).name
    except NotFound:  # deleted since
        return ""
