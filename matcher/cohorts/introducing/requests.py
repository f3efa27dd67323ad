"""Introductions that a startup asks for itself: of no run, with a note, and with its yes from the start."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.cohorts.introducing.alternates import refuses
from matcher.errors import Conflict, InvalidInput
from matcher.matching.answers import PairScore
from matcher.matching.relations import Relation
from matcher.profiles import Profile

MOST_NOTE = 1000
MOST_WAITING = 10
"""So many of a startup's requests may wait for an answer: a partner should find its own worth reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A pair that its startup asks for, with a note to the partner; `request_id` names the list that showed
    it, "" where none did.

    Raises:
        InvalidInput: a note that is too long.
    """

    pair: PairScore
    note: str = ""
    request_id: str = ""

    def __post_init__(self) -> None:
        if len(self.note) > MOST_NOTE:
            rule = f"has {len(self.note)} characters (at most {MOST_NOTE})"
            raise InvalidInput("note", self.note, rule, "shorten it")


class Refusal(StrEnum):
    """Why a request cannot be made now."""

    OPTED_OUT = "opted_out"
    """The startup itself is paused, closed or has left automated matching."""
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    """Of the partner no more is told: the rule may be its own business (a conflict of interest)."""


_TOLD = {
    Refusal.OPTED_OUT: "your profile takes no part in matching at present; take part again first",
    Refusal.TOO_MANY: f"{MOST_WAITING} of your requests wait for an answer; withdraw one, or wait",
    Refusal.UNAVAILABLE: "it is not available for matching at present; ask another one",
}


class RequestRefused(Conflict):
    """A request cannot be made now; `why` says which rule stands against it."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(_TOLD[why])


@dataclass(frozen=True, slots=True)
class Standing:
    """How the two stand in the moment of asking: what lies behind them, the partner's places that are taken
    or promised, and how many of the startup's requests wait for an answer."""

    startup: Profile
    partner: Profile
    relation: Relation
    used: int
    waiting: int


def refusal(standing: Standing) -> Refusal | None:
    """What stands against the request; None where nothing does."""
    startup, partner = standing.startup, standing.partner
    if not startup.takes_part:
        return Refusal.OPTED_OUT
    seen = partner.shared or partner.organisation == startup.organisation
    willing = partner.takes_part and partner.deploying is not False and not standing.relation
    room = partner.capacity is None or standing.used < partner.capacity
    if not (seen and willing and room) or refuses(startup, partner) or refuses(partner, startup):
        return Refusal.UNAVAILABLE
    return Refusal.TOO_MANY if standing.waiting >= MOST_WAITING else None
