"""Taking a change back: profile by profile and month by month, where nobody has changed them since."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.amendments import Undone
from matcher.profiles import Profile
from matcher.store import amended
from matcher.store import profiles as stored_profiles
from matcher.store.amendment_schema import amended_months, amended_profiles
from matcher.store.bulk import upsert
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.schema import ledger, profiles

DELETED = b""
"""The digest of a profile that was deleted."""


def delete(
    connection: sa.Connection,
    organisation: str,
    ids: Sequence[str],
    revision: int,
    now: dt.datetime,
    *,
    amendment: str,
) -> None:
    """Delete the profiles, keeping with the amendment what they said."""
    keys = [f"{organisation}:{id_}" for id_ in ids]
    if not keys:
        return
    before = amended.contents(connection, keys)
    for id_ in ids:
        stored_profiles.delete(connection, organisation, id_, revision, now)
    amended.keep(connection, amendment, before, dict.fromkeys(keys, DELETED))


def undo(
    connection: sa.Connection, organisation: str, amendment: str, revision: int, now: dt.datetime
) -> Undone:
    """Make everything that is as the amendment left it as it was before."""
    rows = list(_changed(connection, amendment))
    left = [row["name"] or row["id"] for row in rows if row["after"] != row["digest"]]
    ours = [row for row in rows if row["after"] == row["digest"]]
    months, months_left = _undo_months(connection, amendment)
    new = [row["id"] for row in ours if row["before"] is None and not row["deleted"]]
    before = [_profile(row["before"]) for row in ours if row["before"] is not None]
    restored = stored_profiles.put(connection, before, revision, now).written
    _leave_matching_again(connection, organisation, before, revision)
    for id_ in new:
        stored_profiles.delete(connection, organisation, id_, revision, now)
    return Undone(
        restored=restored, removed=len(new), left=tuple(left), months=months, months_left=months_left
    )


def _changed(connection: sa.Connection, amendment: str) -> Iterator[sa.RowMapping]:
    """The amendment's profiles with how they stand now."""
    now = ("id", "name", "digest", "deleted")
    wanted = (
        sa.select(amended_profiles.c.before, amended_profiles.c.after, *(profiles.c[name] for name in now))
        .join_from(amended_profiles, profiles)
        .where(amended_profiles.c.amendment == amendment)
        .order_by(profiles.c.key)
    )
    return iter(connection.execute(wanted).mappings().all())


def _profile(content: dict[str, Any]) -> Profile:
    left = content.get("opted_out_at")
    said = {**content, "opted_out_at": left and dt.datetime.fromisoformat(left), "also": ""}
    return profile_of([said[column.name] for column in NEEDED])


def _leave_matching_again(
    connection: sa.Connection, organisation: str, before: Sequence[Profile], revision: int
) -> None:
    """Whoever had left automated matching when the profile was deleted has left it still."""
    for profile in before:
        if profile.opted_out_at is not None:
            stored_profiles.opt_out(connection, organisation, profile.id, profile.opted_out_at, revision)


def _undo_months(connection: sa.Connection, amendment: str) -> tuple[int, int]:
    """How many months were made as before, and how many somebody has changed since."""
    figures = [column.name for column in ledger.c if column.name not in ("startup", "month")]
    place = (ledger.c.startup == amended_months.c.startup, ledger.c.month == amended_months.c.month)
    wanted = (
        sa.select(amended_months, *(ledger.c[name] for name in figures))
        .join_from(amended_months, ledger, sa.and_(*place), isouter=True)
        .where(amended_months.c.amendment == amendment)
    )
    rows = connection.execute(wanted).mappings().all()
    ours = [row for row in rows if {name: row[name] for name in figures} == row["after"]]
    back = [
        {"startup": row["startup"], "month": row["month"], **row["before"]}
        for row in ours
        if row["before"] is not None
    ]
    upsert(connection, ledger, back, by=["startup", "month"])
    for row in ours:
        if row["before"] is None:
            mine = (ledger.c.startup == row["startup"], ledger.c.month == row["month"])
            connection.execute(sa.delete(ledger).where(*mine))
    return len(ours), len(rows) - len(ours)
