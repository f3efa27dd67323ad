"""Interactions put: appended, never changed."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.interactions import Interaction
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store.bulk import insert_new, lists
from matcher.store.profiles import LIVE
from matcher.store.schema import interactions, microseconds, profiles
from matcher.store.texts import check_storable
from matcher.store.values import Counts


class _Side(NamedTuple):
    """What must be known of a profile to refer to it."""

    key: str
    number: int
    organisation: str
    role: str
    shared: bool


_COLUMNS = tuple(profiles.c[name] for name in _Side._fields)


def add(connection: sa.Connection, items: Iterable[Interaction], revision: int) -> Counts:
    """Append the interactions that are not there yet.

    One is there already where its organisation used its source id before or, without a source id, where
    one of the same pair, type, moment, stage and amount is there.

    Raises:
        NotFound: a startup that the organisation has not, a partner neither its own nor shared with it.
    """
    total, sides = Counts(), dict[str, _Side]()
    for chunk in lists(items):
        keys = {item.startup_key for item in chunk} | {item.partner_key for item in chunk}
        sides.update(_sides(connection, keys - sides.keys()))
        rows = [_row_of(item, sides, revision) for item in chunk]
        added = insert_new(connection, interactions, rows, by=["fingerprint"])
        total += Counts(added, 0, len(chunk) - added)
    return total


def _sides(connection: sa.Connection, keys: set[str]) -> dict[str, _Side]:
    wanted = sa.select(*_COLUMNS).where(LIVE, profiles.c.key.in_(list(keys)))
    return {row[0]: _Side(*row) for row in connection.execute(wanted)} if keys else {}


def _row_of(item: Interaction, sides: Mapping[str, _Side], revision: int) -> dict[str, Any]:
    for field in ("stage", "currency", "source_id"):
        check_storable(field, getattr(item, field))
    return {
        "startup": _startup(item, sides),
        "partner": _partner(item, sides),
        "type": item.type.value,
        "at": item.at,
        "value": item.value,
        "stage": item.stage,
        "amount": item.amount,
        "currency": item.currency,
        "source_id": item.source_id,
        "fingerprint": fingerprint(item),
        "revision": revision,
    }


def _startup(item: Interaction, sides: Mapping[str, _Side]) -> int:
    side = sides.get(item.startup_key)
    if side is None or side.role != Role.STARTUP or side.organisation != item.organisation:
        raise NotFound(f"no startup {item.startup_id!r} in organisation {item.organisation!r}")
    return side.number


def _partner(item: Interaction, sides: Mapping[str, _Side]) -> int:
    side = sides.get(item.partner_key)
    if (
        side is None
        or side.role not in PARTNER_ROLES
        or not (side.shared or side.organisation == item.organisation)
    ):
        raise NotFound(
            f"no mentor or investor {item.partner_id!r} that organisation {item.organisation!r} may see"
        )
    return side.number


def fingerprint(item: Interaction) -> bytes:
    """16 bytes that are the same for two records of one event."""
    amount = None if item.amount is None else float(item.amount)
    content: tuple[object, ...] = (
        (item.organisation, item.source_id)
        if item.source_id
        else (item.startup_key, item.partner_key, item.type.value, microseconds(item.at), item.stage, amount)
    )
    return hashlib.blake2b(repr(content).encode(), digest_size=16).digest()
