"""What an edit by hand, or taking one back, makes of a run, in a transaction that holds the run's lock."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.run import Change, EventKind, MatchRun
from matcher.cohorts.status import open_to_edits
from matcher.store import match_edits
from matcher.store.match_run_changes import following, record

_EDITED = {
    EditKind.LOCK: EventKind.LOCKED,
    EditKind.BAN: EventKind.BANNED,
    EditKind.SWAP: EventKind.SWAPPED,
    EditKind.ADD: EventKind.ADDED,
}


def edited(
    connection: sa.Connection,
    before: MatchRun,
    edit: Edit,
    learnt: Sequence[tuple[str, str]],
    change: Change,
    now: dt.datetime,
) -> MatchRun:
    """The run with one more edit, a draft again. `learnt` are partners preferred over others by it."""
    status = open_to_edits(before.status)
    made = replace(edit, at=now, version=before.version + 1)
    number = match_edits.add(connection, before.organisation, before.id, made, learnt)
    details = {"edit": number, "startup_id": edit.startup_id, "partner_id": edit.partner_id}
    details |= {"instead_of": edit.instead_of} if edit.instead_of else {}
    told = replace(change, why=edit.reason)
    event = following(before, _EDITED[edit.kind], told, now, details)
    return record(connection, before, event, status=status.value, clash=None)


def undone(
    connection: sa.Connection, before: MatchRun, number: int, change: Change, now: dt.datetime
) -> MatchRun:
    """The run without the edit of that number, a draft again."""
    status = open_to_edits(before.status)
    match_edits.undo(connection, before.id, number, before.version + 1)
    event = following(before, EventKind.UNDONE, change, now, {"edit": number})
    return record(connection, before, event, status=status.value, clash=None)
