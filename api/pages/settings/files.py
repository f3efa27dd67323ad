"""Files of the home directory that whoever runs Bole sets things in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """A TOML file by its path: whether it is there, and what it says, {} where it is not or is no TOML."""

    path: Path
    there: bool
    says: Mapping[str, Any]


def written(path: Path) -> Written:
    """The file as it is now."""
    try:
        return Written(path.absolute(), True, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Written(path.absolute(), False, {})
    except (OSError, ValueError):
        return Written(path.absolute(), True, {})
