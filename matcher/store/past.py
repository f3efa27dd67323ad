"""What happened to one profile, the latest first: a page at a time."""

import sqlalchemy as sa

from matcher.interactions import InteractionType
from matcher.profiles import Role
from matcher.store.schema import EPOCH, MICROSECOND, interactions, profiles
from matcher.store.values import Event, Events

_startups, _partners = profiles.alias("startups"), profiles.alias("partners")


def of(connection: sa.Connection, organisation: str, key: str, *, offset: int, limit: int) -> Events:
    """`limit` events of the profile after the first `offset`, and how many there are.

    Only those with the organisation's own startups: what a shared partner does elsewhere is not told.
    """
    numbers = sa.select(profiles.c.number).where(profiles.c.key == key).scalar_subquery()
    joined = interactions.join(_startups, interactions.c.startup == _startups.c.number).join(
        _partners, interactions.c.partner == _partners.c.number
    )
    mine = (
        sa.or_(interactions.c.startup == numbers, interactions.c.partner == numbers),
        _startups.c.organisation == organisation,
    )
    count = connection.execute(sa.select(sa.func.count()).select_from(joined).where(*mine)).scalar_one()
    columns = [interactions.c[name] for name in ("type", "at", "value", "stage", "amount", "currency")]
    sides = [
        side.c[name].label(f"{title}_{name}")
        for title, side in (("startup", _startups), ("partner", _partners))
        for name in ("key", "name", "role", "deleted")
    ]
    wanted = sa.select(*columns, *sides).select_from(joined).where(*mine)
    ordered = wanted.order_by(interactions.c.at.desc(), interactions.c.number.desc())
    rows = connection.execute(ordered.offset(offset).limit(limit)).mappings()
    return Events(tuple(_event(row, key) for row in rows), int(count))


def _event(row: sa.RowMapping, key: str) -> Event:
    other = "partner" if row["startup_key"] == key else "startup"
    return Event(
        type=InteractionType(row["type"]),
        at=EPOCH + row["at"] * MICROSECOND,
        other_key="" if row[f"{other}_deleted"] else row[f"{other}_key"],
        other_name=row[f"{other}_name"],
        other_role=Role(row[f"{other}_role"]),
        **{name: row[name] for name in ("value", "stage", "amount", "currency")},
    )
