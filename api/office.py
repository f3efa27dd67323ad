"""What the caller's organisation has set for itself, and what holds where it has set nothing."""

import datetime as dt

from flask import current_app, g

from api.access import current_services
from api.principals import Principal
from api.settings import Settings
from matcher.errors import NotReady
from matcher.office import NOTHING_SET, OfficeSettings, zone_of


def office() -> OfficeSettings:
    """What the caller's organisation has set; nothing where nobody is known.

    It came with the caller's token; only where an admin acts elsewhere it is looked up, once a request.
    """
    principal: Principal | None = g.get("principal")
    if principal is None:
        return NOTHING_SET
    known = g.get("office") or principal.office
    if known is None or known[0] != principal.organisation:
        known = g.office = principal.organisation, _settings(principal.organisation)
    found: OfficeSettings = known[1]
    return found


def zone() -> dt.tzinfo:
    """The time zone that moments are told in: the organisation's, else the home's."""
    settings: Settings = current_app.extensions["bole-settings"]
    named = office().zone
    return zone_of(named) if named else settings.retraining.zone


def today() -> dt.date:
    """The day that it is at the office."""
    return current_services().clock().astimezone(zone()).date()


def _settings(organisation: str) -> OfficeSettings:
    try:
        return current_services().store.offices.settings(organisation)
    except NotReady:  # the page that says so needs a language too
        return NOTHING_SET
