"""From a record to the files of its report."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from matcher.matching.phrases import Language
from training.weekly.findings import Finding, worst_first
from training.weekly.record import MODELS, WeeklyRecord
from training.weekly.report import charts, names, numbers, telling
from training.weekly.report.bars import bar, two_bars

REPORT_HTML, NAMELESS_HTML, REPORT_JSON = "report.html", "nameless.html", "report.json"
"""The whole report; the same without anybody's name, for offices that may not know of one another; JSON."""

_NAMING = {"key", "name", "text", "example", "examples"}
"""Facts of findings that may name somebody."""

_MOST_UNFOLDED = 5
"""More findings that all is well than so many are folded away."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
_TAGS: Mapping[Language, str] = {"zh": "zh-Hans", "en": "en"}
_SPOKEN = (
    numbers.count,
    numbers.duration,
    numbers.day,
    numbers.short_day,
    numbers.instant,
    charts.weekly_events,
    charts.overlaps,
    charts.learning,
    charts.reliability,
    charts.lorenz,
    charts.difference,
    telling.finding_text,
)
"""What templates call without naming the language."""
_SILENT = (
    numbers.counted,
    numbers.decimal,
    numbers.signed,
    numbers.share,
    numbers.signed_share,
    numbers.memory,
    telling.relative,
    telling.rival,
    telling.standing,
    telling.kept_places,
    charts.measured_runs,
    charts.spoken,
    worst_first,
    bar,
    two_bars,
)


def render(record: WeeklyRecord) -> str:
    """The report as one HTML file, Chinese first; `#en` in its address opens the English half."""
    templates = _templates()
    half = templates.get_template("half.html")
    halves = [Markup(half.render(record=record, **_words(record, language))) for language in LANGUAGES]  # noqa: S704 - autoescaped  # nosec B704
    return templates.get_template("report.html").render(record=record, halves=halves)


def files(record: WeeklyRecord) -> dict[str, bytes]:
    """All files of the report by name, as they are kept beside the model versions."""
    document = {"summary": telling.summary(record), **record.to_dict()}
    texts = {
        REPORT_HTML: render(record),
        NAMELESS_HTML: render(nameless(record)),
        REPORT_JSON: json.dumps(document, ensure_ascii=False, indent=1),
    }
    return {name: text.encode() for name, text in texts.items()}


def nameless(record: WeeklyRecord) -> WeeklyRecord:
    """The record without profiles: no mover, nobody among the most shown, no text among a finding's facts."""
    return replace(
        record,
        checks=tuple(map(without_names, record.checks)),
        gate=tuple(map(without_names, record.gate)),
        lists={role: replace(one, movers=()) for role, one in record.lists.items()},
        exposure={role: replace(one, most_shown=()) for role, one in record.exposure.items()},
    )


def flat(settings: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Every setting with its full name: gate.margin."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def without_names(finding: Finding) -> Finding:
    """The finding with nobody named in its facts."""
    facts = {name: _unnamed(value) if name in _NAMING else value for name, value in finding.facts.items()}
    return replace(finding, facts=facts)


def _unnamed(value: object) -> object:
    return [] if isinstance(value, list | tuple) else "…"


def _words(record: WeeklyRecord, language: Language) -> Mapping[str, object]:
    """What the templates of one language work with."""
    spoken = {function.__name__: partial(function, language=language) for function in _SPOKEN}
    silent = {function.__name__: function for function in _SILENT}
    say = partial(_say, language=language)
    return {
        "language": language,
        "tag": _TAGS[language],
        "say": say,
        "told": partial(names.in_language, language=language),
        "role_name": partial(names.named, names.ROLES, language=language),
        "model_name": partial(names.named, names.MODELS, language=language),
        "step_name": partial(names.named, names.STEPS, language=language),
        "outcome_name": partial(names.named, names.OUTCOMES, language=language),
        "severity_name": partial(names.named, names.SEVERITIES, language=language),
        "headline": telling.headline(record),
        "changes": telling.changes(record),
        "settings": list(flat(record.settings)),
        "models": MODELS,
        "margin": _margin(record),
        "most_unfolded": _MOST_UNFOLDED,
        **spoken,
        **silent,
    }


def _margin(record: WeeklyRecord) -> float | None:
    """The loss of nDCG that the gate allows, where the settings tell it."""
    gate = record.settings.get("gate")
    margin = gate.get("margin") if isinstance(gate, Mapping) else None
    return float(margin) if isinstance(margin, int | float) else None


def _say(zh: str, en: str, *, language: Language) -> str:
    return zh if language == "zh" else en


@cache
def _templates() -> Environment:
    """One for the process: compiling the templates takes longer than filling them."""
    return Environment(
        loader=PackageLoader("training.weekly.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
