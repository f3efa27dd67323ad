"""A model version as a list of versions shows it, and where in the registry its files are."""

import re
from dataclasses import dataclass
from typing import Any

from matcher.model.pointer import Pointer, Promotion
from matcher.model.verdict import Verdict

VERSIONS = "versions"
_NAME = re.compile(r"[\w-][\w.-]*")


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version: `status` is live, retired (was live), rejected (by the gate) or candidate; `facts` as its
    manifest tells them; `promoted` how it last became live."""

    version: str
    status: str
    hash: str
    facts: dict[str, Any]
    verdict: Verdict | None = None
    promoted: Promotion | None = None


def version_info(
    version: str, manifest: dict[str, Any], verdict: Verdict | None, pointer: Pointer
) -> VersionInfo:
    """What is known of a version; its manifest is {} where it cannot be read."""
    promoted = next((each for each in pointer.promotions if each.version == version), None)
    facts, content = manifest.get("facts", {}), manifest.get("hash", "")
    return VersionInfo(version, _status(version, verdict, pointer), content, facts, verdict, promoted)


def is_name(version: str) -> bool:
    """Whether a version may be called so: one step of a path, in one way only."""
    return bool(_NAME.fullmatch(version))


def folder_of(version: str) -> str:
    """The path of a version's folder."""
    return f"{VERSIONS}/{version}"


def rehearsal_of(folder: str) -> str:
    """The path of the folder of the rehearsal, in its version's folder."""
    return f"{folder}/rehearsal"


def _status(version: str, verdict: Verdict | None, pointer: Pointer) -> str:
    if version == pointer.version:
        return "live"
    if version in pointer.served():
        return "retired"
    return "rejected" if verdict and not verdict.passed else "candidate"
