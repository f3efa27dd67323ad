"""The facts behind a reason: what the two profiles share and what the partner has done, for its sentence."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.features.attributes import (
    industry_terms,
    offered_terms,
    region_terms,
    service_terms,
    sought_stage_terms,
    stage_terms,
)
from matcher.matching.past import Past
from matcher.matching.past_facts import PAST_FACTS, network_facts
from matcher.matching.pointing import Pointing
from matcher.matching.terms import is_country, narrowest
from matcher.money import log_cny
from matcher.profiles import Profile
from matcher.text.terms import bucket, terms

Facts = Mapping[str, object]
Terms = tuple[str, ...]
Float32 = npt.NDArray[np.float32]

SHORT_TEXT = 12
"""With fewer terms than this a text says little."""
MOST_NAMED = 3
COMMON = 1 - math.log(0.15)
"""Idf of a word that stands in 15 % of all texts: one so common is not worth naming."""
_CACHED = 5000


@dataclass(frozen=True, slots=True)
class Pair:
    """What a reason can speak of: the two profiles, the partner's past, and how rare words are."""

    startup: Profile
    partner: Profile
    past: Past
    idf: Float32


def facts_of(pointing: Pointing, pair: Pair) -> Facts | None:
    """What to name in the sentence of a signal that points for or against the pair.

    None where nothing true can be said that way: what is for the pair has to name something. "shared" are
    attribute terms of both; "wanted" and "given" what each side declares; of a term and one that contains it
    only the narrower is named. "uncertain": the fact rests on little. For the rest see
    `matcher.matching.past_facts`.
    """
    if pointing.signal in PAST_FACTS:
        found = PAST_FACTS[pointing.signal](pointing, pair.startup, pair.past)
        told = network_facts(pointing, found) if found and pair.partner.shared else found
        return told and {**told, "role": pair.partner.role.value}
    return _DECLARED[pointing.signal](pointing, pair)


@lru_cache(maxsize=_CACHED)
def _terms(text: str) -> tuple[str, ...]:
    """The distinct terms of a text, in order; the same texts are asked about again and again."""
    return tuple(dict.fromkeys(terms(text)))


def _semantic(_: Pointing, pair: Pair) -> Facts:
    return {"uncertain": min(len(_terms(side.text)) for side in (pair.startup, pair.partner)) < SHORT_TEXT}


def _lexical(pointing: Pointing, pair: Pair) -> Facts | None:
    ours, theirs = _terms(pair.startup.text), set(_terms(pair.partner.text))
    shared = [term for term in ours if term in theirs]
    if pointing.helps and not shared:
        return None
    return {"words": _key_words(shared, pair), "uncertain": min(len(ours), len(theirs)) < SHORT_TEXT}


def _key_words(shared: Sequence[str], pair: Pair) -> tuple[str, ...]:
    """The rarest of the shared terms that stand as they are in both texts, none within another."""
    ours, theirs = pair.startup.text.lower(), pair.partner.text.lower()
    whole = [term for term in shared if len(term) > 1 and term in ours and term in theirs]
    telling = [term for term in whole if pair.idf[bucket(term)] > COMMON]
    found: list[str] = []
    for term in sorted(telling, key=lambda term: (-pair.idf[bucket(term)], -len(term))):
        if not any(term in other or other in term for other in found):
            found.append(term)
    return tuple(found[:MOST_NAMED])


def _overlap(startup_terms: Terms, partner_terms: Terms) -> dict[str, Terms]:
    shared, wanted, given = _compared(startup_terms, partner_terms)
    return {"shared": shared, "wanted": wanted, "given": given}


@lru_cache(maxsize=100_000)
def _compared(startup_terms: Terms, partner_terms: Terms) -> tuple[Terms, Terms, Terms]:
    """What both declare, what the startup does, what the partner does: the narrowest, and not too many."""
    wanted, given = narrowest(startup_terms), set(partner_terms)
    shared = narrowest(term for term in dict.fromkeys(startup_terms) if term in given)
    return shared[:MOST_NAMED], wanted[:MOST_NAMED], narrowest(sorted(given))[:MOST_NAMED]


def _needs(pointing: Pointing, pair: Pair) -> Facts | None:
    """met_needs: needs that are offered as such, count of them; of: how many needs there are."""
    asked, offered = service_terms(pair.startup.needs), offered_terms(pair.partner)
    wanted = narrowest(asked)
    met = tuple(term for term in wanted if term in offered)
    facts = _overlap(asked, offered) | {"met_needs": met[:MOST_NAMED], "count": len(met), "of": len(wanted)}
    return None if pointing.helps and not facts["shared"] else facts


def _industry(pointing: Pointing, pair: Pair) -> Facts | None:
    facts = _overlap(industry_terms(pair.startup.industries), industry_terms(pair.partner.industries))
    return None if pointing.helps and not facts["shared"] else facts


def _region(pointing: Pointing, pair: Pair) -> Facts | None:
    """A country that both are in says nothing, and is not named."""
    ours, theirs = region_terms(pair.startup.region), region_terms(pair.partner.region)
    facts = _overlap(ours, theirs)
    shared = facts["shared"] = tuple(term for term in facts["shared"] if not is_country(term))
    return None if pointing.helps and not shared else facts


def _stage(_: Pointing, pair: Pair) -> Facts:
    return _overlap(stage_terms(pair.startup.stage), sought_stage_terms(pair.partner.stages))


def _ticket(_: Pointing, pair: Pair) -> Facts:
    """within: whether the ask lies in the range (an open or unknown end is no limit)."""
    ask = log_cny(pair.startup.raising_amount, pair.startup.raising_currency)
    least, most = (
        log_cny(end, pair.partner.currency) for end in (pair.partner.ticket_min, pair.partner.ticket_max)
    )
    return {
        "within": not (ask < least or ask > most),
        "ask": pair.startup.raising_amount,
        "ask_currency": pair.startup.raising_currency,
        "least": pair.partner.ticket_min,
        "most": pair.partner.ticket_max,
        "currency": pair.partner.currency,
    }


_DECLARED: Mapping[str, Callable[[Pointing, Pair], Facts | None]] = {
    "semantic": _semantic,
    "lexical": _lexical,
    "needs": _needs,
    "industry": _industry,
    "region": _region,
    "stage": _stage,
    "ticket": _ticket,
}
