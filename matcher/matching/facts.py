"""The facts behind a reason: what the two profiles share, for the sentence that words it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from matcher.features.attributes import (
    broader_terms,
    industry_terms,
    region_terms,
    service_terms,
    stage_terms,
)
from matcher.money import log_cny
from matcher.profiles import Profile

Facts = Mapping[str, object]


def facts_of(signal: str, startup: Profile, partner: Profile) -> Facts:
    """What to name in the sentence for `signal`; empty where the sentence needs nothing.

    "shared": attribute terms of both; "wanted", "given": what each side declares; of a term and one that
    contains it only the narrower is named. "within": whether the ask lies in the range (an open or unknown
    end is no limit).
    """
    return _FACTS[signal](startup, partner) if signal in _FACTS else {}


def _overlap(startup_terms: Sequence[str], partner_terms: Iterable[str]) -> Facts:
    wanted, given = _narrowest(startup_terms), set(partner_terms)
    shared = [term for term in dict.fromkeys(startup_terms) if term in given]
    return {"shared": _narrowest(shared)[:3], "wanted": wanted[:3], "given": _narrowest(sorted(given))[:3]}


def _narrowest(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms without those that contain another of them (a province beside its city)."""
    listed = tuple(dict.fromkeys(terms))
    broader = {ancestor for term in listed for ancestor in broader_terms(term)}
    return tuple(term for term in listed if term not in broader)


def _needs(startup: Profile, partner: Profile) -> Facts:
    return _overlap(service_terms(startup.needs), service_terms(partner.offers))


def _industry(startup: Profile, partner: Profile) -> Facts:
    return _overlap(industry_terms(startup.industries), industry_terms(partner.industries))


def _region(startup: Profile, partner: Profile) -> Facts:
    return _overlap(region_terms(startup.region), region_terms(partner.region))


def _stage(startup: Profile, partner: Profile) -> Facts:
    return _overlap(
        stage_terms(startup.stage), (term for stage in partner.stages for term in stage_terms(stage))
    )


def _ticket(startup: Profile, partner: Profile) -> Facts:
    ask = log_cny(startup.raising_amount, startup.raising_currency)
    least, most = (log_cny(end, partner.currency) for end in (partner.ticket_min, partner.ticket_max))
    return {
        "within": not (ask < least or ask > most),
        "ask": startup.raising_amount,
        "ask_currency": startup.raising_currency,
        "least": partner.ticket_min,
        "most": partner.ticket_max,
        "currency": partner.currency,
    }


def _history(terms: Callable[[Profile], Iterable[str]]) -> Callable[[Profile, Profile], Facts]:
    return lambda startup, _: {"wanted": _narrowest(terms(startup))[:2]}


_FACTS: dict[str, Callable[[Profile, Profile], Facts]] = {
    "needs": _needs,
    "industry": _industry,
    "region": _region,
    "stage": _stage,
    "ticket": _ticket,
    "affinity_industry": _history(lambda startup: industry_terms(startup.industries)),
    "affinity_region": _history(lambda startup: region_terms(startup.region)),
    "affinity_stage": _history(lambda startup: stage_terms(startup.stage)),
    "affinity_needs": _history(lambda startup: service_terms(startup.needs)),
    "affinity_ask": lambda startup, _: {
        "ask": startup.raising_amount,
        "ask_currency": startup.raising_currency,
    },
}
