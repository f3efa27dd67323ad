"""The first page of the settings: the office's own, the weights in words, and what is set in files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask import Response, current_app
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.office import office
from api.pages.blueprint import pages
from api.pages.cohorts.forms import USUAL, Typed, fields_of
from api.pages.cohorts.shared import to
from api.pages.cohorts.wording import spoken
from api.pages.profiles.acting import typed
from api.pages.rendering import page
from api.pages.said import said, say
from api.pages.settings.files import Written, written
from api.pages.settings.weights import SIGNAL_NAMES, weights
from api.principals import OFFICE
from api.settings import Settings
from matcher.assignment.problem import Importance, Objective
from matcher.attention.settings import AttentionSettings
from matcher.errors import InvalidInput
from matcher.office import OfficeSettings
from matcher.people import name_of
from matcher.profiles import PARTNER_ROLES
from matcher.shown import KEPT_DAYS


@dataclass(frozen=True, slots=True)
class Home:
    """What holds for the whole home: the files that say it and what they say."""

    attention: Written
    retraining: Written
    thresholds: Mapping[str, Any]
    """Those that differ from the usual."""
    kept_days: int
    zone: dt.tzinfo
    next_run: dt.datetime


@pages.get("/settings")
@allow(*OFFICE, cookie=True)
def settings() -> Response:
    """What is set, how to change it, and what counts how much."""
    return settings_page(said())


@pages.post("/settings/name")
@allow(*OFFICE, cookie=True)
def rename_organisation() -> AnyResponse:
    """Give the organisation another name; the notice takes it back."""
    scope, given = current_scope(), typed("name")
    before = scope.store.organisation_name(scope.organisation)
    try:
        name = name_of(given)
    except InvalidInput as error:
        return settings_page({}, status=422, typed_name=given, wrong=error)
    scope.store.add_organisation(scope.organisation, name)
    say("renamed", before=before)
    return to("pages.settings")


def settings_page(
    told: Mapping[str, Any], *, status: int = 200, run: Typed | None = None, **values: object
) -> Response:
    """The page; `run` is what was typed of new runs, `values` what else was, and what is wrong with it."""
    services, scope = current_services(), current_scope()
    moment = services.matches.moment()
    return page(
        "settings/settings.html",
        status,
        said=told,
        name=scope.store.organisation_name(scope.organisation),
        weights={role: weights(moment.influences(role)) for role in PARTNER_ROLES},
        signal_names=SIGNAL_NAMES,
        version=moment.model_version,
        learned=_learned(),
        home=_home(),
        office=office(),
        zones=zone_names(),
        run=run or _run_of(office()),
        roles=PARTNER_ROLES,
        objectives=list(Objective),
        importances=list(Importance),
        **spoken(),
        **values,
    )


@cache
def zone_names() -> list[str]:
    """The names of time zones by places, as Asia/Shanghai."""
    return sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def _run_of(settings: OfficeSettings) -> Typed:
    asked = settings.new_run or USUAL
    return Typed(fields_of(asked), asked, {})


def _learned() -> Mapping[str, Any]:
    """What the live version's manifest says of each role: learnt or not, and from how much; {} without."""
    registry = current_services().registry
    live = registry.live()
    facts = next((each.facts for each in registry.versions() if each.version == live), {})
    found: Mapping[str, Any] = facts.get("learned", {})
    return found


def _home() -> Home:
    services = current_services()
    settings: Settings = current_app.extensions["bole-settings"]
    retraining = written(settings.home / "retrain.toml")
    usual = asdict(AttentionSettings())
    thresholds, days = asdict(services.attention), retraining.says.get("keep_shown_days")
    return Home(
        attention=written(settings.attention_file),
        retraining=retraining,
        thresholds={name: value for name, value in thresholds.items() if value != usual[name]},
        kept_days=days if isinstance(days, int) else KEPT_DAYS,  # the weekly run refuses anything else
        zone=settings.retraining.zone,
        next_run=settings.retraining.following(services.clock()),
    )
