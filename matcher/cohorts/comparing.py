"""Two runs side by side: which pairs both have, which only one, and what that is worth."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.cohorts.result import Meeting, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupChange:
    """A startup whose partners differ: whom it loses, whom it gains, and how much its sum of scores rises."""

    startup_id: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    difference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is different in the second run. Pairs are (startup, partner); differences second less first."""

    kept: int
    dropped: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, str], ...]
    total: float
    met: int
    worst: float
    startups: tuple[StartupChange, ...]


def compared(first: Result, second: Result) -> Comparison:
    """The second against the first. Scores are those that each run kept, perhaps of different models."""
    one, other = _scores(first.meetings), _scores(second.meetings)
    dropped, added = sorted(one.keys() - other.keys()), sorted(other.keys() - one.keys())
    changed = sorted({startup for startup, _ in (*dropped, *added)})
    return Comparison(
        kept=len(one.keys() & other.keys()),
        dropped=tuple(dropped),
        added=tuple(added),
        total=second.summary.total - first.summary.total,
        met=second.summary.met - first.summary.met,
        worst=second.summary.worst - first.summary.worst,
        startups=tuple(
            StartupChange(
                startup_id=startup,
                dropped=tuple(partner for owner, partner in dropped if owner == startup),
                added=tuple(partner for owner, partner in added if owner == startup),
                difference=_sum(other, startup) - _sum(one, startup),
            )
            for startup in changed
        ),
    )


def _scores(meetings: Iterable[Meeting]) -> dict[tuple[str, str], float]:
    return {(each.pair.startup_id, each.pair.partner_id): each.pair.score for each in meetings}


def _sum(scores: dict[tuple[str, str], float], startup: str) -> float:
    return sum(score for (owner, _), score in scores.items() if owner == startup)
