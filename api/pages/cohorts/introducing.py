"""Answers to a run's introductions that the office notes for those who rang or wrote."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.introductions import accept, decline, seen_introduction, withdraw
from api.pages.blueprint import pages
from api.pages.cohorts.shared import reason_of, seen_version, to
from api.principals import Caller
from matcher.cohorts.introducing.introduction import MOST_REASON, Side
from matcher.errors import InvalidInput, NotFound


@pages.post("/runs/<reference:run_id>/introductions/<reference:introduction_id>")
@allow(Caller.ADMIN, Caller.STAFF, cookie=True)
def answer_introduction(run_id: str, introduction_id: str) -> AnyResponse:
    """Note a yes or a no of one side, or take the introduction back."""
    scope, version = current_scope(), seen_version()
    reason, said = reason_of(request.form)[:MOST_REASON], request.form.get("answer", "")
    if seen_introduction(scope, introduction_id).run != run_id:
        raise NotFound(f"{introduction_id!r} is no introduction of the run {run_id!r}")
    word, _, side = said.partition(" ")
    if word == "withdraw":
        withdraw(scope, introduction_id, reason=reason, version=version)
    elif word == "accept":
        accept(scope, introduction_id, side=_side(side), why=reason, version=version)
    else:
        decline(scope, introduction_id, reason=reason, side=_side(side), version=version)
    return to("pages.run", run_id=run_id, _anchor="introductions")


def _side(given: str) -> Side:
    if given not in {side.value for side in Side}:
        raise InvalidInput("side", given[:80], "is no side", "say startup or partner")
    return Side(given)
