"""What an organisation sets for itself: its time zone and language, and how a new run begins."""

from dataclasses import replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.forms import fields_of, typed_of
from api.pages.cohorts.shared import to
from api.pages.profiles.acting import typed
from api.pages.said import say
from api.pages.settings.overview import settings_page
from api.principals import OFFICE
from matcher.errors import InvalidInput
from matcher.office import OfficeSettings, beginning, zone_of
from matcher.people import tongue_of


@pages.post("/settings/office")
@allow(*OFFICE, cookie=True)
def set_office() -> AnyResponse:
    """Keep the time zone and the language; "" has the home's. The notice takes it back."""
    before, zone, language = office(), typed("zone"), typed("language")
    try:
        kept = replace(
            before, zone=zone_of(zone).key if zone else "", language=tongue_of(language) if language else ""
        )
    except InvalidInput as error:
        return settings_page({}, status=422, typed_zone=zone, typed_language=language, wrong_office=error)
    _keep(kept)
    say("office-set", zone=before.zone, language=before.language)
    return to("pages.settings")


@pages.post("/settings/new-run")
@allow(*OFFICE, cookie=True)
def set_new_run() -> AnyResponse:
    """Keep what a new run begins with, or have it begin as usual. The notice takes it back."""
    before, asked = office(), typed_of(request.form)
    if typed("usual") == "1":
        _keep(replace(before, new_run=None))
    elif asked.configuration is None:
        return settings_page({}, status=422, run=asked)
    else:
        _keep(replace(before, new_run=beginning(asked.configuration)))
    say("new-run-set", before=_fields(before))
    return to("pages.settings")


def _keep(settings: OfficeSettings) -> None:
    scope = current_scope()
    scope.store.offices.put(scope.organisation, settings)


def _fields(settings: OfficeSettings) -> dict[str, Any]:
    """What a form sends to have these settings again."""
    if settings.new_run is None:
        return {"usual": "1"}
    return {name: value for name, value in fields_of(settings.new_run).items() if value}
