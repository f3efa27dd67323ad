"""Who needs and who gives which service of the catalogue: one rule for cohorts, weekly run and reports."""

from collections.abc import Iterable
from functools import lru_cache

from matcher.features.attributes import Family, offered_terms, service_terms
from matcher.profiles import Profile
from matcher.taxonomy import services

_PREFIX = f"{Family.SERVICE}:"


def needed_of(startup: Profile) -> tuple[str, ...]:
    """The services that a startup needs, each once and the narrowest that it names; a need that no catalogue
    knows as it was written."""
    return tuple(dict.fromkeys(_codes(_narrow(startup.needs))))


def offered_of(partner: Profile, wanted: Iterable[str]) -> set[str]:
    """Which of the wanted services a partner gives: those it names, those inside, and those around them."""
    codes = set(_codes(offered_terms(partner)))
    named = set(_codes(_narrow(partner.offers))) | (codes - _broader(codes))
    return {code for code in wanted if code in codes or not named.isdisjoint(_around(code))}


@lru_cache(maxsize=10_000)
def _around(code: str) -> frozenset[str]:
    return frozenset(services().ancestors(code))


def _narrow(labels: Iterable[str]) -> list[str]:
    """The narrowest term of each label."""
    return [terms[-1] for label in labels if (terms := service_terms((label,)))]


def _codes(terms: Iterable[str]) -> list[str]:
    return [term.removeprefix(_PREFIX) for term in terms]


def _broader(codes: Iterable[str]) -> set[str]:
    return {above for code in codes for above in services().ancestors(code)[1:]}
