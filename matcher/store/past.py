"""What happened to one profile, the latest first: a page at a time."""

import sqlalchemy as sa

from matcher.interactions import InteractionType
from matcher.profiles import Role
from matcher.store import merged
from matcher.store.schema import EPOCH, MICROSECOND, interactions, profiles
from matcher.store.values import Event, Events

_startups, _partners = profiles.alias("startups"), profiles.alias("partners")
_named_startups, _named_partners = profiles.alias("named_startups"), profiles.alias("named_partners")


def of(connection: sa.Connection, organisation: str, key: str, *, offset: int, limit: int) -> Events:
    """`limit` events of the profile after the first `offset`, and how many there are.

    Only those with the organisation's own startups: what a shared partner does elsewhere is not told.
    """
    number = connection.execute(
        sa.select(merged.staying_number()).where(profiles.c.key == key)
    ).scalar_one_or_none()
    numbers = connection.execute(merged.with_merged([number or 0])).scalars().all()
    joined = (
        interactions.join(_named_startups, interactions.c.startup == _named_startups.c.number)
        .join(_named_partners, interactions.c.partner == _named_partners.c.number)
        .join(_startups, merged.staying_number(_named_startups) == _startups.c.number)
        .join(_partners, merged.staying_number(_named_partners) == _partners.c.number)
    )
    mine = (
        sa.or_(interactions.c.startup.in_(numbers), interactions.c.partner.in_(numbers)),
        _startups.c.organisation == organisation,
    )
    count = connection.execute(sa.select(sa.func.count()).select_from(joined).where(*mine)).scalar_one()
    columns = [interactions.c[name] for name in ("type", "at", "value", "stage", "amount", "currency")]
    sides = [
        side.c[name].label(f"{title}_{name}")
        for title, side in (("startup", _startups), ("partner", _partners))
        for name in ("number", "key", "name", "role", "deleted")
    ]
    wanted = sa.select(*columns, *sides).select_from(joined).where(*mine)
    ordered = wanted.order_by(interactions.c.at.desc(), interactions.c.number.desc())
    rows = connection.execute(ordered.offset(offset).limit(limit)).mappings()
    return Events(tuple(_event(row, number) for row in rows), int(count))


def _event(row: sa.RowMapping, number: int | None) -> Event:
    other = "partner" if row["startup_number"] == number else "startup"
    return Event(
        type=InteractionType(row["type"]),
        at=EPOCH + row["at"] * MICROSECOND,
        other_key="" if row[f"{other}_deleted"] else row[f"{other}_key"],
        other_name=row[f"{other}_name"],
        other_role=Role(row[f"{other}_role"]),
        **{name: row[name] for name in ("value", "stage", "amount", "currency")},
    )
