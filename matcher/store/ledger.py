"""The monthly ledger of each startup."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.interactions import qualified
from matcher.ledger import LedgerEntry
from matcher.profiles import Role
from matcher.store import amended, merged
from matcher.store.bulk import chunks, upsert
from matcher.store.profiles import LIVE
from matcher.store.schema import ledger, profiles
from matcher.store.texts import check_storable
from matcher.store.values import Counts

_FIGURES = ("headcount", "present", "revenue", "orders", "cash")
_COLUMNS = ("startup", "month", *_FIGURES, "note")


def put(connection: sa.Connection, entries: Iterable[LedgerEntry], *, amendment: str = "") -> Counts:
    """Add the months or bring them up to date; equal ones are left as they are.

    With an `amendment` (its id) what was before is kept, so that it can be taken back.

    Raises:
        NotFound: a startup that its organisation has not.
    """
    total = Counts()
    for chunk in chunks(entries, key=lambda entry: (entry.organisation, entry.startup_id, entry.month)):
        total += _put_chunk(connection, chunk.values(), amendment)
    return total


def _put_chunk(connection: sa.Connection, entries: Iterable[LedgerEntry], amendment: str) -> Counts:
    entries = list(entries)
    startups = _numbers(connection, {qualified(entry.organisation, entry.startup_id) for entry in entries})
    rows = {(row["startup"], row["month"]): row for row in (_row_of(entry, startups) for entry in entries)}
    known = _known(connection, {startup for startup, _ in rows})
    written = [row for place, row in rows.items() if known.get(place) != row]
    upsert(connection, ledger, written, by=["startup", "month"])
    if amendment:
        amended.keep_months(connection, amendment, known, written)
    changed = sum((row["startup"], row["month"]) in known for row in written)
    return Counts(len(written) - changed, changed, len(rows) - len(written))


def _numbers(connection: sa.Connection, keys: set[str]) -> dict[str, int]:
    others = merged.followed(connection, keys)
    wanted = sa.select(profiles.c.key, profiles.c.number).where(
        LIVE, profiles.c.role == Role.STARTUP, profiles.c.key.in_([*keys, *others.values()])
    )
    found = {row.key: row.number for row in connection.execute(wanted)}
    return found | {key: found[stays] for key, stays in others.items() if stays in found}


def _row_of(entry: LedgerEntry, startups: Mapping[str, int]) -> dict[str, Any]:
    number = startups.get(f"{entry.organisation}:{entry.startup_id}")
    if number is None:
        raise NotFound(f"no startup {entry.startup_id!r} in organisation {entry.organisation!r}")
    check_storable("note", entry.note)
    return {"startup": number, **{name: getattr(entry, name) for name in _COLUMNS[1:]}}


def _known(connection: sa.Connection, startups: set[int]) -> dict[tuple[int, Any], dict[str, Any]]:
    rows = connection.execute(sa.select(ledger).where(ledger.c.startup.in_(list(startups)))).mappings()
    return {(row["startup"], row["month"]): dict(row) for row in rows}


def of(connection: sa.Connection, organisation: str, startup_id: str) -> list[LedgerEntry]:
    """The startup's months, oldest first; none where nothing was reported or there is no such startup."""
    key = f"{organisation}:{startup_id}"
    named = merged.followed(connection, [key]).get(key, key)
    names = [field.name for field in dataclasses.fields(LedgerEntry)][2:]
    wanted = (
        sa.select(*(ledger.c[name] for name in names))
        .join_from(ledger, profiles)
        .where(LIVE, profiles.c.key == named)
        .order_by(ledger.c.month)
    )
    rows = connection.execute(wanted).mappings()
    return [LedgerEntry(organisation=organisation, startup_id=startup_id, **row) for row in rows]
