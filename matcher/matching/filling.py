"""What fills the places of a reason's template, from its facts."""

from collections.abc import Mapping

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
_STARTUPS = (
    ("startups", "met"),
    ("all", "of"),
    ("year", "year"),
    ("asked", "asked"),
    ("refused", "refused"),
    ("declined", "count"),
)


def filling(reason: Reason, variant: str, language: Language) -> dict[str, str]:
    """The words for each place that any template has; "" or a sign of the unknown where there is no fact."""
    facts = reason.facts
    words = _named(facts, language) | _numbers(facts, language)
    kinds = KINDS[language]
    words["kind"] = kinds[reason.signal].format(**words) if reason.signal in kinds else ""
    return words | _deeds(facts, variant, language)


def _named(facts: Facts, language: Language) -> dict[str, str]:
    words = facts.get("words")
    return {
        **{name: _names(facts.get(name), language) for name in ("shared", "wanted", "given")},
        "met_needs": _names(facts.get("met_needs"), language),
        "words": _listed([_quoted(str(word), language) for word in words], language)
        if isinstance(words, tuple)
        else "",
        "ask": amount_text(facts.get("ask"), facts.get("ask_currency"), language),
        "range": f"{range_text(facts, language)} {facts.get('currency') or ''}".strip(),
        "ago": ago(count(facts, "ago"), language),
    }


def _numbers(facts: Facts, language: Language) -> dict[str, str]:
    """Numbers of startups with their noun, the others bare."""
    bare = {name: str(count(facts, name)) for name in ("met", "count", "accepted")}
    bare["of"] = str(count(facts, "of"))
    if language == "zh":
        plain = {name: str(count(facts, name)) for name in ("fields", "requests")}
        return bare | plain | {name: f"{count(facts, fact)} 家" for name, fact in _STARTUPS}
    return bare | {
        "fields": counted(count(facts, "fields"), "industry", "industries"),
        "requests": counted(count(facts, "requests"), "request"),
        **{name: counted(count(facts, fact), "startup") for name, fact in _STARTUPS},
    }


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
