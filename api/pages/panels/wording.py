"""What is said of panels in the reader's language and characters, for templates."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from api.pages.language import in_script, language
from matcher.panel.awards import Award, Awards
from matcher.panel.conflicts import Conflict
from matcher.panel.phrases import CONFLICTS
from matcher.panel.ranking import Leniency, Ranked
from matcher.panel.values import Panel, PanelSettings
from matcher.panel.wording import (
    amount_text,
    award_sentence,
    budget_sentence,
    figure_text,
    leniency_sentence,
    method_sentence,
    tie_sentence,
)


def spoken() -> Mapping[str, Callable[..., Any]]:
    """The functions by the names that templates call them by."""
    functions: tuple[Callable[..., Any], ...] = (
        method_text,
        conflict_text,
        award_text,
        tie_text,
        budget_text,
        leniency_text,
        panel_amount,
        figure,
        day_text,
    )
    return {function.__name__: function for function in functions}


def method_text(settings: PanelSettings) -> str:
    """How the panel ranks and shares."""
    return in_script(method_sentence(settings, language()))


def conflict_text(why: Conflict) -> str:
    """Why a reviewer must not read an application."""
    return in_script(CONFLICTS[language()][why])


def award_text(award: Award, ranked: Ranked, settings: PanelSettings) -> str:
    """What became of an application, and why."""
    return in_script(award_sentence(award, ranked, settings, language()))


def tie_text(ranked: Ranked, names: Mapping[str, str], settings: PanelSettings) -> str:
    """How a tie was broken; "" where there was none."""
    return in_script(tie_sentence(ranked.tie, names, settings, language())) if ranked.tie else ""


def budget_text(awards: Awards, settings: PanelSettings) -> str:
    """What the budget holds and what went out."""
    return in_script(budget_sentence(awards, settings, language()))


def leniency_text(leniency: Leniency, name: str) -> str:
    """Whether a reviewer is strict or lenient."""
    return in_script(leniency_sentence(leniency, name, language()))


def panel_amount(amount: int | None, panel: Panel) -> str:
    """An amount in full, in the panel's currency; "" where unknown."""
    return "" if amount is None else in_script(amount_text(amount, panel.settings, language()))


def figure(value: Any) -> str:
    """A score or mean to two digits; "–" where there is none."""
    return "–" if value is None else figure_text(value)


def day_text(day: dt.date) -> str:
    """A day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日" if language() == "zh" else f"{day:%-d %b %Y}"
