"""From a figure and its limits to a severity."""

import math
from dataclasses import dataclass

from training.weekly.findings import Severity


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """0…1; 0 of nothing."""
        return share(self.count, self.of)

    def facts(self, name: str) -> dict[str, object]:
        """As facts, the count under the name of what is counted."""
        return {name: self.count, "of": self.of, "share": self.share}


def share(part: float, whole: float) -> float:
    """part ÷ whole, 0 of nothing."""
    return part / whole if whole else 0.0


def graded(
    figure: float, *, note: float = math.inf, warning: float = math.inf, error: float = math.inf
) -> Severity:
    """How bad a figure is that reaches each limit; a limit left out is never reached."""
    if figure >= error:
        return Severity.ERROR
    if figure >= warning:
        return Severity.WARNING
    return Severity.NOTE if figure >= note else Severity.OK
