"""The thresholds of signals from a TOML file that people edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from matcher.attention.settings import AttentionSettings
from matcher.errors import InvalidInput

FILE = "attention.toml"

_LONGEST_MONTHS, _LARGEST = 120, 1_000


def read_settings(path: Path) -> AttentionSettings:
    """The settings of the file; the defaults where it does not exist.

    Raises:
        InvalidInput: a file that is no TOML, an unknown name, a value out of its range.
    """
    if not path.exists():
        return AttentionSettings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(str(path), path.name, f"cannot be read as TOML: {error}") from error
    return settings_from(table)


def settings_from(table: Mapping[str, Any]) -> AttentionSettings:
    """The settings of a parsed table; what it leaves out keeps its default.

    Raises:
        InvalidInput: see `read_settings`.
    """
    known = {field.name: field.default for field in fields(AttentionSettings)}
    for name in table:
        if name not in known:
            raise InvalidInput(f"{FILE}: {name}", name, "is no setting", f"use one of {', '.join(known)}")
    return AttentionSettings(**{name: _value(name, value, known[name]) for name, value in table.items()})


def _value(name: str, value: object, default: object) -> Any:
    """The value, of the default's kind and within what its name lets expect: a share of 1, times above 1."""
    whole = isinstance(default, int)
    least, most = _range(name)
    kind = "a whole number" if whole else "a number"
    wanted = int if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted) or not least <= value <= most:
        raise InvalidInput(f"{FILE}: {name}", value, f"must be {kind} from {least:g} to {most:g}")
    return value


def _range(name: str) -> tuple[float, float]:
    if name.endswith("_share"):
        return 0.01, 10 if "rise" in name or "growth" in name else 1
    if name.endswith("_times"):
        return 1, _LARGEST
    return 1, _LONGEST_MONTHS if name.endswith("_months") else _LARGEST
