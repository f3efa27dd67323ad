"""Supply gaps: what startups need and nobody, or hardly anybody, offers."""

from collections import Counter
from collections.abc import Iterable, Sequence

from matcher.features.attributes import Family, offered_terms, service_terms
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.taxonomy import services
from training.weekly.record import Need, Supply

MOST = 12
_PREFIX = f"{Family.SERVICE}:"


def supply_of(profiles: Sequence[Profile]) -> Supply:
    """How many active startups want each service and how many active partners offer it.

    Those with the fewest offers for each wish come first. A partner that offers a service offers all that it
    contains, and whoever offers a part of what is wanted answers the wish.
    """
    active = [profile for profile in profiles if profile.takes_part]
    wanted = Counter(
        code for profile in active if profile.role is Role.STARTUP for code in _codes(_narrow(profile.needs))
    )
    partners = [profile for profile in active if profile.role in PARTNER_ROLES]
    offered = Counter(code for profile in partners for code in _offered(profile, wanted))
    scarce = sorted(wanted, key=lambda code: (offered[code] / wanted[code], -wanted[code], code))
    return Supply(tuple(_need(code, wanted[code], offered[code]) for code in scarce[:MOST]))


def _narrow(labels: Iterable[str]) -> list[str]:
    """The narrowest term of each label."""
    return [terms[-1] for label in labels if (terms := service_terms((label,)))]


def _codes(terms: Iterable[str]) -> set[str]:
    return {term.removeprefix(_PREFIX) for term in terms}


def _offered(partner: Profile, wanted: Iterable[str]) -> set[str]:
    """Which of the wanted services a partner gives: those it names, those inside, and those around them."""
    codes = _codes(offered_terms(partner))
    named = _codes(_narrow(partner.offers)) | (codes - _broader(codes))
    return {code for code in wanted if code in codes or named & set(services().ancestors(code))}


def _broader(codes: Iterable[str]) -> set[str]:
    return {above for code in codes for above in services().ancestors(code)[1:]}


def _need(code: str, wanted: int, offered: int) -> Need:
    return Need(code, services().name(code, "zh"), services().name(code, "en"), wanted, offered)
