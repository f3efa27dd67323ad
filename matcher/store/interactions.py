"""Interactions put: appended, never changed."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.interactions import Interaction
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


_stays = profiles.alias("stays")
_COLUMNS = (
    *(profiles.c[name] for name in ("key", "number", "organisation", "role")),
    sa.func.coalesce(_stays.c.shared, profiles.c.shared),
)
_LIVE = sa.func.coalesce(_stays.c.deleted, profiles.c.deleted) == sa.false()
_SIDES = sa.select(*_COLUMNS).select_from(
    profiles.outerjoin(_stays, profiles.c.merged_into == _stays.c.number)
)


def add(connection: sa.Connection, items: Iterable[Interaction], revision: int) -> Counts:
    """Append the interactions that are not there yet.

    One is there already where its organisation used its source id before or, without a source id, where
    one of the same pair, type, moment, stage and amount is there.

    Raises:
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
        total += Counts(added, 0, len(chunk) - added)
    return total


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


_EVENT = itemgetter("startup", "partner", "type", "at", "stage", "amount")


def _fingerprint(organisation: str, row: Mapping[str, Any]) -> bytes:
    """16 bytes that are the same for two records of one event."""
    source = row["source_id"]
    event = (organisation, source) if source else _EVENT(row)
    return hashlib.blake2b(repr(event).encode(), digest_size=16).digest()
