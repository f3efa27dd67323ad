"""Effects before their causes: an answer before the request, a rating before the meeting.

What people record late or not at all makes a few; a column of dates whose days and months were swapped makes
many.
"""

import numpy as np
import numpy.typing as npt

from matcher.interactions import InteractionType as Type
from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

CHAIN = ((Type.REQUESTED, (Type.ACCEPTED, Type.DECLINED)), (Type.MET, (Type.RATED,)))
"""Each cause with its effects; the first of each in a pair is compared."""

Int64 = npt.NDArray[np.int64]


def order(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """timing_impossible or timing_ok."""
    counts = [_reversed(evidence.events, cause, effects) for cause, effects in CHAIN]
    wrong = Part(*(sum(column) for column in zip(*counts, strict=True)))
    severity = graded(wrong.share, warning=settings.order_warning_share, error=settings.order_error_share)
    if wrong.of < settings.least_events or severity is Severity.OK:
        return [Finding("timing_ok", Severity.OK, wrong.facts("pairs"))]
    return [Finding("timing_impossible", severity, wrong.facts("pairs"))]


def _reversed(events: Events, cause: Type, effects: tuple[Type, ...]) -> tuple[int, int]:
    """How many pairs had the effect first, and how many had both."""
    causes, effect = _first_days(events.of(cause)), _first_days(events.of(*effects))
    _, left, right = np.intersect1d(causes[0], effect[0], assume_unique=True, return_indices=True)
    return int((effect[1][right] < causes[1][left]).sum()), len(left)


def _first_days(events: Events) -> tuple[Int64, npt.NDArray[np.int32]]:
    """The distinct pairs, in order, and the first day of each."""
    by_day = np.argsort(events.days, kind="stable")
    pairs, first = np.unique(events.pairs[by_day], return_index=True)
    return pairs, events.days[by_day][first]
