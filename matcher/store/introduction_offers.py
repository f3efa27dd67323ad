"""Offers of a run that is published, and of an alternate later; what is taken back when a run ends."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.alternates import capacity_of
from matcher.cohorts.introducing.introduction import (
    Introduction,
    IntroductionEvent,
    IntroductionEventKind,
    IntroductionStatus,
    Side,
)
from matcher.cohorts.introducing.messages import MessageKind
from matcher.cohorts.introducing.terms import Terms
from matcher.cohorts.publishing import Publication, offers_of
from matcher.cohorts.result import Meeting, Origin
from matcher.cohorts.run import Change, MatchRun
from matcher.errors import Conflict
from matcher.interactions import local
from matcher.matching.answers import PairScore
from matcher.profiles import Profile
from matcher.store import introduction_room, outbox_rows
from matcher.store.bulk import lists, upsert
from matcher.store.cohorts import number_of
from matcher.store.introduction_changes import record
from matcher.store.introduction_rows import event_row, new_row, read
from matcher.store.introduction_schema import (
    introduction_events,
    introduction_reminders,
    introduction_terms,
    introductions,
)
from matcher.store.match_results import numbers_of
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles

Offer = tuple[PairScore, Mapping[str, Any]]
"""A pair, and the place, slot and predecessor that its introduction has."""


def publish(
    connection: sa.Connection, publication: Publication, change: Change, terms: Terms, now: dt.datetime
) -> list[Introduction]:
    """Offer the run's pairs; the new introductions.

    Of the run that it replaces, introductions of pairs that this run has too go on as they are, under this
    run; others that are open are withdrawn. What a startup asked for itself goes on under this run too.

    Raises:
        Conflict: a partner has fewer places than pairs by now, or is no longer there, or somebody has left
            automated matching: solve the run again.
    """
    run = publication.run
    _keep_terms(connection, run.id, terms)
    wanted = {(each.pair.startup_id, each.pair.partner_id): each for each in publication.meetings}
    offers = offers_of(wanted, before(connection, run.organisation, publication.replaced, wanted))
    cohort = number_of(connection, run.organisation, run.cohort)
    for earlier in offers.carried:
        slot = wanted[earlier.pair.startup_id, earlier.pair.partner_id].slot
        _carry_over(connection, earlier, {"run": run.id, "cohort": cohort, "slot": slot}, change, now)
    for earlier in offers.withdrawn:
        withdraw(connection, earlier, change, now)
    new = [wanted[pair] for pair in offers.new]
    _check_willing(connection, run, new)
    _check_room(connection, run, [meeting.pair.partner_id for meeting in new], now)
    return offer(connection, run, [(each.pair, {"slot": each.slot}) for each in new], change, now)


def before(
    connection: sa.Connection, organisation: str, replaced: str, pairs: Collection[tuple[str, str]]
) -> list[Introduction]:
    """What publishing these pairs meets with: the introductions of the run that is replaced ("" for none),
    and what the startups of the pairs asked for themselves."""
    return [*_of_run(connection, organisation, replaced), *_asked_for(connection, organisation, pairs)]


def close(
    connection: sa.Connection, publication: Publication, change: Change, now: dt.datetime
) -> list[Introduction]:
    """Withdraw what the run offered and nobody has answered."""
    run = publication.run
    waiting = [each for each in _of_run(connection, run.organisation, run.id) if each.is_open]
    return [withdraw(connection, each, change, now) for each in waiting]


def withdraw(
    connection: sa.Connection,
    introduction: Introduction,
    change: Change,
    now: dt.datetime,
    by: Side | None = None,
) -> Introduction:
    """The introduction, taken back: by its office, or by the side that asked for it."""
    columns: dict[str, Any] = {
        "status": IntroductionStatus.WITHDRAWN.value,
        "ended_at": now,
        "reason": change.why,
        "declined_by": by.value if by else "",
    }
    return record(connection, introduction, IntroductionEventKind.WITHDRAWN, change, now, **columns)


def offer(
    connection: sa.Connection, run: MatchRun, offers: Sequence[Offer], change: Change, now: dt.datetime
) -> list[Introduction]:
    """New introductions of these pairs, on the terms of the run."""
    terms = terms_of(connection, run.id)
    people = {name for pair, _ in offers for name in (pair.startup_id, pair.partner_id)}
    numbers = numbers_of(connection, run.organisation, people)
    cohort = number_of(connection, run.organisation, run.cohort)
    common = {"organisation": run.organisation, "run": run.id, "cohort": cohort, "place": 0, "instead_of": ""}
    made: list[Introduction] = []
    for some in lists(offers):
        rows = [
            new_row(
                {
                    **common,
                    "startup": numbers[pair.startup_id],
                    "partner": numbers[pair.partner_id],
                    **place,
                },
                pair,
                now,
                terms.expiry(now),
            )
            for pair, place in some
        ]
        made += insert(connection, run.organisation, rows, change, now, terms)
    return made


def insert(
    connection: sa.Connection,
    organisation: str,
    rows: Sequence[Mapping[str, Any]],
    change: Change,
    now: dt.datetime,
    terms: Terms,
    details: Mapping[str, Any] | None = None,
) -> list[Introduction]:
    """Introductions of these new rows, with their first event, their reminders and their messages."""
    event = IntroductionEvent(
        version=1,
        at=now,
        by=change.by,
        kind=IntroductionEventKind.OFFERED,
        why=change.why,
        details=details or {},
    )
    connection.execute(sa.insert(introductions), rows)
    connection.execute(sa.insert(introduction_events), [event_row(row["id"], event) for row in rows])
    reminders = [{"introduction": row["id"], "at": at} for row in rows for at in terms.reminders(now)]
    for some in lists(reminders):
        connection.execute(sa.insert(introduction_reminders), some)
    made = list(read(connection, organisation, introductions.c.id.in_([row["id"] for row in rows])))
    outbox_rows.leave(connection, made, MessageKind.OFFERED, now)
    return made


def terms_of(connection: sa.Connection, run: str) -> Terms:
    """On which terms the run was published."""
    wanted = sa.select(introduction_terms).where(introduction_terms.c.run == run)
    row = connection.execute(wanted).mappings().one()
    reminders = tuple(row["remind_after_days"])
    return Terms(expires_after_days=row["expires_after_days"], remind_after_days=reminders)


def partners_of(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Profile]:
    """The profiles of these numbers; deleted ones are left out."""
    found: dict[int, Profile] = {}
    for some in lists(sorted(set(numbers))):
        wanted = sa.select(*NEEDED, profiles.c.number).where(LIVE, profiles.c.number.in_(some))
        found |= {row[-1]: profile_of(row[:-1]) for row in connection.execute(wanted)}
    return found


def _of_run(connection: sa.Connection, organisation: str, run: str) -> list[Introduction]:
    return list(read(connection, organisation, introductions.c.run == run)) if run else []


def _asked_for(
    connection: sa.Connection, organisation: str, pairs: Collection[tuple[str, str]]
) -> list[Introduction]:
    """What the organisation's startups asked for themselves and waits for an answer, of these pairs."""
    mine = (introductions.c.run.is_(None), introductions.c.organisation == organisation)
    asked = read(connection, organisation, introduction_room.OPEN, *mine)
    return [each for each in asked if (each.pair.startup_id, each.pair.partner_id) in pairs]


def _carry_over(
    connection: sa.Connection,
    earlier: Introduction,
    columns: Mapping[str, Any],
    change: Change,
    now: dt.datetime,
) -> None:
    details = {"from": earlier.run, "to": columns["run"]}
    record(connection, earlier, IntroductionEventKind.CARRIED_OVER, change, now, details, **columns)


def _keep_terms(connection: sa.Connection, run: str, terms: Terms) -> None:
    row = {
        "run": run,
        "expires_after_days": terms.expires_after_days,
        "remind_after_days": list(terms.remind_after_days),
    }
    upsert(connection, introduction_terms, [row], by=["run"])


def _check_willing(connection: sa.Connection, run: MatchRun, meetings: Sequence[Meeting]) -> None:
    """Refuse pairs that were computed of somebody who has left automated matching since; what the office
    adds by hand is its own."""
    computed = [each.pair for each in meetings if each.origin is not Origin.ADDED]
    names = {name for pair in computed for name in (pair.startup_id, pair.partner_id)}
    numbers = numbers_of(connection, run.organisation, names)
    people = partners_of(connection, numbers.values())
    left = (people[number] for number in numbers.values() if number in people)
    for profile in sorted(left, key=lambda each: each.key):
        if profile.opted_out_at is not None:
            who = f"{profile.role} {local(run.organisation, profile.key)!r}"
            raise Conflict(f"{who} has left automated matching: solve the run again, then publish it")


def _check_room(
    connection: sa.Connection, run: MatchRun, partner_ids: Sequence[str], now: dt.datetime
) -> None:
    """Refuse more offers than there is room for: other runs may have been published since this was solved."""
    numbers = numbers_of(connection, run.organisation, partner_ids)
    people, new = partners_of(connection, numbers.values()), Counter(partner_ids)
    used = introduction_room.used(connection, numbers.values(), now.date())
    for partner_id, count in sorted(new.items()):
        partner = people.get(numbers[partner_id])
        if partner is None:
            raise Conflict(f"partner {partner_id!r} is no longer there: solve the run again, then publish it")
        left = capacity_of(run.configuration, partner, local(run.organisation, partner.key))
        left -= used[numbers[partner_id]]
        if count > left:
            raise Conflict(
                f"partner {partner_id!r} has {max(left, 0)} places left and {count} pairs of this run: more "
                "were promised or taken since it was solved; solve it again, then publish it"
            )
