"""Supply gaps of a cohort: services that its startups need and for which the pool has too few places."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from matcher.assignment.problem import Int64
from matcher.cohorts.building import Order, Prepared
from matcher.cohorts.result import Shortage
from matcher.features.attributes import Family, offered_terms, service_terms
from matcher.matching.grid import visible
from matcher.matching.snapshot import Snapshot
from matcher.profiles import PARTNER_ROLES, Profile
from matcher.taxonomy import services

_PREFIX = f"{Family.SERVICE}:"


def supply_of(snapshot: Snapshot, order: Order, ready: Prepared) -> tuple[list[Profile], Int64]:
    """Everybody whom the organisation's startups could turn to, of both partner roles, with the places left:
    those of this run, and of the other role those of its profiles (the run's capacity where unknown)."""
    people, places = list(ready.grid.partners), ready.limits.partner_max.tolist()
    others = [role for role in PARTNER_ROLES if role is not order.configuration.role]
    for pool in (pool for role in others for pool in snapshot.pools[role]):
        for row in visible(pool, order.organisation).tolist():
            people.append(pool.profiles[row])
            room = float(pool.room[row])
            places.append(order.configuration.capacity if room == np.inf else max(int(room), 0))
    return people, np.array(places, dtype=np.int64)


def shortages(
    startups: Sequence[Profile], partners: Sequence[Profile], places: Int64
) -> tuple[Shortage, ...]:
    """Services that more active startups need than there are places with active partners who offer them.

    The worst first. A partner that offers a service offers all that it contains, and whoever offers a part of
    what is needed answers the need. `places` [partners] are counted whole for each of a partner's services:
    what is short is so even if it did nothing else. A need that no catalogue knows is told as it was written.
    """
    wanted = Counter(
        code
        for startup in startups
        if startup.takes_part
        for code in dict.fromkeys(_codes(_narrow(startup.needs)))
    )
    offered, room = Counter[str](), Counter[str]()
    for partner, left in zip(partners, places.tolist(), strict=True):
        if partner.takes_part:
            answered = offered_of(partner, wanted)
            offered.update(answered)
            room.update(dict.fromkeys(answered, left))
    short = {code: count - room[code] for code, count in wanted.items() if count > room[code]}
    return tuple(
        Shortage(service=code, wanted=wanted[code], offered=offered[code], places=room[code], short=missing)
        for code, missing in sorted(short.items(), key=lambda item: (-item[1], item[0]))
    )


def offered_of(partner: Profile, wanted: Iterable[str]) -> set[str]:
    """Which of the wanted services a partner gives: those it names, those inside, and those around them."""
    codes = set(_codes(offered_terms(partner)))
    named = set(_codes(_narrow(partner.offers))) | (codes - _broader(codes))
    return {code for code in wanted if code in codes or named & set(services().ancestors(code))}


def _narrow(labels: Iterable[str]) -> list[str]:
    """The narrowest term of each label."""
    return [terms[-1] for label in labels if (terms := service_terms((label,)))]


def _codes(terms: Iterable[str]) -> list[str]:
    return [term.removeprefix(_PREFIX) for term in terms]


def _broader(codes: Iterable[str]) -> set[str]:
    return {above for code in codes for above in services().ancestors(code)[1:]}
