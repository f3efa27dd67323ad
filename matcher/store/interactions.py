"""Interactions put: appended, never changed."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.interactions import OF_INTRODUCTIONS, Interaction
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store.audit_notes import tell_owners
from matcher.store.bulk import insert_new, lists
from matcher.store.schema import interactions, microseconds, profiles
from matcher.store.texts import check_storable
from matcher.store.values import Counts


class _Side(NamedTuple):
    """What must be known of a profile to refer to it. One that was merged is shared as the one that stays is,
    and has its own number still: who reads follows it, and the same event has the same fingerprint."""

    key: str
    number: int
    organisation: str
    role: str
    shared: bool
    stays: int


_stays = profiles.alias("stays")
_COLUMNS = (
    *(profiles.c[name] for name in ("key", "number", "organisation", "role")),
    sa.func.coalesce(_stays.c.shared, profiles.c.shared),
    sa.func.coalesce(_stays.c.number, profiles.c.number),
)
_LIVE = sa.func.coalesce(_stays.c.deleted, profiles.c.deleted) == sa.false()
_SIDES = sa.select(*_COLUMNS).select_from(
    profiles.outerjoin(_stays, profiles.c.merged_into == _stays.c.number)
)


def add(
    connection: sa.Connection,
    items: Iterable[Interaction],
    revision: int,
    taken: list[str] | None = None,
) -> Counts:
    """Append the interactions that are not there yet.

    One is there already where its organisation used its source id before or, without a source id, where
    one of the same pair, type, moment, stage and amount is there. Source ids under which another event is
    there go to `taken`, where it is given; their interactions are not appended.

    Raises:
        Conflict: another event is there under a source id, and no `taken` to put it.
        NotFound: a startup that the organisation has not, a partner neither its own nor shared with it.
    """
    total, sides = Counts(), dict[str, _Side]()
    for chunk in lists(items):
        keyed = [(item, item.startup_key, item.partner_key) for item in chunk]
        sides |= _sides(connection, {key for _, *keys in keyed for key in keys} - sides.keys())
        rows = [
            _row_of(item, sides.get(startup), sides.get(partner), revision)
            for item, startup, partner in keyed
        ]
        tell_owners(connection, interactions.name, Counter(item.organisation for item in chunk))
        added = insert_new(connection, interactions, rows, by=["fingerprint"])
        if added < len(rows):
            _tell(
                _contradicted(connection, rows, {side.number: side.stays for side in sides.values()}), taken
            )
        total += Counts(added, 0, len(chunk) - added)
    return total


def _contradicted(
    connection: sa.Connection, rows: Sequence[Mapping[str, Any]], stays: Mapping[int, int]
) -> list[str]:
    """The source ids of the rows under which another event is there. Of what was merged the one that stays
    counts."""
    given = [row for row in rows if row["source_id"] and not row["source_id"].startswith(OF_INTRODUCTIONS)]
    wanted = sa.select(interactions.c.fingerprint, *(interactions.c[name] for name in _TOLD))
    there: dict[bytes, Mapping[str, Any]] = {}
    for some in lists({row["fingerprint"] for row in given}):
        found = connection.execute(wanted.where(interactions.c.fingerprint.in_(some))).mappings()
        there |= {bytes(row["fingerprint"]): dict(row) for row in found}

    def told(row: Mapping[str, Any]) -> list[Any]:
        return [stays.get(row[name], row[name]) if name in _SIDE_NAMES else row[name] for name in _TOLD]

    return [row["source_id"] for row in given if told(row) != told(there[row["fingerprint"]])]


def _tell(clashes: list[str], taken: list[str] | None) -> None:
    if clashes and taken is None:
        raise Conflict(
            f"another event is there under the source_id {clashes[0]!r}: give this one an id of its own"
        )
    if taken is not None:
        taken += clashes


def _sides(connection: sa.Connection, keys: set[str]) -> dict[str, _Side]:
    wanted = _SIDES.where(_LIVE, profiles.c.key.in_(list(keys)))
    return {row[0]: _Side(*row) for row in connection.execute(wanted)} if keys else {}


def _row_of(item: Interaction, startup: _Side | None, partner: _Side | None, revision: int) -> dict[str, Any]:
    for field in ("stage", "currency", "source_id"):
        check_storable(field, getattr(item, field))
    row = {
        "startup": _startup(item, startup),
        "partner": _partner(item, partner),
        "type": item.type.value,
        "at": microseconds(item.at),
        "value": item.value,
        "stage": item.stage,
        "amount": None if item.amount is None else float(item.amount),
        "currency": item.currency,
        "source_id": item.source_id,
        "revision": revision,
        "request_id": item.request_id,
    }
    return row | {"fingerprint": _fingerprint(item.organisation, row)}


def _startup(item: Interaction, side: _Side | None) -> int:
    if side is None or side.role != Role.STARTUP or side.organisation != item.organisation:
        raise NotFound(f"no startup {item.startup_id!r} in organisation {item.organisation!r}")
    return side.number


def _partner(item: Interaction, side: _Side | None) -> int:
    if (
        side is None
        or side.role not in PARTNER_ROLES
        or not (side.shared or side.organisation == item.organisation)
    ):
        raise NotFound(
            f"no mentor or investor {item.partner_id!r} that organisation {item.organisation!r} may see"
        )
    return side.number


_SIDE_NAMES = ("startup", "partner")
_TOLD = (*_SIDE_NAMES, "type", "value", "stage", "amount")
"""What makes two events under one source id different ones. The moment does not: who leaves it out and sends
the event again sends another."""
_EVENT = itemgetter("startup", "partner", "type", "at", "stage", "amount")


def _fingerprint(organisation: str, row: Mapping[str, Any]) -> bytes:
    """16 bytes that are the same for two records of one event."""
    source = row["source_id"]
    event = (organisation, source) if source else _EVENT(row)
    return hashlib.blake2b(repr(event).encode(), digest_size=16).digest()
