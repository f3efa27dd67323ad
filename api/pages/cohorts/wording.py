"""What is said of runs in the reader's language and characters, for templates."""

from collections.abc import Callable, Mapping
from typing import Any

from api.pages.language import in_script, language
from matcher.attention.words import SEVERITY_NAMES
from matcher.cohorts.phrases import STATUS
from matcher.cohorts.result import Clash, Shortage, WayOut
from matcher.cohorts.sheets.rules import SheetRule, rule_words
from matcher.cohorts.status import RunStatus
from matcher.cohorts.wording import clash_sentence, removed_sentence, shortage_sentence, way_sentence
from matcher.profiles import Role


def spoken() -> Mapping[str, Callable[..., Any]]:
    """The functions by the names that templates call them by."""
    functions: tuple[Callable[..., Any], ...] = (
        status_text,
        clash_text,
        way_text,
        removed_text,
        shortage_text,
        sheet_rule_text,
        severity_text,
    )
    return {function.__name__: function for function in functions}


def status_text(status: RunStatus) -> str:
    """How a run stands."""
    return in_script(STATUS[language()][status])


def clash_text(clash: Clash, role: Role) -> str:
    """A bottleneck in figures."""
    return in_script(clash_sentence(clash, role, language()))


def way_text(way: WayOut, role: Role, names: Mapping[str, str]) -> str:
    """What would mend a bottleneck."""
    return in_script(way_sentence(way, role, names, language()))


def removed_text(rule: str) -> str:
    """A rule that removed partners."""
    return in_script(removed_sentence(rule, language()))


def shortage_text(shortage: Shortage) -> str:
    """A service that is short."""
    return in_script(shortage_sentence(shortage, language()))


def sheet_rule_text(rule: SheetRule) -> str:
    """What is unclear in a cell of an edited table."""
    return in_script(rule_words(rule, language()))


def severity_text(severity: str) -> str:
    """How soon somebody should look."""
    names: Mapping[Any, str] = SEVERITY_NAMES[language()]
    return in_script(names[severity])
