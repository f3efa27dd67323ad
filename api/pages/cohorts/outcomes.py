"""The office records what came of introductions, and sees of which nobody has said it yet."""

import datetime as dt

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.introductions import seen_introduction
from api.office import today, zone
from api.outcomes import take_back
from api.pages.blueprint import pages
from api.pages.cohorts.shared import to
from api.pages.members.history import PAGE_SIZE, asked_offset
from api.pages.members.meeting import CURRENCIES, as_typed, noted, number_in
from api.pages.rendering import page
from api.principals import OFFICE
from api.problems import kind_of
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.errors import BoleError, Conflict, InvalidInput, NotFound

WAIT = dt.timedelta(days=7)
"""So long after both agreed the office asks whether they met."""


@pages.get("/introductions")
@allow(*OFFICE, cookie=True)
def unknown_outcomes() -> Response:
    """Introductions that were agreed a week ago, and nobody has said what came of them; the oldest first."""
    scope, offset = current_scope(), asked_offset()
    before = current_services().clock() - WAIT
    found = scope.store.introductions.without_outcome(
        scope.organisation, before, offset=offset, limit=PAGE_SIZE + 1
    )
    return page(
        "outcomes/unknown.html",
        zone=zone(),
        found=found[:PAGE_SIZE],
        earlier=max(offset - PAGE_SIZE, 0) if offset else None,
        later=offset + PAGE_SIZE if len(found) > PAGE_SIZE else None,
    )


@pages.get("/introductions/<reference:introduction_id>/outcome")
@allow(*OFFICE, cookie=True)
def outcome(introduction_id: str) -> Response:
    """What came of the introduction, and a form to say it."""
    return _page(_own(introduction_id))


@pages.post("/introductions/<reference:introduction_id>/outcome")
@allow(*OFFICE, cookie=True)
def note_outcome(introduction_id: str) -> AnyResponse:
    """Note that the two met, or what else came of it."""
    found = _own(introduction_id)
    try:
        noted(found)
    except (Conflict, InvalidInput) as error:
        return _page(found, error)
    return to("pages.outcome", introduction_id=found.id, noted="yes")


@pages.post("/introductions/<reference:introduction_id>/outcomes/<reference:number>/undo")
@allow(*OFFICE, cookie=True)
def undo_outcome(introduction_id: str, number: str) -> AnyResponse:
    """Forget what the office noted a moment ago; what is on record stays, and the page shows it."""
    found = _own(introduction_id)
    try:
        take_back(current_scope(), number_in(number))
    except Conflict as error:
        return _page(found, error)
    except NotFound:  # pressed twice
        pass
    return to("pages.outcome", introduction_id=found.id)


def _own(introduction_id: str) -> Introduction:
    """The introduction of one of the organisation's startups.

    Raises:
        NotFound: it is none.
    """
    scope = current_scope()
    found = seen_introduction(scope, introduction_id)
    if found.organisation != scope.organisation:
        raise NotFound(f"no introduction {introduction_id!r} of a startup of yours")
    return found


def _page(introduction: Introduction, refused: BoleError | None = None) -> Response:
    known = current_scope().store.introductions.outcomes([introduction.id])
    return page(
        "outcomes/outcome.html",
        kind_of(refused).status if refused else 200,
        zone=zone(),
        introduction=introduction,
        outcomes=known.get(introduction.id, ()),
        agreed=introduction.status is IntroductionStatus.ACCEPTED,
        refused=refused,
        typed=as_typed(),
        today=today(),
        currencies=CURRENCIES,
    )
