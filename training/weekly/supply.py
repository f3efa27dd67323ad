"""Supply gaps: what startups need and nobody, or hardly anybody, offers."""

from collections import Counter
from collections.abc import Sequence

from matcher.features.supply import needed_of, offered_of
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.taxonomy import services
from training.weekly.record import Need, Supply

MOST = 12


def supply_of(profiles: Sequence[Profile]) -> Supply:
    """How many active startups want each service and how many active partners offer it.

    Those with the fewest offers for each wish come first. A partner that offers a service offers all that it
    contains, and whoever offers a part of what is wanted answers the wish.
    """
    active = [profile for profile in profiles if profile.takes_part]
    wanted = Counter(
        code for profile in active if profile.role is Role.STARTUP for code in needed_of(profile)
    )
    partners = [profile for profile in active if profile.role in PARTNER_ROLES]
    offered = Counter(code for profile in partners for code in offered_of(profile, wanted))
    scarce = sorted(wanted, key=lambda code: (offered[code] / wanted[code], -wanted[code], code))
    return Supply(tuple(_need(code, wanted[code], offered[code]) for code in scarce[:MOST]))


def _need(code: str, wanted: int, offered: int) -> Need:
    return Need(code, services().name(code, "zh"), services().name(code, "en"), wanted, offered)
