"""Attributes, amounts, numbers and ages as a person would write them, in Chinese and English."""

from collections.abc import Mapping
from functools import lru_cache

from matcher.features.attributes import Family
from matcher.matching.phrases import Language
from matcher.taxonomy import industries, regions, services, stages

_TAXONOMIES = {
    Family.INDUSTRY: industries,
    Family.REGION: regions,
    Family.STAGE: stages,
    Family.SERVICE: services,
}
_FORTNIGHT, _TWO_MONTHS, _TWO_YEARS = 14, 60, 731
_WEEK, _MONTH, _YEAR = 7, 30.44, 365.25


@lru_cache(maxsize=100_000)
def term_name(term: str, language: Language) -> str:
    """An attribute's term as a person would write it ("stage:angel" → 天使轮)."""
    family, _, code = term.partition(":")
    taxonomy = _TAXONOMIES[Family(family)]()
    if code in taxonomy.codes:
        return taxonomy.name(code, language)
    return code.removeprefix("~").rpartition("/")[2]


def amount_text(amount: object, currency: object, language: Language) -> str:
    """An amount rounded for reading: 500万 in Chinese, 5M in English; "?" where unknown."""
    if not isinstance(amount, int | float):
        return "?"
    steps = ((1e8, "亿"), (1e4, "万")) if language == "zh" else ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    size, unit = next(((size, unit) for size, unit in steps if amount >= size), (1, ""))
    figure = amount / size
    shown = f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"
    return f"{shown}{unit}" + (f" {currency}" if currency else "")


def range_text(facts: Mapping[str, object], language: Language) -> str:
    """10万–500万; 50万 where both ends are one; ≤ 1000万 or ≥ 5000万 where an end is open."""
    least, most = facts.get("least"), facts.get("most")
    first, last = (amount_text(end, "", language) for end in (least, most))
    if least is None or most is None:
        return f"≤ {last}" if least is None else f"≥ {first}"
    return first if least == most else f"{first}–{last}"


def counted(number: int, one: str, many: str = "") -> str:
    """An English count: 1 startup, 4 startups; 1 industry, 2 industries where `many` is given."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def ago(days: int, language: Language) -> str:
    """How long ago: in days for two weeks, then in weeks, months, and years from two years on."""
    if days < 1:
        return "今天" if language == "zh" else "today"
    if days < _FORTNIGHT:
        number, zh, en = days, "天", "day"
    elif days < _TWO_MONTHS:
        number, zh, en = round(days / _WEEK), "周", "week"
    elif days < _TWO_YEARS:
        number, zh, en = round(days / _MONTH), "个月", "month"
    else:
        number, zh, en = int(days / _YEAR), "年", "year"
    return f"{number} {zh}前" if language == "zh" else f"{counted(number, en)} ago"
