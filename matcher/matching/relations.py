"""What has passed between pairs, as far as it decides who may be listed and who has room."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag

import numpy as np

from matcher.interactions import TYPES, InteractionTable, InteractionType, day_number


class Relation(IntFlag):
    """What a pair has behind it."""

    NONE = 0
    DISMISSED = 1
    DECLINED = 2
    CONNECTED = 4
    """Accepted, met, mentored or invested: a list of new partners need not name it."""


_RELATION_OF = {
    InteractionType.DISMISSED: Relation.DISMISSED,
    InteractionType.DECLINED: Relation.DECLINED,
    InteractionType.ACCEPTED: Relation.CONNECTED,
    InteractionType.MET: Relation.CONNECTED,
    InteractionType.MENTORED: Relation.CONNECTED,
    InteractionType.INVESTED: Relation.CONNECTED,
}
_CODES = np.array([_RELATION_OF.get(type_, Relation.NONE) for type_ in TYPES], dtype=np.int8)
_TAKES_A_PLACE = np.isin(TYPES, [InteractionType.ACCEPTED, InteractionType.MENTORED])

CYCLE_DAYS = 180
"""A place taken this long ago is free again: the length of a usual mentoring cycle."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations by key: `of[a][b]` for either order of a pair; `places` are (day, startup) by partner.

    `active` holds every key that has any interaction at all.
    """

    of: Mapping[str, dict[str, Relation]]
    places: Mapping[str, tuple[tuple[int, str], ...]]
    active: frozenset[str]

    def between(self, a: str, b: str) -> Relation:
        """What the pair has behind it."""
        return self.of.get(a, {}).get(b, Relation.NONE)

    def places_taken(self, partner: str, today: dt.date) -> int:
        """Distinct startups that the partner accepted or mentored within CYCLE_DAYS before `today`."""
        since = day_number(today) - CYCLE_DAYS
        return len({startup for day, startup in self.places.get(partner, ()) if day >= since})


NO_RELATIONS = Relations({}, {}, frozenset())


def extended(relations: Relations, events: InteractionTable) -> Relations:
    """The relations with more events behind them; the old value stays as it was."""
    of = dict(relations.of)
    copied: set[str] = set()
    codes = _CODES[events.types]
    for row in np.flatnonzero(codes):
        startup, partner, relation = events.startups[row], events.partners[row], Relation(int(codes[row]))
        for a, b in ((startup, partner), (partner, startup)):
            if a not in copied:
                of[a] = dict(of.get(a, {}))
                copied.add(a)
            of[a][b] = of[a].get(b, Relation.NONE) | relation
    places = _extended_places(relations.places, events)
    return Relations(of, places, relations.active.union(events.startups, events.partners))


def _extended_places(
    places: Mapping[str, tuple[tuple[int, str], ...]], events: InteractionTable
) -> Mapping[str, tuple[tuple[int, str], ...]]:
    added: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in np.flatnonzero(_TAKES_A_PLACE[events.types]):
        added[events.partners[row]].append((int(events.days[row]), events.startups[row]))
    return {**places, **{partner: (*places.get(partner, ()), *new) for partner, new in added.items()}}
