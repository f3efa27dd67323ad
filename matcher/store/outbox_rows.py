"""Messages left for sending, in the transaction of the change that they tell of.

Facts are those of the moment: names are looked up when a message is sent.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import Introduction, Side
from matcher.cohorts.introducing.messages import Channel, MessageKind, SendStatus, audience
from matcher.store.bulk import insert_new, lists
from matcher.store.introduction_schema import outbox, webhooks
from matcher.store.match_results import numbers_of
from matcher.store.match_run_rows import plain

NO_ADDRESS = "no e-mail address is known"
"""Why a message is not sent that nobody has an address for; one that comes later has it sent."""
TOLD_REASONS = 3
"""So many of the reasons for a pair are told, the strongest first."""


def leave(
    connection: sa.Connection,
    changed: Iterable[Introduction],
    kind: MessageKind,
    now: dt.datetime,
    mark: str = "",
) -> None:
    """Leave the e-mails and webhook calls that tell of changes of one kind; `mark` tells apart what happens
    more than once at one version."""
    for some in lists(changed):
        keys = {introduction.key_of(side) for introduction in some for side in Side}
        numbers = numbers_of(connection, some[0].organisation, keys)
        hooked = _hooked(connection, {introduction.organisation for introduction in some})
        rows = [row for each in some for row in _rows(each, kind, now, numbers, hooked, mark)]
        for part in lists(rows):
            insert_new(connection, outbox, part, by=["key"])


def _hooked(connection: sa.Connection, organisations: set[str]) -> set[str]:
    """Those of the organisations that have a webhook."""
    column = webhooks.c.organisation
    return set(connection.execute(sa.select(column).where(column.in_(organisations))).scalars())


def _rows(
    introduction: Introduction,
    kind: MessageKind,
    now: dt.datetime,
    numbers: Mapping[str, int],
    hooked: set[str],
    mark: str,
) -> Iterator[dict[str, Any]]:
    name = f"{introduction.id} {introduction.version} {kind}{mark}"
    common = {
        "organisation": introduction.organisation,
        "kind": kind.value,
        "introduction": introduction.id,
        "status": SendStatus.WAITING.value,
        "attempts": 0,
        "interrupted": 0,
        "created_at": now,
        "next_at": now,
        "token": "",
        "failure": "",
    }
    facts = facts_of(introduction)
    for side in audience(introduction, kind):
        # the reason is the office's, and goes to no member
        payload = {**facts, "reason": "", "side": side.value, "reasons": _reasons(introduction)}
        whose = {"profile": numbers[introduction.key_of(side)], "payload": plain(payload)}
        yield {**common, **whose, "channel": Channel.EMAIL.value, "key": f"{name} {side}"}
    if introduction.organisation in hooked:
        hook = {"profile": None, "payload": plain(facts)}
        yield {**common, **hook, "channel": Channel.WEBHOOK.value, "key": f"{name} webhook"}


def facts_of(introduction: Introduction) -> dict[str, Any]:
    """What messages tell of an introduction, as JSON can say it."""
    return {
        "id": introduction.id,
        "version": introduction.version,
        "status": introduction.status.value,
        "run": introduction.run,
        "cohort": introduction.cohort,
        "startup": introduction.startup_key,
        "partner": introduction.partner_key,
        "role": introduction.pair.role.value,
        "slot": introduction.slot,
        "place": introduction.place,
        "instead_of": introduction.instead_of,
        "score": introduction.pair.score,
        "agreed": sorted(introduction.agreed),
        "declined_by": introduction.declined_by,
        "reason": introduction.reason,
        "note": introduction.note,
        "offered_at": introduction.offered_at.isoformat(),
        "expires_at": introduction.expires_at.isoformat(),
    }


def _reasons(introduction: Introduction) -> Sequence[Sequence[object]]:
    """The strongest reasons that speak for the pair, as `Reason` takes them."""
    speaking = [reason for reason in introduction.pair.reasons if reason.points > 0][:TOLD_REASONS]
    return [(each.signal, each.points, dict(each.facts), each.uncertain) for each in speaking]
