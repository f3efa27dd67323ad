"""Places of partners as they stand in a transaction: taken in this cycle, or promised by introductions."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionStatus
from matcher.interactions import InteractionType, day_number
from matcher.matching.relations import CYCLE_DAYS, NO_RELATIONS, Relations, extended
from matcher.store import interaction_columns, merged
from matcher.store.bulk import lists
from matcher.store.introduction_schema import introductions
from matcher.store.schema import interactions, profiles

_startups, _partners = profiles.alias("startups"), profiles.alias("partners")
_STARTUP, _PARTNER = map(merged.staying_number, (_startups, _partners))
_EVENTS = interactions.join(_startups, interactions.c.startup == _startups.c.number).join(
    _partners, interactions.c.partner == _partners.c.number
)
_DAY = 24 * 60 * 60 * 1_000_000
OPEN = introductions.c.status == IntroductionStatus.OFFERED.value
"""The condition that an introduction waits for an answer."""


def used(connection: sa.Connection, partners: Iterable[int], today: dt.date) -> Counter[int]:
    """How many places of each partner (by number) are taken or promised on a day.

    A place is taken as `Relations.places_taken` counts, and promised by an open introduction of any run.
    """
    taken, promised = _taken(today), _promised()
    counts: Counter[int] = Counter()
    for some in lists(sorted(set(partners))):
        for wanted, column in (
            (taken.where(interactions.c.partner.in_(merged.with_merged(some))), _PARTNER),
            (promised.where(introductions.c.partner.in_(some)), introductions.c.partner),
        ):
            rows: Any = connection.execute(wanted.group_by(column))
            counts.update(dict(iter(rows)))
    return counts


def relations_of(connection: sa.Connection, startup: int, partners: list[int]) -> Relations:
    """What lies behind the startup and these partners (numbers)."""
    mine = (
        interactions.c.startup.in_(merged.with_merged([startup])),
        interactions.c.partner.in_(merged.with_merged(partners)),
    )
    return extended(NO_RELATIONS, interaction_columns.read(connection, *mine))


def _taken(today: dt.date) -> Any:
    since = (day_number(today) - CYCLE_DAYS) * _DAY
    counted = sa.func.count(_STARTUP.distinct())
    types = (InteractionType.ACCEPTED.value, InteractionType.MENTORED.value)
    wanted: Any = sa.select(_PARTNER, counted).select_from(_EVENTS)
    return wanted.where(interactions.c.type.in_(types), interactions.c.at >= since)


def _promised() -> sa.Select[Any]:
    return sa.select(introductions.c.partner, sa.func.count()).where(OPEN)
