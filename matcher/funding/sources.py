"""Who could give: investors' profiles as sources, and why the others are left out."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from matcher.features.attributes import (
    broader_terms,
    industry_terms,
    is_free,
    offered_terms,
    region_terms,
    sought_stage_terms,
    stage_terms,
)
from matcher.features.kinds import implied_service
from matcher.funding.values import ASSUMED_RATE, Gap, Limit, Question, Source, SourceKind
from matcher.matching.eligibility import Rule
from matcher.matching.prospects import Prospect
from matcher.money import CNY_PER_UNIT
from matcher.profiles import Profile

_KINDS: Mapping[str, SourceKind] = MappingProxyType(
    {
        "finance.grant": SourceKind.GRANT,
        "finance.loan": SourceKind.LOAN,
        "finance.leasing": SourceKind.LOAN,
        "finance.equity": SourceKind.EQUITY,
    }
)
_OPEN = frozenset({Rule.ELIGIBLE, Rule.CONNECTED})
"""Whoever is in touch with the startup already may well give."""


class Left(StrEnum):
    """Why a partner is no source here; of several the first counts."""

    UNAVAILABLE = "unavailable"
    """A rule of matching removes it: paused, not investing, a conflict, declined before, no place left."""
    NO_MONEY = "no_money"
    """Gives no loan, grant or equity, as far as it says."""
    ASIDE = "aside"
    """The question leaves it out."""
    CURRENCY = "currency"
    STAGE = "stage"
    INDUSTRY = "industry"
    REGION = "region"
    TOO_LATE = "too_late"
    TERM = "term"
    TOO_LARGE = "too_large"
    """Gives no less than more than the gap."""
    TOO_SMALL = "too_small"
    """Gives less than a unit of the gap's currency."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A partner that is no source, and what it could have given at most (None: unknown)."""

    id: str
    name: str
    why: Left
    most: int | None = None


def sources_of(
    startup: Profile, prospects: Iterable[Prospect], gap: Gap, question: Question, today: dt.date
) -> tuple[list[Source], list[LeftOut]]:
    """The sources for the startup's gap, and those left out (those who give no money at all are not told)."""
    sources, left = list[Source](), list[LeftOut]()
    for prospect in prospects:
        source = _source(prospect, gap)
        why = _why_not(startup, prospect, source, gap, question, today)
        if why is None and source is not None:
            sources.append(source)
        elif why is not Left.NO_MONEY and why is not None:
            most = None if prospect.profile.ticket_max is None or source is None else source.most
            left.append(LeftOut(prospect.partner_id, prospect.profile.name, why, most))
    return sources, left


def kind_of(profile: Profile) -> SourceKind | None:
    """What the partner gives: by its kind ("银行贷款"), else the first of its offers that is money.

    Of an investor who says neither, a rate tells a loan; any other is taken for equity.
    """
    own = _KINDS.get(implied_service(profile.kind))
    if own is not None:
        return own
    if _says_nothing(profile):
        return SourceKind.EQUITY if profile.annual_rate is None else SourceKind.LOAN
    codes = (term.partition(":")[2] for term in offered_terms(profile))
    return next((_KINDS[code] for code in codes if code in _KINDS), None)


def _says_nothing(profile: Profile) -> bool:
    return not profile.kind.strip() and not profile.offers


def _source(prospect: Prospect, gap: Gap) -> Source | None:
    """The source that the profile describes, whether or not it suits; None where it gives no money, or its
    currency is unknown."""
    profile, kind, scale = prospect.profile, kind_of(prospect.profile), _scale(prospect.profile, gap)
    if kind is None or scale is None:
        return None
    most = gap.amount if profile.ticket_max is None else math.floor(profile.ticket_max * scale)
    lent = kind is SourceKind.LOAN
    unknown = lent and profile.annual_rate is None
    return Source(
        id=prospect.partner_id,
        name=profile.name,
        kind=kind,
        least=max(1, math.ceil((profile.ticket_min or 0) * scale)),
        most=most,
        odds=prospect.p_partner,
        rate=ASSUMED_RATE if unknown else (profile.annual_rate or 0.0) if lent else 0.0,
        term_months=profile.term_months if lent else None,
        assumed_rate=unknown,
        assumed_kind=_says_nothing(profile) and not lent,
        converted=scale != 1,
    )


def _scale(profile: Profile, gap: Gap) -> float | None:
    """Units of the gap's currency in one of the profile's, at rounded long-run rates; a blank one is CNY."""
    own, wanted = profile.currency.upper() or "CNY", gap.currency.upper()
    if own == wanted:
        return 1.0
    known = own in CNY_PER_UNIT and wanted in CNY_PER_UNIT
    return CNY_PER_UNIT[own] / CNY_PER_UNIT[wanted] if known else None


def _why_not(
    startup: Profile, prospect: Prospect, source: Source | None, gap: Gap, question: Question, today: dt.date
) -> Left | None:
    if prospect.rule not in _OPEN:
        return Left.UNAVAILABLE
    if kind_of(prospect.profile) is None:
        return Left.NO_MONEY
    if prospect.partner_id in question.without:
        return Left.ASIDE
    if source is None:
        return Left.CURRENCY
    binding = question.binding[source.kind] - question.ignore
    return _outside(startup, prospect.profile, binding) or _misfit(source, gap, question, today)


def _misfit(source: Source, gap: Gap, question: Question, today: dt.date) -> Left | None:
    """Limits of money and time."""
    if today + dt.timedelta(days=question.lead_days[source.kind]) > gap.by:
        return Left.TOO_LATE
    if gap.term_months and source.term_months and source.term_months < gap.term_months:
        return Left.TERM
    if source.least > gap.amount:
        return Left.TOO_LARGE
    return Left.TOO_SMALL if source.most < source.least else None


def _outside(startup: Profile, partner: Profile, binding: frozenset[Limit]) -> Left | None:
    """The first binding limit that the startup is outside of. What either side leaves unsaid is no limit."""
    tests: Sequence[tuple[Limit, Left, bool]] = (
        (Limit.STAGE, Left.STAGE, _meet(*_stages(startup, partner))),
        (
            Limit.INDUSTRY,
            Left.INDUSTRY,
            _meet(industry_terms(startup.industries), industry_terms(partner.industries)),
        ),
        (Limit.REGION, Left.REGION, _meet(region_terms(startup.region), region_terms(partner.region))),
    )
    return next((left for limit, left, meet in tests if not meet and limit in binding), None)


def _stages(startup: Profile, partner: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The startup's stage and those that the partner seeks; what no taxonomy knows is no limit."""
    sought = sought_stage_terms(partner.stages)
    known = not any(is_free(term) for term in sought)
    own = tuple(term for term in stage_terms(startup.stage) if not is_free(term))
    return own, sought if known else ()


def _meet(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a narrowest term of one side is, contains, or is contained in one of the other's."""
    if not mine or not theirs:
        return True
    narrow, wide = _narrowest(mine), _narrowest(theirs)
    return bool(narrow & {*theirs} or wide & {*mine})


def _narrowest(terms: Sequence[str]) -> frozenset[str]:
    """The terms that contain no other of them."""
    containing = {broader for term in terms for broader in broader_terms(term)}
    return frozenset(terms) - containing
