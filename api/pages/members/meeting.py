"""What came of introductions, for members and the office alike: the form that says it, and how it is read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from flask import request

from api.access import Scope, current_scope, current_services
from api.office import today, zone
from api.outcomes import Told, note
from api.pages.members.fields import read_field
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.errors import InvalidInput, NotFound
from matcher.remarks import OUTCOMES, Remark, RemarkKind

CURRENCIES = ("CNY", "USD", "HKD", "EUR", "GBP", "JPY", "SGD", "TWD")
"""Those that the form offers."""
FIELDS = ("kind", "day", "amount", "currency", "stage")
MOST = 80
"""Characters that a field is read to."""


def noted(introduction: Introduction) -> Remark:
    """What the form says, kept.

    Raises:
        InvalidInput: a field cannot be read, or a day that is still to come. As `api.outcomes.note` else.
    """
    now = current_services().clock()
    return note(current_scope(), introduction.id, _told(), now, zone())


def as_typed() -> dict[str, str]:
    """The form's fields, for the form to show again."""
    return {name: request.form.get(name, "").strip()[:MOST] for name in FIELDS}


def number_in(address: str) -> int:
    """The number that an address names.

    Raises:
        NotFound: it is none.
    """
    if not (address.isascii() and address.isdigit() and len(address) < 16):
        raise NotFound(f"there is nothing of that number ({address[:20]!r}) to take back")
    return int(address)


def outcomes_of(scope: Scope, introductions: Iterable[Introduction]) -> Mapping[str, Any]:
    """What templates need to show what came of the introductions and to ask for it."""
    agreed = [each.id for each in introductions if each.status is IntroductionStatus.ACCEPTED]
    return {
        "outcomes": scope.store.introductions.outcomes(agreed),
        "today": today(),
        "currencies": CURRENCIES,
        "typed": as_typed(),
    }


def _told() -> Told:
    typed = as_typed()
    if typed["kind"] not in OUTCOMES:
        raise InvalidInput("kind", typed["kind"], "comes of no introduction", f"say {', '.join(OUTCOMES)}")
    kind, day = RemarkKind(typed["kind"]), _day(typed["day"])
    if kind is not RemarkKind.INVESTED:
        return Told(kind=kind, day=day)
    amount = read_field("ticket_min", typed["amount"])
    currency = amount.currency or (typed["currency"] if typed["currency"] in CURRENCIES else "")
    if amount.value is None:
        currency = ""
    return Told(kind=kind, day=day, stage=typed["stage"], amount=amount.value, currency=currency)


def _day(written: str) -> dt.date:
    """The day, today where none is given."""
    if not written:
        return today()
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise InvalidInput("day", written, "is no day", "write it like 2026-03-31") from None
