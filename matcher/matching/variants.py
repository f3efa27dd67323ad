"""What is to be said of a reason, by its facts: the name of its template in `matcher.matching.phrases`."""

from collections.abc import Callable, Mapping

from matcher.matching.answers import Reason

Facts = Mapping[str, object]


def variant_of(reason: Reason) -> str:
    """Which template tells the reason truly."""
    helps = reason.points > 0
    signal = "affinity" if reason.signal.startswith("affinity_") else reason.signal
    plain = "for" if helps else "against"
    return _VARIANTS[signal](helps, reason.facts) if signal in _VARIANTS else plain


def count(facts: Facts, name: str) -> int:
    """A number among the facts, 0 where it is not there."""
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def _shared(helps: bool, facts: Facts) -> str:
    if not facts.get("shared"):
        return "against"
    return "for" if helps else "part"


def _lexical(helps: bool, facts: Facts) -> str:
    if helps:
        return "for" if facts.get("words") else "alike"
    return "against"


def _needs(helps: bool, facts: Facts) -> str:
    met, of = count(facts, "count"), count(facts, "of")
    if met:
        return "for" if met == of else "part"
    if not facts.get("shared"):
        return "against"
    return "near" if helps else "related"


def _stage(helps: bool, facts: Facts) -> str:
    wanted, shared = facts.get("wanted"), facts.get("shared")
    if shared and shared == wanted:
        return "for"
    return "near" if helps and facts.get("given") else "against"


def _ticket(helps: bool, facts: Facts) -> str:
    if facts.get("within") is False:
        return "near" if helps else "against"
    return "for" if helps else "against"


def _affinity(helps: bool, facts: Facts) -> str:
    met = count(facts, "met")
    if facts.get("network"):
        return "network"
    if helps:
        return _done(met) if met else "asked"
    return _lack(met, facts)


def _neighbours(helps: bool, facts: Facts) -> str:
    met = count(facts, "met")
    if helps:
        return _done(met) if met else "for"
    return _lack(met, facts)


def _done(met: int) -> str:
    return "done" if met > 1 else "one"


def _lack(met: int, facts: Facts) -> str:
    if not count(facts, "of"):
        return "never"
    return "few" if met else "none"


def _activity(helps: bool, facts: Facts) -> str:
    if not count(facts, "of"):
        return "asked" if helps else "idle"
    if count(facts, "year"):
        return "year" if helps else "less"
    return "past" if helps else "quiet"


def _response(helps: bool, facts: Facts) -> str:
    if count(facts, "requests"):
        return "for" if helps else "against"
    return "often" if helps else "seldom"


def _refusals(helps: bool, facts: Facts) -> str:
    refused, similar = count(facts, "refused"), count(facts, "count")
    if helps:
        return ("rarely" if similar else "for") if refused else "less"
    return "against" if similar else "more"


def _factors(helps: bool, facts: Facts) -> str:
    if count(facts, "of"):
        return "for" if helps else "against"
    return "guess" if helps else "doubt"


_VARIANTS: Mapping[str, Callable[[bool, Facts], str]] = {
    "lexical": _lexical,
    "needs": _needs,
    "industry": _shared,
    "region": _shared,
    "stage": _stage,
    "ticket": _ticket,
    "affinity": _affinity,
    "activity": _activity,
    "response": _response,
    "refusals": _refusals,
    "neighbours": _neighbours,
    "factors": _factors,
}
