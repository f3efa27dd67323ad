"""A startup's months in a row: what was reported, and what is unknown."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from matcher.attention.settings import AttentionSettings
from matcher.ledger import LedgerEntry

FIGURES = ("headcount", "present", "revenue", "orders", "cash")


def month_number(month: dt.date) -> int:
    """Months since year 0: neighbours differ by one."""
    return 12 * month.year + month.month - 1


def month_of(number: int) -> dt.date:
    """The first day of the month of this number."""
    return dt.date(number // 12, number % 12 + 1, 1)


def is_reported(entry: LedgerEntry) -> bool:
    """Whether the entry has a figure at all; a note alone is no report."""
    return any(getattr(entry, name) is not None for name in FIGURES)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one month, as reported."""

    month: dt.date
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class History:
    """One startup's months up to its latest report, without a gap.

    `months` is oldest first; None where nothing was reported, which the last never is. `missing` months were
    due after it. "Back" counts from the latest report, which is 0.
    """

    startup_id: str
    months: tuple[LedgerEntry | None, ...]
    latest: dt.date
    missing: int

    def month(self, back: int) -> dt.date:
        """The first day of the month."""
        return month_of(month_number(self.latest) - back)

    def figure(self, name: str, back: int) -> float | None:
        """The figure of the month; None where it is unknown, before the first report too."""
        entry = self.months[-1 - back] if back < len(self.months) else None
        return None if entry is None else getattr(entry, name)

    def figures(self, name: str, backs: Sequence[int]) -> list[float | None]:
        """The figure of each of the months."""
        return [self.figure(name, back) for back in backs]

    def known(self, name: str, backs: Sequence[int]) -> list[float]:
        """The figure of those of the months where it is known."""
        return [value for value in self.figures(name, backs) if value is not None]

    def evidence(self, names: Iterable[str], backs: Sequence[int]) -> tuple[Figure, ...]:
        """The known figures of these names and months, oldest first."""
        return tuple(
            Figure(self.month(back), name, value)
            for name in names
            for back in sorted(backs, reverse=True)
            if (value := self.figure(name, back)) is not None
        )


def history_of(entries: Iterable[LedgerEntry], due: dt.date) -> History | None:
    """The history of one startup's entries up to the month `due`; None where it has reported nothing."""
    reported = {
        month_number(entry.month): entry for entry in entries if entry.month <= due and is_reported(entry)
    }
    if not reported:
        return None
    first, last = min(reported), max(reported)
    months = tuple(reported.get(number) for number in range(first, last + 1))
    return History(reported[last].startup_id, months, month_of(last), month_number(due) - last)


def usual(history: History, name: str, settings: AttentionSettings) -> float | None:
    """The median of the months before the latest; None where too few are known."""
    known = history.known(name, range(1, settings.usual_months + 1))
    return median(known) if len(known) >= settings.usual_known_months else None


def change(now: float | None, before: float | None) -> float | None:
    """now ÷ before − 1; None where one is unknown or there was nothing to compare with."""
    return None if now is None or before is None or before <= 0 else now / before - 1
