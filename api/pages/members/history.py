"""What was ever published to a mentor or investor, and what came of it."""

from flask import Response

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.members.acting import member_page
from api.pages.members.inbox import received_by
from api.pages.parameters import text
from api.principals import PARTNERS
from matcher.errors import InvalidInput

PAGE_SIZE = 25
MOST_OFFSET = 1_000_000


@pages.get("/my/history")
@allow(*PARTNERS, cookie=True)
def my_history() -> Response:
    """All introductions, the latest first."""
    offset = asked_offset()
    found = received_by(current_scope(), limit=PAGE_SIZE + 1, offset=offset)
    return member_page(
        "history.html",
        received=found[:PAGE_SIZE],
        earlier=offset + PAGE_SIZE if len(found) > PAGE_SIZE else None,
        later=max(offset - PAGE_SIZE, 0) if offset else None,
    )


def asked_offset() -> int:
    """How many the address passes over.

    Raises:
        InvalidInput: no whole number from 0 on.
    """
    given = text("offset") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 8 and int(given) <= MOST_OFFSET):
        raise InvalidInput("offset", given, f"must be a whole number from 0 to {MOST_OFFSET}")
    return int(given)
