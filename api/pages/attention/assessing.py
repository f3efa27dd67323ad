"""The assessment table: what each startup reported, how it grew, what it needed and what came of it."""

from flask import Response

from api.access import allow, current_scope, current_services
from api.pages.attention import books
from api.pages.attention.shared import attention_page, months, taken_away
from api.pages.blueprint import pages
from api.pages.language import language
from api.principals import OFFICE
from matcher.attention.assessment import Assessment
from matcher.attention.periods import Span
from matcher.attention.tables import ASSESSMENT_COLUMNS, assessment_rows

SHOWN = 100
"""So many startups the page has; the file has all."""


@pages.get("/attention/assessment")
@allow(*OFFICE, cookie=True)
def assessment_page() -> Response:
    """A line for each startup."""
    span, found = _assessed()
    return attention_page(
        "assessment.html",
        "assessment",
        found=found[:SHOWN],
        left=max(len(found) - SHOWN, 0),
        since=span.first,
        until=span.last_month,
    )


@pages.get("/attention/assessment/table")
@allow(*OFFICE, cookie=True)
def assessment_table() -> Response:
    """The table as a file."""
    _, found = _assessed()
    return taken_away("assessment", ASSESSMENT_COLUMNS, assessment_rows(found, language()))


def _assessed() -> tuple[Span, list[Assessment]]:
    first, last = months()
    return books.assessed(current_services(), current_scope().organisation, first, last)
