"""Findings: what one check of the weekly run saw, of the data or of a candidate model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is, mildest first: looked at and well, worth knowing, to be looked at, stops the run."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


SEVERITIES = tuple(Severity)
"""Mildest first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw.

    `code` says which ("volume_low", "quality_worse"); `training.weekly.words` has a sentence of each.
    `facts` fill that sentence and must go into JSON as they are (no numpy numbers, no NaN).
    """

    code: str
    severity: Severity
    facts: Mapping[str, object]

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {"code": self.code, "severity": str(self.severity), "facts": dict(self.facts)}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors before warnings before notes before what is well; the order given among equals."""
    return sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity))


def worst(findings: Iterable[Finding]) -> Severity:
    """The worst severity; OK where there is no finding."""
    return max((finding.severity for finding in findings), key=SEVERITIES.index, default=Severity.OK)
