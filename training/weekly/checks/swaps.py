"""Days and months that a spreadsheet swapped: 4 March for 3 April.

A sheet set to one country's order reads dates of the other's wherever both readings exist, and leaves the
13th to the 31st alone. What happens to a pair happens within weeks, so that a swapped date stands out: read
the other way round, it is nearer to the pair's dates that have only one reading.
"""

import numpy as np
import numpy.typing as npt

from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

Int64 = npt.NDArray[np.int64]

_TWELFTH = 12
_ENOUGH = 300_000
"""Of so many events a share is known well enough."""
_FAR = 1 << 20
"""More days than there are between any two dates."""


def swaps(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """dates_swapped or swaps_ok, of the dates that have two readings and a neighbour with one; of all or of
    the last half-year, whichever is worse."""
    first = evidence.today - settings.earlier_days
    late = evidence.events.take(evidence.events.days >= first)
    looked_at = (events.thinned(_ENOUGH) for events in (evidence.events, late))
    parts = [part for part in map(swapped, looked_at) if part.of >= settings.least_events]
    worst = max(parts, key=lambda part: part.share, default=Part(0, 0))
    severity = graded(worst.share, warning=settings.swap_warning_share, error=settings.swap_error_share)
    code = "swaps_ok" if severity is Severity.OK else "dates_swapped"
    return [Finding(code, severity, worst.facts("interactions"))]


def swapped(events: Events) -> Part:
    """How many dates would be nearer to a sure date of their pair the other way round, of those with both.

    Sure is a date with one reading (the 20th, or 5 May).
    """
    pairs, days = events.pairs, events.days.astype(np.int64)
    other = other_reading(days)
    sure = other == days
    doubtful = ~sure & np.isin(pairs, pairs[sure])
    as_read, turned = (
        _distance(pairs[doubtful], reading[doubtful], pairs[sure], days[sure]) for reading in (days, other)
    )
    return Part(int((turned < as_read).sum()), int(doubtful.sum()))


def other_reading(days: Int64) -> Int64:
    """Each day with day and month swapped; the day itself where that is no date."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day, month = _day_of_month(days), months.astype(np.int64) % 12 + 1
    years = dates.astype("datetime64[Y]").astype("datetime64[M]")
    turned = (years + (np.minimum(day, _TWELFTH) - 1)).astype("datetime64[D]") + (month - 1)
    return np.where(day <= _TWELFTH, turned.astype(np.int64), days)


def _day_of_month(days: Int64) -> Int64:
    dates = days.astype("datetime64[D]")
    return np.asarray((dates - dates.astype("datetime64[M]")).astype(np.int64) + 1)


def _distance(pairs: Int64, days: Int64, sure_pairs: Int64, sure_days: Int64) -> Int64:
    """Days to the nearest sure date of the same pair."""
    names, ranks = np.unique(sure_pairs, return_inverse=True)
    places = np.sort(ranks * _FAR + sure_days)
    wanted = np.searchsorted(names, pairs) * _FAR + days
    after = np.searchsorted(places, wanted)
    neighbours = (np.maximum(after - 1, 0), np.minimum(after, len(places) - 1))
    return np.asarray(np.minimum(*(np.abs(places[at] - wanted) for at in neighbours)))
