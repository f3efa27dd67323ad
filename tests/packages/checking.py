"""The packages that Bole runs on: all that its dependencies need here, their licences, and known advisories.

Nothing is asked of any other host: what is installed says its version and licence, a file says the rest.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
KNOWN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("advisories.toml").read_text("utf-8"))
PERMISSIVE = re.compile(
    r"MIT(-0)?|BSD|[0-3]-Clause|0BSD|Apache|Zlib|CC0|PSF|Python Software Foundation|ISC|Unlicense", re.I
)
_ASKS_MORE = re.compile(r"GPL|MPL|Mozilla|EUPL|CDDL|SSPL|proprietary", re.I)
_LONGEST_NAME = 200
"""Some put the licence's whole text where its name belongs: then the classifiers count."""


def running() -> dict[str, Distribution]:
    """Every installed package that `project.dependencies` lead to, by normalised name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, Distribution] = {}
    waiting = [Requirement(each).name for each in project["dependencies"]]
    while waiting:
        name = normalised(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform
        waiting += _needed(found[name].requires or [])
    return found


def normalised(name: str) -> str:
    """The name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: Distribution) -> str:
    """What the package says of its licence, "" where it says nothing."""
    told = package.metadata
    classifiers = [each for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    plain = told.get("License") or ""
    named = [told.get("License-Expression") or "", plain if len(plain) < _LONGEST_NAME else ""]
    return "; ".join(filter(None, [*named, *classifiers]))


def licence_trouble(name: str, licence: str) -> str:
    """Why the licence is not simply permissive, "" where it is or was taken for a reason."""
    if name in KNOWN["licences"]:
        return ""
    if not licence:
        return f"{name} names no licence"
    either = " OR " in licence
    if (_ASKS_MORE.search(licence) and not either) or not PERMISSIVE.search(licence):
        return f"{name} is under {licence}"
    return ""


def advisory_trouble(name: str, version: str) -> str:
    """The advisory that the version has, "" for none that is known."""
    least, advisory = KNOWN["minimum"].get(name, ["0", ""])
    return f"{name} {version} is below {least}: {advisory}" if Version(version) < Version(least) else ""


def troubles(packages: Mapping[str, Distribution]) -> list[str]:
    """All that is wrong with the packages, in order."""
    found = [licence_trouble(name, licence_of(package)) for name, package in packages.items()]
    found += [advisory_trouble(name, package.version) for name, package in packages.items()]
    return sorted(filter(None, found))


def _needed(requirements: Iterable[str]) -> list[str]:
    parsed = map(Requirement, requirements)
    return [each.name for each in parsed if each.marker is None or each.marker.evaluate({"extra": ""})]
