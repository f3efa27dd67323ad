"""Attributes: what a profile declares, as terms of one shared vocabulary ("industry:ai", "stage:angel").

A startup and a partner that declare the same thing share the term, also where one of them misspelt it. A
label that no taxonomy knows becomes a term of its own ("industry:~量子点"), so that nothing that was written
is lost.
"""

import math
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from matcher.features.kinds import implied_service
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.taxonomy import Taxonomy, industries, region_path, regions, services, stages
from matcher.taxonomy.stage_ranges import seeks_any, spanned
from matcher.text.comparable import comparable


class Family(StrEnum):
    """The kind of an attribute: the part of its term before the colon."""

    INDUSTRY = "industry"
    REGION = "region"
    STAGE = "stage"
    SERVICE = "service"
    AMOUNT = "amount"
    CURRENCY = "currency"
    KIND = "kind"
    LANGUAGE = "language"
    TAG = "tag"


def attributes_of(profile: Profile) -> tuple[str, ...]:
    """Every attribute of a profile, each once, broader ones before the narrower that imply them."""
    found = [
        *industry_terms(profile.industries),
        *region_terms(profile.region),
        *(offered_terms(profile) if profile.role in PARTNER_ROLES else service_terms(profile.needs)),
        *(term for tag in profile.tags for term in _free(Family.TAG, tag)),
        *_free(Family.KIND, profile.kind),
        *(term for language in profile.languages for term in _free(Family.LANGUAGE, language)),
    ]
    if profile.role is Role.STARTUP:
        found += deal_terms(profile.stage, profile.raising_amount, profile.raising_currency)
    else:
        found += sought_stage_terms(profile.stages)
    return tuple(dict.fromkeys(found))


def deal_terms(stage: str, amount: float | None, currency: str) -> tuple[str, ...]:
    """The attributes of a deal: its stage, the half-decade of its amount and its currency.

    "amount:6.5" is 3 to 10 million.
    """
    size = (f"{Family.AMOUNT}:{math.floor(math.log10(amount) * 2) / 2}",) if amount and amount >= 1 else ()
    return (*stage_terms(stage), *size, *_free(Family.CURRENCY, currency))


def industry_terms(labels: Iterable[str]) -> tuple[str, ...]:
    """Each industry with the broader ones that contain it."""
    return _all_resolved(Family.INDUSTRY, tuple(labels))


def service_terms(labels: Iterable[str]) -> tuple[str, ...]:
    """Each need or offer with the broader service that contains it."""
    return _all_resolved(Family.SERVICE, tuple(labels))


@lru_cache(maxsize=100_000)
def _all_resolved(family: Family, labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for label in labels for term in _resolved(family, label))


def offered_terms(profile: Profile) -> tuple[str, ...]:
    """A partner's offers; where it names no kind of financing, also the one that its own kind implies."""
    declared = service_terms(profile.offers)
    implied = implied_service(profile.kind)
    if not implied or any(term.startswith(f"{Family.SERVICE}:finance.") for term in declared):
        return declared
    return (*declared, *service_terms((implied,)))


@lru_cache(maxsize=100_000)
def region_terms(text: str) -> tuple[str, ...]:
    """A region with the ones that contain it, broadest first; nothing for a blank."""
    return tuple(f"{Family.REGION}:{code}" for code in region_path(text)) if text.strip() else ()


def stage_terms(label: str) -> tuple[str, ...]:
    """The stage's term; nothing for a blank."""
    return _resolved(Family.STAGE, label)


@lru_cache(maxsize=100_000)
def sought_stage_terms(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The terms of the stages that a partner seeks: a range (A轮及以后, 天使轮-B轮) is all that it spans.

    None where any stage will do (不限), as where none is declared.
    """
    if any(seeks_any(label) for label in labels):
        return ()
    found = (spanned(label) for label in labels)
    codes = [codes or (label,) for label, codes in zip(labels, found, strict=True)]
    return tuple(dict.fromkeys(term for each in codes for code in each for term in stage_terms(code)))


def is_free(term: str) -> bool:
    """Whether a term is a label that no taxonomy knows."""
    return ":~" in term


_TAXONOMIES = {Family.INDUSTRY: industries, Family.SERVICE: services, Family.STAGE: stages}


@lru_cache(maxsize=100_000)
def _resolved(family: Family, label: str) -> tuple[str, ...]:
    taxonomy: Taxonomy = _TAXONOMIES[family]()
    code = taxonomy.resolve(label) if family is Family.STAGE else taxonomy.meant(label)
    if code is None:
        return _free(family, label)
    return tuple(f"{family}:{ancestor}" for ancestor in reversed(taxonomy.ancestors(code)))


@lru_cache(maxsize=100_000)
def _free(family: Family, label: str) -> tuple[str, ...]:
    written = comparable(label)
    if not written:
        return ()
    return (f"{family}:~{written}",) if family in _TAXONOMIES else (f"{family}:{written}",)


def family_of(term: str) -> str:
    """The family of an attribute's term."""
    return term.partition(":")[0]


@lru_cache(maxsize=100_000)
def broader_terms(term: str) -> tuple[str, ...]:
    """The terms that contain this one, itself left out; none for a label that no taxonomy knows."""
    family, _, code = term.partition(":")
    if family == Family.REGION:
        known = code.partition("/")[0]
        ancestors = regions().ancestors(known) if known in regions().codes else ()
        parts = code.split("/")
        inner = ["/".join(parts[:n]) for n in range(1, len(parts))]
        return tuple(f"{family}:{broader}" for broader in (*ancestors, *inner) if broader != code)
    taxonomy = _TAXONOMIES[Family(family)]() if family in _TAXONOMIES else None
    if taxonomy is None or code not in taxonomy.codes:
        return ()
    return tuple(f"{family}:{ancestor}" for ancestor in taxonomy.ancestors(code)[1:])
