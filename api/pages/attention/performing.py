"""The performance board, period by period."""

from flask import Response

from api.access import allow, current_scope, current_services
from api.pages.attention import books
from api.pages.attention.shared import attention_page, months, taken_away
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.parameters import text
from api.principals import OFFICE
from matcher.attention.board import Board
from matcher.attention.periods import Period
from matcher.attention.tables import BOARD_COLUMNS, board_rows
from matcher.errors import InvalidInput

SHOWN = 100
"""So many startups the page has; the file has all."""


@pages.get("/attention/performance")
@allow(*OFFICE, cookie=True)
def performance_board() -> Response:
    """All together, then each startup: who earned most in the last period first."""
    board = _board()
    return attention_page(
        "performance.html",
        "performance",
        board=board,
        rows=board.rows[:SHOWN],
        left=max(len(board.rows) - SHOWN, 0),
        periods=list(Period),
        since=board.whole[0].span.first,
        until=board.whole[-1].span.last_month,
    )


@pages.get("/attention/performance/table")
@allow(*OFFICE, cookie=True)
def performance_table() -> Response:
    """The board as a file."""
    return taken_away("performance", BOARD_COLUMNS, board_rows(_board(), language()))


def _board() -> Board:
    (first, last), given = months(), text("period") or Period.QUARTER.value
    if given not in set(Period):
        raise InvalidInput("period", given, "must be month, quarter, half-year or year")
    return books.board(current_services(), current_scope().organisation, Period(given), first, last)
