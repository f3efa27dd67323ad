"""Supply gaps of a cohort: services that its startups need and for which the pool has too few places."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from matcher.assignment.problem import Int64
from matcher.cohorts.building import Order, Prepared
from matcher.cohorts.result import Shortage
from matcher.features.supply import needed_of, offered_of
from matcher.matching.eligibility import visible
from matcher.matching.snapshot import Snapshot
from matcher.profiles import PARTNER_ROLES, Profile


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
    wanted = Counter(code for startup in startups if startup.takes_part for code in needed_of(startup))
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
