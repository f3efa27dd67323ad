"""The weekly run's settings from a TOML file that people edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from matcher.errors import InvalidInput
from training.weekly.checks import settings_from as check_settings_from
from training.weekly.settings import GateSettings, WeeklySettings, WhenUnsure

_PARTS = ("gate", "checks", "keep", "keep_shown_days")
_LARGEST, _LONGEST_DAYS = 10**12, 36_500
"""Beyond them nothing means anything; a hundred years are longer than anybody's records."""


def read_settings(path: Path, *, needed: bool) -> WeeklySettings:
    """The settings of the file; the defaults where it does not exist and is not `needed`.

    Raises:
        InvalidInput: a file that is missing or no TOML, an unknown name, a value out of its range.
    """
    if not path.exists() and not needed:
        return WeeklySettings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(str(path), path.name, f"cannot be read as TOML: {error}") from error
    return settings_from(table)


def settings_from(table: Mapping[str, Any]) -> WeeklySettings:
    """The settings of a parsed table; what it leaves out keeps its default.

    Raises:
        InvalidInput: see `read_settings`.
    """
    _refuse_unknown("retrain.toml", table, _PARTS)
    default = WeeklySettings()
    return WeeklySettings(
        gate=_gate(_part(table, "gate")),
        checks=check_settings_from(_part(table, "checks")),
        keep=_whole(table, "keep", default.keep, 0),
        keep_shown_days=_whole(table, "keep_shown_days", default.keep_shown_days, 1),
    )


def _whole(table: Mapping[str, Any], name: str, default: int, least: int) -> int:
    value = table.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LONGEST_DAYS:
        raise InvalidInput(name, value, f"must be a whole number, {least} or more, up to {_LONGEST_DAYS:,}")
    return value


def _part(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = table.get(name, {})
    if not isinstance(part, Mapping):
        raise InvalidInput(name, part, "must be a table", f"write [{name}] and its settings below")
    return part


def _gate(table: Mapping[str, Any]) -> GateSettings:
    known = {field.name: field.default for field in fields(GateSettings)}
    _refuse_unknown("gate", table, known)
    return GateSettings(**{name: _value(name, value, known[name]) for name, value in table.items()})


def _value(name: str, value: object, default: object) -> Any:
    """The value as the default's kind."""
    if isinstance(default, WhenUnsure):
        if value not in tuple(WhenUnsure):
            raise InvalidInput(f"gate.{name}", value, f"must be {' or '.join(WhenUnsure)}")
        return WhenUnsure(str(value))
    wanted = int if isinstance(default, int) else (int, float)
    least, most = (1, _LONGEST_DAYS) if name == "holdout_days" else (0, _LARGEST)
    if isinstance(value, bool) or not isinstance(value, wanted) or not least <= value <= most:
        kind = "a whole number" if wanted is int else "a number"
        raise InvalidInput(f"gate.{name}", value, f"must be {kind} from {least:,} to {most:,}")
    return value


def _refuse_unknown(where: str, table: Mapping[str, Any], known: Any) -> None:
    for name in table:
        if name not in known:
            raise InvalidInput(f"{where}: {name}", name, "is no setting", f"use one of {', '.join(known)}")
