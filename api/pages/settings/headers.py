"""What the headers of the office's own files mean: what was said once in an import is remembered here."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.cohorts.shared import to
from api.pages.profiles.acting import typed
from api.pages.profiles.names import FIELD_NAMES, KIND_NAMES
from api.pages.rendering import page
from api.pages.said import said, say
from api.principals import OFFICE
from matcher.errors import InvalidInput, NotFound
from matcher.importing.headers import fields_of
from matcher.importing.kinds import Kind

LEFT_OUT = "-"
LONGEST = 300


@pages.get("/settings/headers")
@allow(*OFFICE, cookie=True)
def headers() -> Response:
    """Every remembered header, by kind of file."""
    scope = current_scope()
    return page(
        "settings/headers.html",
        meanings=scope.store.uploads.meanings(scope.organisation),
        kinds=KIND_NAMES,
        fields_of={kind.value: fields_of(kind) for kind in Kind},
        names=FIELD_NAMES,
        said=said(),
    )


@pages.post("/settings/headers")
@allow(*OFFICE, cookie=True)
def mean_header() -> AnyResponse:
    """Have a header mean another field, or be left out; one that was forgotten a moment ago comes back."""
    scope, kind, header = current_scope(), _kind(typed("kind")), _header()
    known: Mapping[str, Mapping[str, Any]] = scope.store.uploads.meanings(scope.organisation)
    before = known.get(kind.value, {}).get(header)
    if before is None and typed("again") != "1":
        raise NotFound(f"the header {header!r} is not remembered")
    scope.store.uploads.remember(scope.organisation, {kind.value: {header: _field(kind, typed("field"))}})
    if before is not None:
        say("meant", kind=kind.value, header=header, field=before or LEFT_OUT)
    return to("pages.headers")


@pages.post("/settings/headers/forget")
@allow(*OFFICE, cookie=True)
def forget_header() -> AnyResponse:
    """Forget a header: the next file that has it is asked about again."""
    scope, kind, header = current_scope(), _kind(typed("kind")), _header()
    before = scope.store.uploads.meanings(scope.organisation).get(kind.value, {}).get(header)
    if before is not None:
        scope.store.uploads.forget_meaning(scope.organisation, kind.value, header)
        say("forgotten", kind=kind.value, header=header, field=before or LEFT_OUT)
    return to("pages.headers")


def _kind(given: str) -> Kind:
    if given not in set(Kind):
        raise InvalidInput("kind", given[:40], "must be one of the list")
    return Kind(given)


def _header() -> str:
    given = typed("header")
    if not 1 <= len(given) <= LONGEST:
        raise InvalidInput("header", given[:40], f"must have 1 to {LONGEST} characters")
    return given


def _field(kind: Kind, given: str) -> str:
    if given != LEFT_OUT and given not in fields_of(kind):
        raise InvalidInput("field", given[:40], "must be one of the list")
    return "" if given == LEFT_OUT else given
