"""Everything that is held of somebody, as a ZIP: for themselves at once, and for the office to hand over."""

from flask import Response, g

from api.access import allow, current_services
from api.pages.accounts.fields import myself
from api.pages.blueprint import pages
from api.pages.privacy import whom
from api.principals import OFFICE, Caller
from api.privacy.packing import packed
from matcher.erasures import Whom


@pages.get("/account/export")
@allow(*Caller, cookie=True, heavy=True)
def export_me() -> Response:
    """One's own data: the account, and the profile that it acts for."""
    person = myself()
    return _download(Whom(person.organisation, g.principal.profile_id, person.id), "my-data")


@pages.get("/profiles/<reference:profile_id>/export")
@allow(*OFFICE, cookie=True, heavy=True)
def export_profile(profile_id: str) -> Response:
    """A profile's data, with its accounts."""
    return _download(whom.profile(profile_id).whom, "profile")


@pages.get("/people/<person_id>/export")
@allow(*OFFICE, cookie=True, heavy=True)
def export_person(person_id: str) -> Response:
    """An account's data."""
    return _download(whom.person(person_id).whom, "account")


def _download(subject: Whom, name: str) -> Response:
    services = current_services()
    held = services.store.erasures.held(subject)
    response = Response(packed(held), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{held.at:%Y%m%d}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response
