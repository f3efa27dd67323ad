"""What routes and pages about what happened share: who may record which kind of event, and when it may have
happened; what came of an introduction, and taking that back."""

import datetime as dt
from dataclasses import dataclass

from api.access import Scope
from api.introductions import reader_of, seen_introduction
from api.principals import Caller
from matcher.cohorts.introducing.outcomes import check_outcome, moment_of
from matcher.errors import Forbidden, InvalidInput, NotFound
from matcher.interactions import InteractionType
from matcher.remarks import Remark, RemarkKind

STARTUP_TYPES = frozenset(
    map(InteractionType, ("viewed", "shortlisted", "dismissed", "requested", "met", "rated"))
)
PARTNER_TYPES = frozenset(
    map(InteractionType, ("accepted", "declined", "met", "rated", "mentored", "invested"))
)
MAY_RECORD: dict[Caller, frozenset[InteractionType]] = {
    Caller.ADMIN: frozenset(InteractionType),
    Caller.STAFF: frozenset(InteractionType),
    Caller.STARTUP: STARTUP_TYPES,
    Caller.MENTOR: PARTNER_TYPES,
    Caller.INVESTOR: PARTNER_TYPES,
}
AHEAD = dt.timedelta(days=1)
"""By how much a caller's clock may be ahead of ours: an event far ahead would weigh more than all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says came of an introduction, on a day; the last three are a deal's context."""

    kind: RemarkKind
    day: dt.date
    stage: str = ""
    amount: float | None = None
    currency: str = ""


def check_may_record(caller: Caller, type_: str) -> None:
    """Whether the caller may record events of the type.

    Raises:
        Forbidden: it may not.
    """
    if type_ not in MAY_RECORD[caller]:
        raise Forbidden(f"a {caller} may not record {type_}")


def check_has_happened(at: dt.datetime | None, now: dt.datetime) -> None:
    """Whether the moment (None: now) is none that is still to come.

    Raises:
        InvalidInput: it is.
    """
    if at is not None and at > now + AHEAD:
        raise InvalidInput("at", at.isoformat(), "has not happened yet", "leave it out for now")


def note(scope: Scope, introduction_id: str, told: Told, now: dt.datetime, zone: dt.tzinfo) -> Remark:
    """Keep what came of the introduction. It can be taken back for a while, then it is on record as an event.

    Raises:
        NotFound: none of the caller's; the office keeps those of its own startups. Forbidden: not for the
            caller to say. Conflict: the two have not agreed, or it is on record already. InvalidInput: a day
            that is still to come.
    """
    check_may_record(scope.principal.role, told.kind)
    found = seen_introduction(scope, introduction_id)
    side = reader_of(scope, found)
    if side is None and found.organisation != scope.organisation:
        raise NotFound(f"no introduction {introduction_id!r} of a startup of yours")
    check_outcome(found, told.kind, told.day, now.astimezone(zone).date())
    remark = Remark(
        organisation=found.organisation,
        startup_key=found.startup_key,
        partner_key=found.partner_key,
        side=side,
        kind=told.kind,
        at=now,
        introduction=found.id,
        day=told.day.isoformat(),
        happened_at=moment_of(found, told.day, zone),
        stage=told.stage,
        amount=told.amount,
        currency=told.currency,
    )
    return scope.store.remarks.put(remark)


def take_back(scope: Scope, number: int) -> Remark:
    """Forget what the caller, or for the office any of it, said a moment ago; what it was.

    Raises:
        NotFound: there is no such thing. Conflict: it is on record.
    """
    return scope.store.remarks.take_back(scope.organisation, scope.principal.profile_id, number)
