"""Erasing a profile or an account for good: a look at what goes, then the name typed."""

from flask import Response, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_services
from api.pages.accounts.fields import field
from api.pages.accounts.places import current_settings
from api.pages.blueprint import pages
from api.pages.privacy import whom
from api.pages.privacy.whom import Subject, by_role_and_id
from api.pages.privacy.wording import place_text
from api.pages.rendering import page
from api.pages.said import say
from api.principals import OFFICE
from matcher.erasing.doing import FINISH, erase
from matcher.errors import Conflict, Forbidden
from matcher.text.comparable import comparable


@pages.get("/profiles/<reference:profile_id>/erase")
@allow(*OFFICE, cookie=True)
def erasing_profile(profile_id: str) -> Response:
    """What would go of a profile."""
    return _look(whom.profile(profile_id))


@pages.post("/profiles/<reference:profile_id>/erase")
@allow(*OFFICE, cookie=True)
def erase_profile(profile_id: str) -> AnyResponse:
    """Erase a profile with its accounts."""
    return _erase(whom.profile(profile_id))


@pages.get("/people/<person_id>/erase")
@allow(*OFFICE, cookie=True)
def erasing_person(person_id: str) -> Response:
    """What would go of an account."""
    return _look(_another(person_id))


@pages.post("/people/<person_id>/erase")
@allow(*OFFICE, cookie=True)
def erase_person(person_id: str) -> AnyResponse:
    """Erase an account."""
    return _erase(_another(person_id))


def _another(person_id: str) -> Subject:
    """Somebody else: who erases is there afterwards, and answers for it."""
    if person_id == g.principal.person_id:
        raise Forbidden("nobody erases their own account: ask for it, and a colleague does it")
    return whom.person(person_id)


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
    if comparable(field("name")) != comparable(subject.name):
        return _look(subject, 422, _("This is not the name. Nothing was erased."))
    services = current_services()
    logs, by = current_settings().jobs_folder, by_role_and_id(g.principal)
    try:
        receipt = erase(services.store, services.registry, logs, subject.whom, by)
    except Conflict:
        busy = _("The weekly run or a match run is at work. Nothing was erased: try again in a few minutes.")
        return _look(subject, 409, busy)
    services.queue_job(FINISH, {})
    say("erased", receipt=receipt.id)
    return redirect(url_for("pages.privacy"), 303)
