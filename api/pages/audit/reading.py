"""The page of the audit log, for the office."""

import datetime as dt
from urllib.parse import urlencode

from flask import Response, request

from api.access import Scope, allow, current_scope
from api.auditing import CHECKED, COLUMNS, subject_id, told
from api.downloads import download
from api.office import zone
from api.pages.audit.wording import ACTIONS, CALLERS, SUBJECTS, action_name, touched
from api.pages.blueprint import pages
from api.pages.parameters import text
from api.pages.rendering import page
from api.principals import OFFICE
from api.spreadsheets import FileKind
from matcher.audit import Sought
from matcher.errors import InvalidInput
from matcher.store.audit_log import EVERYTHING

PAGE_SIZE = 50
LONGEST = 200
FILTERS = ("q", "who", "action", "subject", "from", "until")
LAST_NUMBER = 2**63 - 1
DAY = dt.timedelta(days=1)


@pages.get("/audit")
@allow(*OFFICE, cookie=True)
def audit_log() -> Response:
    """Who changed what and who read what was told in confidence, the latest first."""
    scope = current_scope()
    sought, wrong = _asked()
    log = scope.store.audit
    lines, earlier = log.page(scope.organisation, sought, before=_before(), limit=PAGE_SIZE)
    whole = text("check") == "all"
    return page(
        "audit/log.html",
        422 if wrong else 200,
        lines=lines,
        earlier=earlier,
        wrong=wrong,
        verdict=log.verdict(scope.organisation, last=None if whole else CHECKED),
        first_checked=_first_checked(scope, whole=whole),
        asked={name: text(name) for name in FILTERS},
        filtered=sought != EVERYTHING,
        table_link="?" + urlencode({name: text(name) for name in FILTERS if text(name)}),
        callers=CALLERS,
        subjects=SUBJECTS,
        actions=ACTIONS,
        action_name=action_name,
        touched=touched,
        subject_id=subject_id,
        zone=zone(),
    )


@pages.get("/audit.csv")
@allow(*OFFICE, cookie=True)
def audit_table() -> Response:
    """The lines that are sought as a table; that it was taken away is on the log itself."""
    scope = current_scope()
    sought, wrong = _asked()
    if wrong:
        raise wrong
    rows = [told(line) for line in scope.store.audit.lines(scope.organisation, sought)]
    return download(FileKind.CSV, "audit", "Audit", COLUMNS, rows)


def _first_checked(scope: Scope, *, whole: bool) -> int:
    """The number of the first line that is checked."""
    return 1 if whole else max(scope.store.audit.end(scope.organisation).number - CHECKED + 1, 1)


def _asked() -> tuple[Sought, InvalidInput | None]:
    """Which lines the address asks for, all where it says something that cannot be, and what that is."""
    try:
        for name in FILTERS:
            if len(text(name)) > LONGEST:
                raise InvalidInput(name, text(name), f"has more than {LONGEST} characters")
        since, until = _midnight("from"), _midnight("until", later=DAY)
    except InvalidInput as error:
        return EVERYTHING, error
    return Sought(text("who"), text("action"), text("subject"), since, until, text("q")), None


def _midnight(name: str, later: dt.timedelta = dt.timedelta(0)) -> dt.datetime | None:
    """When the day of a parameter, or one `later`, begins where the office is; None where it names none."""
    if not (given := text(name)):
        return None
    try:
        day = dt.date.fromisoformat(given) + later
    except (ValueError, OverflowError):
        raise InvalidInput(name, given, "is no day", "write it like 2026-03-01") from None
    return dt.datetime.combine(day, dt.time(), zone())


def _before() -> int | None:
    given = request.args.get("before", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:20]) <= LAST_NUMBER):
        raise InvalidInput("before", given, "must be the number of a line")
    return int(given)
