"""A run's pairs in a spreadsheet: edited, sent back, and carried out after a look at what that does."""

import base64
import binascii
from dataclasses import dataclass

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope, current_services
from api.match_runs import change_of_what_was_seen
from api.pages.blueprint import pages
from api.pages.cohorts.shared import names_of, run_page, to
from api.principals import OFFICE
from api.run_sheets import people_for
from matcher.cohorts.sheets.editing import Plan, carried_out, planned
from matcher.cohorts.status import OPEN_TO_EDITS
from matcher.errors import UnreadableFile

KEPT = 300_000
"""Bytes of a file that a page keeps until it is confirmed; a larger one is chosen again."""
SHOWN = 200
"""So many edits and unclear cells are listed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was sent; `kept` is what the page keeps of it, "" where it is too large for that."""

    name: str
    data: bytes

    @property
    def kept(self) -> str:
        """The file as text."""
        return base64.b64encode(self.data).decode() if len(self.data) <= KEPT else ""


@pages.get("/runs/<reference:run_id>/sheet")
@allow(*OFFICE, cookie=True)
def run_sheet(run_id: str) -> Response:
    """How to edit the run in a spreadsheet, and a place to drop the file."""
    return _page(run_id)


@pages.post("/runs/<reference:run_id>/sheet")
@allow(*OFFICE, cookie=True, large_body=True)
def import_sheet(run_id: str) -> AnyResponse:
    """What the file asks for; once that is confirmed, it is done."""
    scope, sheet = current_scope(), _sheet()
    if not sheet.data:
        return _page(run_id, sheet, missing=True, status=422)
    run = scope.store.match_runs.get(scope.organisation, run_id)
    now, who = current_services().clock(), scope.principal.who
    try:
        plan = planned(scope.store, run, people_for(scope.store, run), sheet.name, sheet.data, who, now)
    except UnreadableFile as error:
        return _page(run_id, sheet, unreadable=error, status=422)
    if plan.problems or request.form.get("confirmed") != "yes":
        return _page(run_id, sheet, plan, status=422 if plan.problems else 200)
    change = change_of_what_was_seen(scope, "", _version(plan, run.version))
    carried_out(scope.store, run, plan, change)
    return to("pages.run", run_id=run_id)


def _sheet() -> Sheet:
    """The file that came, or the one that the page kept; without data where neither did."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return Sheet(sent.filename[-255:], sent.read())
    name = request.form.get("name", "")[:255]
    try:
        return Sheet(name, base64.b64decode(request.form.get("kept", ""), validate=True))
    except (binascii.Error, ValueError):
        return Sheet(name, b"")


def _version(plan: Plan, present: int) -> int:
    """The version that is to be changed: the form's, else that of the table's lines, else the present one."""
    given = request.form.get("version", "")
    if given.isascii() and given.isdigit() and len(given) < 10 and int(given):
        return int(given)
    return present if plan.version is None else plan.version


def _page(
    run_id: str,
    sheet: Sheet | None = None,
    plan: Plan | None = None,
    *,
    unreadable: UnreadableFile | None = None,
    missing: bool = False,
    status: int = 200,
) -> Response:
    scope = current_scope()
    run = scope.store.match_runs.get(scope.organisation, run_id)
    edits = scope.store.match_runs.edits(scope.organisation, run_id)
    undone = [edit for edit in edits if plan and edit.number in plan.undone]
    listed = (*(plan.edits[:SHOWN] if plan else ()), *undone)
    return run_page(
        "sheet.html",
        status,
        run=run,
        open_to_edits=run.status in OPEN_TO_EDITS,
        sheet=sheet,
        plan=plan,
        undone=undone,
        unreadable=unreadable,
        missing=missing,
        shown=SHOWN,
        names=names_of(scope, {who for edit in listed for who in (edit.startup_id, edit.partner_id)}),
    )
