"""What a partner has done, for the sentences of the signals that learned from it.

"met": startups it accepted or met, or more; "taken": those among them that it invested in or mentored;
"asked": those and all that asked for it; "of", "of_taken": met and taken of all its startups; "ago": how many
days since the last.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from matcher.features.attributes import (
    Family,
    broader_terms,
    deal_terms,
    family_of,
    industry_terms,
    region_terms,
    service_terms,
    stage_terms,
)
from matcher.matching.past import Past, Tally, tally, within_year
from matcher.matching.pointing import Pointing
from matcher.matching.terms import is_country, narrowest
from matcher.profiles import Profile

Facts = Mapping[str, object]
Terms = tuple[str, ...]

FEW = 3
"""What rests on fewer startups than this is uncertain."""
ALIKE = 2
"""Of industry, region and stage, so many in common make two startups alike."""


def _counted(found: Tally, past: Past) -> dict[str, object]:
    whole = past.whole
    return {
        "met": found.met,
        "taken": found.taken,
        "asked": found.asked,
        "ago": found.ago,
        "of": whole.met,
        "of_taken": whole.taken,
    }


def _affinity(
    terms_of: Callable[[Profile], Terms], pointing: Pointing, startup: Profile, past: Past
) -> Facts | None:
    listed = tuple(dict.fromkeys(terms_of(startup)))
    return _precedents(listed, startup, past) if pointing.helps else _lack(narrowest(listed), past)


def _precedents(listed: Terms, startup: Profile, past: Past) -> Facts | None:
    """The past startups with the attribute that most of them share, the narrow ones first."""
    named = narrowest(listed)
    broader = tuple(term for term in listed if term not in named and not is_country(term))
    for terms in (named, broader):
        best = max(terms, key=lambda term: _weight(past, term), default="")
        if best and _weight(past, best) > (0, 0):
            return _of_term(best, startup, past)
    return None


def _weight(past: Past, term: str) -> tuple[int, int]:
    found = past.tally_of((term,))
    return found.met, found.asked


def _of_term(term: str, startup: Profile, past: Past) -> Facts:
    found, stage = past.tally_of((term,)), narrowest(stage_terms(startup.stage))
    facts = _counted(found, past) | {"wanted": (term,), "uncertain": found.met < FEW}
    if stage and family_of(term) != Family.STAGE:
        facts["same_stage"] = tally(past, past.having((term,)) & past.having(stage)).met
    return facts


def _lack(named: Terms, past: Past) -> Facts | None:
    """How few of its startups had any of the attributes; None where they are half of them and more."""
    found = past.tally_of(named)
    if not named or _usual(found, past):
        return None
    return _counted(found, past) | {"wanted": named[:2], "uncertain": past.whole.met < FEW}


def _usual(found: Tally, past: Past) -> bool:
    """Whether half of its startups and more are such: then none can be told that they were few."""
    return found.met > 0 and 2 * found.met >= past.whole.met


def _ask_terms(startup: Profile) -> Terms:
    """The amounts within half a decade of the ask."""
    own = [term for term in deal_terms("", startup.raising_amount, "") if family_of(term) == Family.AMOUNT]
    sizes = [float(term.partition(":")[2]) + step for term in own for step in (0, -0.5, 0.5)]
    return tuple(f"{Family.AMOUNT}:{size}" for size in sizes)


def _ask(pointing: Pointing, startup: Profile, past: Past) -> Facts | None:
    terms = _ask_terms(startup)
    asked = {"ask": startup.raising_amount, "ask_currency": startup.raising_currency}
    if not pointing.helps:
        lack = _lack(terms, past)
        return lack and {**lack, **asked, "wanted": ()}
    found = past.tally_of(terms)
    return {**_counted(found, past), **asked, "uncertain": found.met < FEW} if found.asked else None


def _activity(pointing: Pointing, _: Profile, past: Past) -> Facts | None:
    found = past.whole
    facts = _counted(found, past) | {"year": within_year(past), "uncertain": 0 < found.met < FEW}
    return None if pointing.helps and not found.asked else facts


def _breadth(_: Pointing, __: Profile, past: Past) -> Facts | None:
    """fields: how many broad industries its startups came from."""
    met = past.whole
    columns = np.unique(past.terms).tolist()
    named = (past.attributes.terms[column] for column in columns)
    fields = [term for term in named if family_of(term) == Family.INDUSTRY and not broader_terms(term)]
    if not met.met or not fields:
        return None
    return _counted(met, past) | {"fields": len(fields), "uncertain": met.met < FEW}


def _response(pointing: Pointing, _: Profile, past: Past) -> Facts | None:
    """Of `requests` it `accepted` so many; neither where its appeal to startups speaks."""
    if pointing.lead == "appeal" or not past.requests:
        return {"uncertain": pointing.lead != "appeal"}
    if pointing.helps and not past.accepted:
        return None
    return {"requests": past.requests, "accepted": past.accepted, "uncertain": past.requests < FEW}


def _refusals(pointing: Pointing, startup: Profile, past: Past) -> Facts | None:
    """count: startups with the attribute `wanted` that the partner declined, of `refused` in all."""
    listed = (*industry_terms(startup.industries), *stage_terms(startup.stage))
    named = narrowest((*listed, *(term for term in region_terms(startup.region) if not is_country(term))))
    refused = past.requests - past.accepted
    if pointing.lead != "declines" or not refused or not named:
        return {"uncertain": True}
    best = max(named, key=past.declined_with)
    count = past.declined_with(best)
    if pointing.helps and 2 * count >= refused:
        return None
    return {"wanted": (best,), "count": count, "refused": refused, "uncertain": refused < FEW}


def _neighbours(pointing: Pointing, startup: Profile, past: Past) -> Facts | None:
    """Startups like this one: see ALIKE."""
    kinds = [
        narrowest(terms)
        for terms in (
            industry_terms(startup.industries),
            region_terms(startup.region),
            stage_terms(startup.stage),
        )
        if terms
    ]
    shared = sum((past.having(terms).astype(int) for terms in kinds), np.zeros(len(past.days), int))
    found = tally(past, shared >= max(1, min(ALIKE, len(kinds))))
    if not pointing.helps and _usual(found, past):
        return None
    rests_on = found if pointing.helps else past.whole
    return _counted(found, past) | {"uncertain": rests_on.met < FEW}


def _factors(_: Pointing, __: Profile, past: Past) -> Facts:
    found = past.whole
    return _counted(found, past) | {"uncertain": found.met < FEW}


def _companions(*_: object) -> Facts:
    """That partners are met together is no fact of this one's own past: nothing is counted."""
    return {}


def network_facts(pointing: Pointing, found: Facts) -> Facts | None:
    """What may be told of the past of a partner that is shared to the network: all organisations' dealings
    with it count for the score, and none is told another's. So there is neither a count nor a day, only the
    attribute `wanted` of startups that it has really met; None where that says nothing."""
    if not pointing.helps or not found.get("met"):
        return None
    if pointing.signal == "neighbours":
        return {"network": True}
    return {"network": True, "wanted": found["wanted"]} if found.get("wanted") else None


PAST_FACTS: Mapping[str, Callable[[Pointing, Profile, Past], Facts | None]] = {
    "affinity_industry": partial(_affinity, lambda startup: industry_terms(startup.industries)),
    "affinity_region": partial(_affinity, lambda startup: region_terms(startup.region)),
    "affinity_stage": partial(_affinity, lambda startup: stage_terms(startup.stage)),
    "affinity_needs": partial(_affinity, lambda startup: service_terms(startup.needs)),
    "affinity_ask": _ask,
    "activity": _activity,
    "breadth": _breadth,
    "response": _response,
    "refusals": _refusals,
    "neighbours": _neighbours,
    "factors": _factors,
    "companions": _companions,
}
