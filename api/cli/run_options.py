"""The options by which `bole run` is told a configuration."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from matcher.assignment.problem import Importance, Objective
from matcher.cohorts.configuration import Configuration, configuration_of
from matcher.errors import InvalidInput

_FILTERS = {
    "must_industry": "industries",
    "must_region": "regions",
    "must_stage": "stages",
    "must_offer": "offers",
    "must_language": "languages",
    "must_tag": "tags",
}
_IMPORTANCES = {
    "min": "startup_importance",
    "load": "partner_importance",
    "firm": "firm_importance",
}
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--configuration",
        "file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A JSON file; the other options go before what it says.",
    ),
    click.option(
        "--objective",
        type=click.Choice([each.value.replace("_", "-") for each in Objective]),
        help="What is best (nobody-left-out).",
    ),
    click.option("--min", "startup_min", type=int, help="Meetings of each startup at least (0)."),
    click.option("--max", "startup_max", type=int, help="Meetings of each startup at most (3)."),
    click.option("--capacity", type=int, help="Places of partners whose profiles declare none (3)."),
    click.option(
        "--places", multiple=True, metavar="PARTNER=N", help="Places of one partner in this run; repeatable."
    ),
    click.option("--per-firm", type=int, help="Partners of one firm for a startup at most (no limit)."),
    click.option("--must-meet", multiple=True, help="A service that must be met where needed; repeatable."),
    *(
        click.option(f"--{name.replace('_', '-')}", name, multiple=True, help="Must-have; repeatable.")
        for name in _FILTERS
    ),
    click.option(
        "--importance",
        multiple=True,
        metavar="LIMIT=WORD",
        help="How far min, load or firm may give way: must, high, medium or low; repeatable.",
    ),
    click.option("--slot", multiple=True, help="A time of the meeting day; repeatable."),
    click.option("--alternates", type=int, help="Kept for each startup (5)."),
    click.option("--arcs", type=int, help="Candidates of each startup that are tried first (50)."),
)


def configuration_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets them as keywords for `configured`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def configured(
    told: dict[str, Any], before: Configuration | None = None, role: str | None = None
) -> Configuration:
    """The configuration that the options say, on top of one from before.

    Raises:
        InvalidInput: a file that is no JSON object, an option of another form, a value out of its range.
    """
    base = {**(before.to_json() if before else {}), **_from_file(told["file"])}
    if role is not None:
        base["role"] = role
    for name in ("startup_min", "startup_max", "capacity", "per_firm", "alternates", "arcs"):
        if told[name] is not None:
            base[name] = told[name]
    if told["objective"]:
        base["objective"] = told["objective"].replace("-", "_")
    if told["must_meet"]:
        base["must_meet"] = list(told["must_meet"])
    if told["slot"]:
        base["slots"] = {"labels": list(told["slot"])}
    base["must_have"] = {**base.get("must_have", {}), **_filters(told)}
    base["capacities"] = {**base.get("capacities", {}), **dict(map(_places, told["places"]))}
    return configuration_of({**base, **dict(map(_importance, told["importance"]))})


def _filters(told: dict[str, Any]) -> dict[str, list[str]]:
    return {field: list(told[name]) for name, field in _FILTERS.items() if told[name]}


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InvalidInput("--configuration", path.name, f"is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidInput("--configuration", path.name, "must be a JSON object")
    return found


def _places(text: str) -> tuple[str, int]:
    who, _, number = text.rpartition("=")
    if not who or not number.isascii() or not number.isdigit():
        raise InvalidInput("--places", text, "is no PARTNER=N", "write it as M-007=5")
    return who, int(number)


def _importance(text: str) -> tuple[str, str]:
    limit, _, word = text.partition("=")
    known: Sequence[str] = [each.value for each in Importance]
    if limit not in _IMPORTANCES or word not in known:
        rule = f"is none of {', '.join(_IMPORTANCES)} = {', '.join(known)}"
        raise InvalidInput("--importance", text, rule, "write it as min=high")
    return _IMPORTANCES[limit], word
