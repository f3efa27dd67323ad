"""What an answer makes of an introduction, and what it is on record as.

A startup's yes is an interaction `requested`, its no `dismissed`; a partner's no is `declined`. The partner's
yes is `accepted` once both have said yes: that is when it takes one of the partner's places.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matcher.cohorts.introducing.introduction import (
    BOTH,
    Introduction,
    IntroductionEventKind,
    IntroductionStatus,
    Side,
)
from matcher.errors import Conflict
from matcher.interactions import OF_INTRODUCTIONS, Interaction, InteractionType, local

_NO: Mapping[Side, InteractionType] = MappingProxyType(
    {Side.STARTUP: InteractionType.DISMISSED, Side.PARTNER: InteractionType.DECLINED}
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What comes of an answer: the status, the sides that have agreed by now, the event to keep and the types
    of the interactions to record."""

    status: IntroductionStatus
    agreed: frozenset[Side]
    kind: IntroductionEventKind
    interactions: tuple[InteractionType, ...]


def accepted(introduction: Introduction, sides: Iterable[Side]) -> Answered | None:
    """What a yes of the sides makes of it; None where they had said so before.

    Until an expiry is carried out an answer counts.

    Raises:
        Conflict: it is over, and not accepted.
    """
    new = frozenset(sides) - introduction.agreed
    if introduction.status is IntroductionStatus.ACCEPTED or (introduction.is_open and not new):
        return None
    refuse_ended(introduction, "accepted")
    agreed = introduction.agreed | new
    requested = (InteractionType.REQUESTED,) if Side.STARTUP in new else ()
    if agreed != BOTH:
        return Answered(introduction.status, agreed, IntroductionEventKind.AGREED, requested)
    types = (*requested, InteractionType.ACCEPTED)
    return Answered(IntroductionStatus.ACCEPTED, agreed, IntroductionEventKind.ACCEPTED, types)


def declined(introduction: Introduction, side: Side) -> Answered:
    """What a no of the side makes of it, also after a yes that the other side has not answered.

    Raises:
        Conflict: it is over.
    """
    refuse_ended(introduction, "declined")
    agreed = introduction.agreed - {side}
    return Answered(IntroductionStatus.DECLINED, agreed, IntroductionEventKind.DECLINED, (_NO[side],))


def refuse_ended(introduction: Introduction, wanted: str) -> None:
    """Refuse a change of what is over.

    Raises:
        Conflict: names how and when it ended.
    """
    if not introduction.is_open:
        ended = f" since {introduction.ended_at:%Y-%m-%d %H:%M} UTC" if introduction.ended_at else ""
        raise Conflict(
            f"introduction {introduction.id} has been {introduction.status}{ended}: it cannot be {wanted}; "
            "record what came later as an interaction"
        )


def interactions_of(
    introduction: Introduction, types: Iterable[InteractionType], at: dt.datetime, request_id: str = ""
) -> list[Interaction]:
    """The interactions, such that none is kept twice. `request_id` names the list that showed the pair."""
    organisation = introduction.organisation
    return [
        Interaction(
            organisation=organisation,
            startup_id=local(organisation, introduction.startup_key),
            partner_id=local(organisation, introduction.partner_key),
            type=type_,
            at=at,
            source_id=f"{OF_INTRODUCTIONS}{introduction.id} {type_}",
            request_id=request_id,
        )
        for type_ in types
    ]
