"""Erasing a profile or an account for good: a look at what goes, then the name typed."""

from flask import Response, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.pages.accounts.fields import field
from api.pages.blueprint import pages
from api.pages.privacy.wording import place_text
from api.pages.rendering import page
from api.pages.said import say
from api.principals import OFFICE
from api.privacy.subjects import Subject, another, erase_for_good, profile
from matcher.errors import Conflict, InvalidInput


@pages.get("/profiles/<reference:profile_id>/erase")
@allow(*OFFICE, cookie=True)
def erasing_profile(profile_id: str) -> Response:
    """What would go of a profile."""
    return _look(profile(profile_id))


@pages.post("/profiles/<reference:profile_id>/erase")
@allow(*OFFICE, cookie=True)
def erase_profile(profile_id: str) -> AnyResponse:
    """Erase a profile with its accounts."""
    return _erase(profile(profile_id))


@pages.get("/people/<person_id>/erase")
@allow(*OFFICE, cookie=True)
def erasing_person(person_id: str) -> Response:
    """What would go of an account."""
    return _look(another(person_id))


@pages.post("/people/<person_id>/erase")
@allow(*OFFICE, cookie=True)
def erase_person(person_id: str) -> AnyResponse:
    """Erase an account."""
    return _erase(another(person_id))


def _look(subject: Subject, status: int = 200, fault: str = "") -> Response:
    counts = current_services().store.erasures.preview(subject.whom)
    return page(
        "privacy/erase.html",
        status,
        subject=subject,
        counts=[(place_text(place), count) for place, count in counts.items()],
        fault=fault,
    )


def _erase(subject: Subject) -> AnyResponse:
    try:
        receipt = erase_for_good(subject, field("name"))
    except InvalidInput:
        return _look(subject, 422, _("This is not the name. Nothing was erased."))
    except Conflict:
        busy = _("The weekly run or a match run is at work. Nothing was erased: try again in a few minutes.")
        return _look(subject, 409, busy)
    say("erased", receipt=receipt.id)
    return redirect(url_for("pages.privacy"), 303)
