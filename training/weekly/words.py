"""What checks and gate found, in words, Chinese and English: templates filled with facts made for people."""

import string
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from matcher.errors import InvalidInput
from matcher.matching.phrases import Language
from training.weekly import phrases as gate_phrases
from training.weekly.checks import phrases as data_phrases
from training.weekly.findings import Finding
from training.weekly.writers import WRITERS

PHRASES: Mapping[Language, gate_phrases.Templates] = MappingProxyType(
    {"zh": {**data_phrases.ZH, **gate_phrases.ZH}, "en": {**data_phrases.EN, **gate_phrases.EN}}
)
"""The templates of every code: a place {share:percent} is the fact "share", written as WRITERS["percent"]
does."""

_ACCEPTED: Mapping[Language, str] = {"zh": "（已有人看过并放行）", "en": " (seen and let pass by staff)"}
_MISSING = "?"


def sentence(finding: Finding, language: Language) -> str:
    """One finding as a sentence without its full stop; "?" stands for a fact that is missing.

    Raises:
        InvalidInput: a code that has no wording.
    """
    templates = PHRASES[language].get(finding.code)
    if templates is None:
        raise InvalidInput("code", finding.code, "has no wording", "add it to the phrases")
    facts = {"against": "live", **finding.facts}
    text = _Filler(language).vformat(_fitting(templates, facts), (), facts)
    return text + (_ACCEPTED[language] if facts.get("accepted") else "")


def places(template: str) -> set[str]:
    """The facts that a template names."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def _fitting(templates: str | tuple[str, ...], facts: Mapping[str, object]) -> str:
    """The first template whose facts are all there, else the last."""
    several = (templates,) if isinstance(templates, str) else templates
    return next((template for template in several if places(template) <= facts.keys()), several[-1])


class _Filler(string.Formatter):
    """Fills places as the words after their colon say, in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def get_value(
        self,
        key: int | str,
        args: Sequence[object],  # noqa: ARG002
        kwargs: Mapping[str, object],
    ) -> object:
        """The fact, None where it is missing."""
        return kwargs.get(str(key))

    def format_field(self, value: object, format_spec: str) -> str:
        """The fact as its writer writes it."""
        name, *how = format_spec.split() or [""]
        if value is None:
            return _MISSING
        return WRITERS[name](value, self._language, *how) if name else str(value)
