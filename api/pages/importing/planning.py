"""What somebody says of files that wait: kinds, columns, corrections; and throwing them away."""

from dataclasses import replace

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.importing.looking import preview_page
from api.pages.importing.preparing import Waiting, looked, sources_of
from api.pages.profiles.acting import typed
from api.principals import OFFICE
from matcher.errors import InvalidInput
from matcher.importing import Correction, Kind, Plan
from matcher.importing.headers import fields_of
from matcher.importing.looking import guesses
from matcher.importing.plan import joined
from matcher.uploads import Overtaken

MOST_CORRECTIONS = 2_000
LONGEST = 1_000
LEFT_OUT = "-"


@pages.post("/import/<reference:import_id>/plan")
@allow(*OFFICE, cookie=True)
def plan_import(import_id: str) -> AnyResponse:
    """Take what the form says of one table: its kind and what its columns mean."""
    waiting = _waiting(import_id)
    sights = {sight["name"]: sight for sight in waiting.upload.look["sights"]}
    table = typed("table")
    if table not in sights:
        raise InvalidInput("table", table[:80], "must be one of the tables of this import")
    kind = _kind(typed("kind"))
    plan = replace(waiting.plan, kinds={**waiting.plan.kinds, table: kind})
    if kind is not None:
        said = _said(kind, [column["key"] for column in sights[table]["columns"]])
        plan = replace(plan, meanings=joined(plan.meanings, {kind: said}))
    return _keep(waiting, plan, guess=kind is not None and kind.value != sights[table]["kind"])


@pages.post("/import/<reference:import_id>/correct")
@allow(*OFFICE, cookie=True)
def correct_import(import_id: str) -> AnyResponse:
    """Take one correction: what a cell, or every such cell of a column, shall say instead."""
    waiting = _waiting(import_id)
    row, instead = typed("row"), typed("instead")
    if not (row.isascii() and row.isdigit() and len(row) < 8):
        raise InvalidInput("row", row[:20], "must be the number of a row")
    if len(instead) > LONGEST:
        raise InvalidInput("instead", instead[:40], f"has more than {LONGEST} characters")
    made = Correction(typed("table"), int(row), typed("column"), request.form.get("value", ""), instead)
    corrections = (*waiting.plan.corrections, made)
    if len(corrections) > MOST_CORRECTIONS:
        raise InvalidInput("row", len(corrections), "corrections are too many: put the file right")
    return _keep(waiting, replace(waiting.plan, corrections=corrections))


@pages.post("/import/<reference:import_id>/uncorrect")
@allow(*OFFICE, cookie=True)
def uncorrect_import(import_id: str) -> AnyResponse:
    """Take the last correction back."""
    waiting = _waiting(import_id)
    return _keep(waiting, replace(waiting.plan, corrections=waiting.plan.corrections[:-1]))


@pages.post("/import/<reference:import_id>/discard")
@allow(*OFFICE, cookie=True)
def discard_import(import_id: str) -> AnyResponse:
    """Throw the files away."""
    scope = current_scope()
    scope.store.uploads.discard(scope.organisation, import_id)
    return redirect(url_for("pages.importing"), 303)


def _waiting(import_id: str) -> Waiting:
    scope = current_scope()
    return Waiting.of(scope.store.uploads.get(scope.organisation, import_id))


def _keep(waiting: Waiting, plan: Plan, *, guess: bool = False) -> AnyResponse:
    """Keep the plan and show what comes of it; where somebody else was faster, show what they made of it."""
    scope, upload = current_scope(), waiting.upload
    sources = sources_of(scope, upload.id)
    if guess:
        plan = replace(plan, meanings=joined(guesses(sources, plan), plan.meanings))
    look = looked(scope, sources, plan, upload.look.get("left", ()))
    try:
        scope.store.uploads.plan(scope.organisation, upload.id, seen(), plan.to_dict(), look)
    except Overtaken:
        return preview_page(_waiting(upload.id), 409, refused="changed")
    return redirect(url_for("pages.show_import", import_id=upload.id, _anchor=typed("anchor") or None), 303)


def seen() -> int:
    """The version of the upload that the form was made for; 0 where it does not say."""
    given = typed("version")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _kind(given: str) -> Kind | None:
    """The kind that was chosen; None where the table is to be left out."""
    if given == LEFT_OUT:
        return None
    if given not in set(Kind):
        raise InvalidInput("kind", given[:40], "must be one of the list")
    return Kind(given)


def _said(kind: Kind, keys: list[str]) -> dict[str, str]:
    """What the form says of each column: a field, or that it is left out. What was not on the form, as where
    the kind has changed, is not said."""
    known, said = fields_of(kind), dict[str, str]()
    for place, key in enumerate(keys):
        given = typed(f"column-{place}")
        if given == LEFT_OUT:
            said[key] = ""
        elif given in known:
            said[key] = given
    return said
