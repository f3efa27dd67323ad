"""How a startup's gap can be covered: plans from loans, grants and equity."""

import datetime as dt
from collections.abc import Mapping

from flask import Response, request
from pydantic import ValidationError

from api.access import allow, current_scope
from api.answering import current_moment
from api.funding import funding_for
from api.office import today
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.profiles.sections import section_page
from api.principals import OFFICE
from api.schemas.funding import FundingAnswer, FundingQuery
from matcher.errors import InvalidInput, NotReady
from matcher.importing.figures import span
from matcher.profiles import Profile

USUAL_DAYS = 180
FIELDS = ("amount", "currency", "by", "term_months", "valuation")


@pages.get("/startups/<reference:startup_id>/funding")
@allow(*OFFICE, cookie=True)
def startup_funding(startup_id: str) -> Response:
    """The plans for what the startup raises, or for the gap that the address names."""
    startup = current_scope().startup(startup_id)
    given = _given(startup)
    answer, wrong, status = None, "", 200
    try:
        query = FundingQuery.model_validate({**_read(given), "lang": language()})
        found = funding_for(startup, query)
        answer = FundingAnswer.told(
            found, startup.id, current_moment().model_version, "", language=language(), whole=True
        )
    except ValidationError as error:
        wrong, status = str(error.errors()[0]["loc"][0]), 422
    except InvalidInput as error:
        wrong, status = error.field, 422 if request.args.get("by") else 200
    except NotReady:
        wrong, status = "time", 503
    return section_page(
        "profiles/funding.html", startup, "funding", status, given=given, answer=answer, wrong=wrong
    )


def _given(startup: Profile) -> dict[str, str]:
    """What stands in the form: as asked, else what the startup raises, within half a year."""
    given = {name: request.args.get(name, "").strip()[:40] for name in FIELDS}
    if not request.args.get("by"):
        given["by"] = (today() + dt.timedelta(days=USUAL_DAYS)).isoformat()
        given["amount"] = given["amount"] or f"{round(startup.raising_amount or 0) or ''}"
        given["currency"] = given["currency"] or startup.raising_currency
    return given


def _read(given: Mapping[str, str]) -> dict[str, object]:
    """The form's texts as the question's values; amounts as people write them (500万).

    Raises:
        InvalidInput: an amount that is none.
    """
    read: dict[str, object] = {name: text for name, text in given.items() if text}
    for name in ("amount", "valuation"):
        if name in read:
            read[name] = round(_amount(name, str(read[name])))
    return read


def _amount(name: str, text: str) -> float:
    try:
        return span(text).middle
    except InvalidInput as error:
        raise InvalidInput(name, text, error.rule, error.remedy) from error
