"""What is wrong in a panel's form: where, and the rule in the reader's words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from pydantic import ValidationError

from api.pages.panels.typed import AMOUNTS, FIGURES, OTHER_CURRENCY, WHOLE
from matcher.cohorts.run import Changed
from matcher.errors import BoleError, InvalidInput
from matcher.panel.criteria import MOST_CRITERIA, MOST_WEIGHT
from matcher.panel.values import LONGEST_CALL
from matcher.profiles import MAX_NAME

PAST = "is over"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`place` in the form ("applications.3.asked"; "settings." is left out), and `told`, the rule that holds
    there."""

    place: str = ""
    told: str = ""


NONE = Mistake()


def mistake_of(error: BoleError | ValidationError) -> Mistake:
    """What a refusal means for who typed it."""
    if isinstance(error, ValidationError):
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        return _mistake(place, "")
    if isinstance(error, InvalidInput):
        return _mistake(error.field, error.rule)
    return Mistake("changed" if isinstance(error, Changed) else "refused")


def _mistake(place: str, rule: str) -> Mistake:
    place = place.removeprefix("settings.")
    return Mistake(place, _told(place, place.rpartition(".")[2], rule))


def _told(place: str, field: str, rule: str) -> str:
    if rule.startswith(OTHER_CURRENCY):
        currencies = rule.removeprefix(OTHER_CURRENCY).split()
        return str(
            _(
                "This is in %(written)s, and the panel counts in %(panel)s: write the amount in %(panel)s, "
                "or change the panel's currency.",
                written=currencies[0],
                panel=currencies[-1],
            )
        )
    if field == "least" and rule.startswith("is more"):
        return str(_("This is more than what it is a part of: write less."))
    if place.endswith(".least") and place.startswith("reviewers."):
        field = "most"
    known = _rules() | dict.fromkeys(AMOUNTS, _("One amount in whole units, for example 20万 or 200000."))
    return str(known.get(field, _("This cannot be so.")))


def _rules() -> dict[str, str]:
    rules = dict.fromkeys(WHOLE, _("A whole number, in its range."))
    rules |= dict.fromkeys(FIGURES, _("A number, for example 60 or 7.5."))
    return rules | {
        "each": _("A whole number from 1."),
        "per_firm": _("A whole number from 1, or blank."),
        "quorum": _("A whole number from 1, at most the reviewers of an application."),
        "weight": _("A whole number from 1 to %(most)d; 60%% counts as 60.", most=MOST_WEIGHT),
        "score_max": _("A number above the lowest score."),
        "due": _("This day is over: choose today or a later one."),
        "currency": _("Three letters, such as CNY or USD."),
        "call": _("At most %(most)d characters.", most=LONGEST_CALL),
        "name": _("1 to %(most)d characters on one line.", most=MAX_NAME),
        "criteria": _("At most %(most)d criteria, each with a name of its own.", most=MOST_CRITERIA),
    }
