"""What reports call days, months, services and industries."""

import datetime as dt

from api.pages.language import in_script, language
from matcher.taxonomy import Taxonomy, industries, services


def day_text(day: dt.date) -> str:
    """A day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日" if language() == "zh" else f"{day:%-d %b %Y}"


def month_name(month: str) -> str:
    """A month given as 2026-03."""
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{first.year}年{first.month}月" if language() == "zh" else f"{first:%b %Y}"


def service_name(code: str) -> str:
    """A service of the catalogue; what it does not know stands as it was written."""
    return _named(services(), code)


def industry_name(code: str) -> str:
    """An industry; what the taxonomy does not know stands as it was written."""
    return _named(industries(), code)


def _named(taxonomy: Taxonomy, code: str) -> str:
    return in_script(taxonomy.name(code, language())) if code in taxonomy.codes else code.removeprefix("~")
