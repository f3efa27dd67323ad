"""What fills the places of a reason's template, from its facts."""

from collections.abc import Callable, Mapping
from functools import cache
from string import Formatter

from matcher.matching.answers import Reason
from matcher.matching.naming import ago, amount_text, counted, range_text, term_name
from matcher.matching.phrases import KINDS, Language
from matcher.matching.variants import count
from matcher.profiles import Role

Facts = Mapping[str, object]

_TAKEN: Mapping[Language, Mapping[str, str]] = {
    "zh": {Role.INVESTOR: "投过", Role.MENTOR: "辅导过"},
    "en": {Role.INVESTOR: "backed", Role.MENTOR: "mentored"},
}
_MET: Mapping[Language, str] = {"zh": "接洽过", "en": "met"}
_BY_ALL = frozenset({"few", "none", "year", "less", "past", "for", "against"})
"""Variants that speak of all its startups."""
_STARTUPS = {
    "startups": "met",
    "all": "of",
    "year": "year",
    "asked": "asked",
    "refused": "refused",
    "declined": "count",
}
_NAMED = frozenset({"shared", "wanted", "given", "met_needs"})
_DEEDS = frozenset({"done", "taken", "stage", "some_stage"})


def filled(phrase: str, reason: Reason, variant: str, language: Language) -> str:
    """The phrase with words in its places; "" or a sign of the unknown where there is no fact."""
    places = _places(phrase)
    words = {place: _word(place, reason, language) for place in places - _DEEDS}
    if places & _DEEDS:
        words |= _deeds(reason.facts, variant, language)
    return phrase.format_map(words)


@cache
def _places(phrase: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(phrase) if name)


def _word(place: str, reason: Reason, language: Language) -> str:
    facts = reason.facts
    if place in _NAMED:
        return _names(facts.get(place), language)
    if place in _STARTUPS:
        return _startups(count(facts, _STARTUPS[place]), language)
    return _SINGLE[place](reason, language) if place in _SINGLE else str(count(facts, place))


def _words(reason: Reason, language: Language) -> str:
    words = reason.facts.get("words")
    quoted = [_quoted(str(word), language) for word in words] if isinstance(words, tuple) else []
    return _listed(quoted, language)


def _kind(reason: Reason, language: Language) -> str:
    kinds = KINDS[language]
    return filled(kinds[reason.signal], reason, "", language) if reason.signal in kinds else ""


def _startups(number: int, language: Language) -> str:
    return f"{number} 家" if language == "zh" else counted(number, "startup")


def _fields(reason: Reason, language: Language) -> str:
    number = count(reason.facts, "fields")
    return str(number) if language == "zh" else counted(number, "industry", "industries")


def _requests(reason: Reason, language: Language) -> str:
    number = count(reason.facts, "requests")
    return str(number) if language == "zh" else counted(number, "request")


def _ask(reason: Reason, language: Language) -> str:
    return amount_text(reason.facts.get("ask"), reason.facts.get("ask_currency"), language)


def _range(reason: Reason, language: Language) -> str:
    return f"{range_text(reason.facts, language)} {reason.facts.get('currency') or ''}".strip()


def _ago(reason: Reason, language: Language) -> str:
    return ago(count(reason.facts, "ago"), language)


_SINGLE: Mapping[str, Callable[[Reason, Language], str]] = {
    "words": _words,
    "kind": _kind,
    "fields": _fields,
    "requests": _requests,
    "ask": _ask,
    "range": _range,
    "ago": _ago,
}
"""Places with a rule of their own; the others are numbers."""


def _deeds(facts: Facts, variant: str, language: Language) -> dict[str, str]:
    """What it did with the startups told of: invested in or mentored them all, or met them."""
    own = _TAKEN[language][str(facts.get("role") or Role.INVESTOR)]
    met, taken = ("of", "of_taken") if variant in _BY_ALL else ("met", "taken")
    every = 0 < count(facts, met) == count(facts, taken)
    some = count(facts, "taken") if not every else 0
    return {
        "done": own if every else _MET[language],
        "taken": _some(own, some, language),
        **_same_stage(facts, language),
    }


def _some(own: str, number: int, language: Language) -> str:
    if not number:
        return ""
    return f"，{own.removesuffix('过')}了 {number} 家" if language == "zh" else f" and {own} {number} of them"


def _same_stage(facts: Facts, language: Language) -> dict[str, str]:
    """How many of them were at the startup's stage: "stage" where all were, "some_stage" where some."""
    same = count(facts, "same_stage")
    every = 0 < same == count(facts, "met")
    if language == "zh":
        stage, some = "同阶段", f"（{same} 家同阶段）"
    else:
        stage, some = " at the same stage", f" ({same} at the same stage)"
    return {"stage": stage if every else "", "some_stage": some if same and not every else ""}


def _names(terms: object, language: Language) -> str:
    listed = [term_name(str(term), language) for term in terms] if isinstance(terms, tuple) else []
    return _listed(list(dict.fromkeys(listed)), language)


def _listed(names: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _quoted(word: str, language: Language) -> str:
    return f"“{word}”" if language == "zh" else f'"{word}"'
