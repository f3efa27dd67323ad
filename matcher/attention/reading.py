"""What an office asks for, read from the store: signals, who needs care, the board, the assessment."""

import datetime as dt

from matcher.attention.assessment import Assessment, assess
from matcher.attention.board import Board, board
from matcher.attention.books import Books, open_books, raised
from matcher.attention.caring import Care, attention
from matcher.attention.decisions import Raised
from matcher.attention.months import month_number, month_of
from matcher.attention.outcomes import Outcomes, outcomes_of
from matcher.attention.periods import Period, Span, check_month, span_between
from matcher.attention.settings import AttentionSettings
from matcher.store import Store

BOARD_MONTHS, ASSESSMENT_MONTHS = 12, 6
"""How many months a report is of unless it is told."""
_DAY = dt.timedelta(days=1)


def signals(
    store: Store, organisation: str, today: dt.date, settings: AttentionSettings, *, startup_id: str = ""
) -> list[Raised]:
    """Every signal of the organisation's active startups, open or settled, or of one of them."""
    return raised(open_books(store, organisation, today, startup_id=startup_id), settings)


def attention_list(
    store: Store, organisation: str, today: dt.date, settings: AttentionSettings
) -> list[Care]:
    """Who needs care, the most urgent first."""
    books = open_books(store, organisation, today)
    decided = [decision.at for made in books.decisions.values() for decision in made]
    if not decided:
        return attention(books, settings, {})
    return attention(books, settings, _outcomes(store, organisation, min(decided).date(), today + _DAY))


def performance(
    store: Store,
    organisation: str,
    today: dt.date,
    period: Period,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Board:
    """The board over the months from `first` to `last`; by default the year to the last month reported.

    Raises:
        InvalidInput: it would end before it begins, or be of more than ten years.
    """
    books = open_books(store, organisation, today)
    return board(books, _span(books, today, first, last, BOARD_MONTHS), period)


def assessment(
    store: Store,
    organisation: str,
    today: dt.date,
    settings: AttentionSettings,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> tuple[Span, list[Assessment]]:
    """The assessment over the months from `first` to `last`; by default the half-year to the last reported.

    Raises:
        InvalidInput: it would end before it begins, or be of more than ten years.
    """
    books = open_books(store, organisation, today)
    span = _span(books, today, first, last, ASSESSMENT_MONTHS)
    return span, assess(books, settings, _outcomes(store, organisation, span.first, span.end), span)


def _span(books: Books, today: dt.date, first: dt.date | None, last: dt.date | None, months: int) -> Span:
    end = last or books.due or today
    check_month("to", end)
    return span_between(first or month_of(month_number(end) - months + 1), end)


def _outcomes(store: Store, organisation: str, first: dt.date, end: dt.date) -> Outcomes:
    """What happened from the day `first` to before the day `end`."""
    since, until = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (first, end))
    events = store.attention.events(organisation, since, until)
    return outcomes_of(events, store.attention.profiles(set(events.partners)))
