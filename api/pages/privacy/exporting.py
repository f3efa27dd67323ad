"""Everything that is held of somebody, as a ZIP: for themselves at once, and for the office to hand over."""

from flask import Response, g

from api.access import allow
from api.pages.accounts.fields import myself
from api.pages.blueprint import pages
from api.principals import OFFICE, Caller
from api.privacy.handing_over import zipped
from api.privacy.subjects import person, profile
from matcher.erasures import Whom


@pages.get("/account/export")
@allow(*Caller, cookie=True, heavy=True)
def export_me() -> Response:
    """One's own data: the account, and the profile that it acts for."""
    me = myself()
    return zipped(Whom(me.organisation, g.principal.profile_id, me.id), "my-data")


@pages.get("/profiles/<reference:profile_id>/export")
@allow(*OFFICE, cookie=True, heavy=True)
def export_profile(profile_id: str) -> Response:
    """A profile's data, with its accounts."""
    return zipped(profile(profile_id).whom, "profile")


@pages.get("/people/<person_id>/export")
@allow(*OFFICE, cookie=True, heavy=True)
def export_person(person_id: str) -> Response:
    """An account's data."""
    return zipped(person(person_id).whom, "account")
