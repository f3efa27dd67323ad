"""What has passed between pairs, as far as it decides who may be listed and who has room."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
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
class _Layer:
    """What some of the events say: codes of relations by key and by the other's key, places by partner."""

    codes: Mapping[str, Mapping[str, int]]
    places: Mapping[str, Sequence[tuple[int, str]]]
    active: Set[str]

    def __len__(self) -> int:
        return len(self.active)


@dataclass(frozen=True, slots=True)
class Relations:
    """What lies behind every pair, as layers of which each later one is at most half the one before.

    A new event makes a new layer or is merged with small ones: the large one is copied only when as much
    again has been added.
    """

    layers: tuple[_Layer, ...] = ()

    def of(self, key: str) -> dict[str, Relation]:
        """The relations of a startup or partner, by the other's key."""
        found: dict[str, int] = {}
        for layer in self.layers:
            for other, code in layer.codes.get(key, {}).items():
                found[other] = found.get(other, 0) | code
        return {other: Relation(code) for other, code in found.items()}

    def between(self, a: str, b: str) -> Relation:
        """What the pair has behind it."""
        return self.of(a).get(b, Relation.NONE)

    def is_active(self, key: str) -> bool:
        """Whether any event at all names the startup or partner."""
        return any(key in layer.active for layer in self.layers)

    def places_taken(self, partner: str, today: dt.date) -> int:
        """Distinct startups that the partner accepted or mentored within CYCLE_DAYS before `today`."""
        since = day_number(today) - CYCLE_DAYS
        places = [place for layer in self.layers for place in layer.places.get(partner, ())]
        return len({startup for day, startup in places if day >= since})


NO_RELATIONS = Relations()


def extended(relations: Relations, events: InteractionTable) -> Relations:
    """The relations with more events behind them; the old value stays as it was."""
    if not len(events):
        return relations
    *larger, last = (*relations.layers, _layer_of(events))
    while larger and 2 * len(last) > len(larger[-1]):
        last = _merged(larger.pop(), last)
    return Relations((*larger, last))


def without(relations: Relations, keys: Sequence[str]) -> Relations:
    """The relations without whatever happened to these; the old value stays as it was."""
    if not keys:
        return relations
    layers = [_bereft(layer, frozenset(keys)) for layer in relations.layers]
    return Relations(tuple(layer for layer in layers if len(layer)))


def _bereft(layer: _Layer, keys: frozenset[str]) -> _Layer:
    if not keys & layer.active:
        return layer
    others = {other for key in keys for other in layer.codes.get(key, ())} - keys
    codes = {key: those for key, those in layer.codes.items() if key not in keys}
    places = {key: those for key, those in layer.places.items() if key not in keys}
    for other in others:
        codes[other] = {key: code for key, code in codes[other].items() if key not in keys}
        if other in places:
            places[other] = [place for place in places[other] if place[1] not in keys]
    return _Layer(codes, places, layer.active - keys)


def _layer_of(events: InteractionTable) -> _Layer:
    codes: dict[str, dict[str, int]] = defaultdict(dict)
    every = _CODES[events.types]
    rows = np.flatnonzero(every)
    for a, b, code in zip(events.startups[rows], events.partners[rows], every[rows].tolist(), strict=True):
        codes[a][b] = codes[b][a] = codes[a].get(b, 0) | code
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    taken = np.flatnonzero(_TAKES_A_PLACE[events.types])
    for partner, day, startup in zip(
        events.partners[taken], events.days[taken].tolist(), events.startups[taken], strict=True
    ):
        places[partner].append((day, startup))
    return _Layer(dict(codes), dict(places), frozenset().union(events.startups, events.partners))


def _merged(one: _Layer, other: _Layer) -> _Layer:
    codes = dict(one.codes)
    for key, more in other.codes.items():
        mine = codes.get(key, {})
        codes[key] = {**mine, **{b: code | mine.get(b, 0) for b, code in more.items()}}
    places = dict(one.places)
    for partner, later in other.places.items():
        places[partner] = (*places.get(partner, ()), *later)
    return _Layer(codes, places, one.active | other.active)
