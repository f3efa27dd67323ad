"""The performance board: figures and trends of every startup and of all together, period by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.attention.books import Books
from matcher.attention.periods import Period, Span, spans
from matcher.attention.summary import Changes, Summary, changes, summary_of, together
from matcher.profiles import Profile

EVEN = 0.05
"""A change by less than this share is none."""


class Trend(StrEnum):
    """Where monthly revenue went since the period before."""

    UP = "up"
    EVEN = "even"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One period: what was reported, and how it changed since the period before."""

    span: Span
    summary: Summary
    changes: Changes

    @property
    def trend(self) -> Trend:
        """Where monthly revenue went."""
        change = self.changes.revenue
        if change is None:
            return Trend.UNKNOWN
        return Trend.EVEN if abs(change) < EVEN else Trend.UP if change > 0 else Trend.DOWN


@dataclass(frozen=True, slots=True)
class Row:
    """One startup, period by period."""

    profile: Profile
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The periods oldest first; `whole` has the lines of all startups together. `rows` begin with the startup
    that earned most in the last period; who earned an unknown amount comes last, by id."""

    period: Period
    whole: tuple[Line, ...]
    rows: tuple[Row, ...]


def board(books: Books, within: Span, period: Period) -> Board:
    """The board of the organisation's active startups over the periods within the span."""
    chosen = spans(within, period)
    figures = {id_: _figures(books, id_, chosen) for id_ in books.startups}
    rows = [Row(profile, _lines(chosen, [figures[id_]])) for id_, profile in books.startups.items()]
    return Board(period, _lines(chosen, list(figures.values())), tuple(sorted(rows, key=_by_revenue)))


def _figures(books: Books, id_: str, chosen: Sequence[Span]) -> list[Summary]:
    """The startup's figures of the period before the first, and of each."""
    entries = books.ledgers.get(id_, ())
    return [summary_of(entries, span) for span in (chosen[0].before, *chosen)]


def _lines(chosen: Sequence[Span], group: Sequence[Sequence[Summary]]) -> tuple[Line, ...]:
    """The lines of some startups together; one is a group of one."""
    columns = [[figures[place] for figures in group] for place in range(len(chosen) + 1)]
    return tuple(
        Line(span, together(now), changes(now, before))
        for span, before, now in zip(chosen, columns, columns[1:], strict=False)
    )


def _by_revenue(row: Row) -> tuple[bool, float, str]:
    revenue = row.lines[-1].summary.revenue
    return revenue is None, -(revenue or 0), row.profile.id
