"""What goes of a profile's dealings: each function says how many rows it deleted or blanked."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import IntroductionEventKind, IntroductionStatus
from matcher.matching.answers import Warmth
from matcher.store.attention_schema import signal_decisions
from matcher.store.cohort_schema import (
    cohort_startups,
    match_alternates,
    match_edits,
    match_pairs,
    preferences,
)
from matcher.store.erasing.subjects import Subject
from matcher.store.introduction_schema import (
    contacts,
    introduction_events,
    introduction_reminders,
    introductions,
    outbox,
)
from matcher.store.match_solving import BOLE
from matcher.store.merging_schema import duplicates
from matcher.store.remark_schema import remarks
from matcher.store.schema import interactions, ledger, shown_lists

_SAID_NOTHING: dict[str, Any] = {"base": 0.0, "warmth": Warmth.COLD.value, "reasons": []}


def deleted(connection: sa.Connection, table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
    """Delete rows; how many."""
    return connection.execute(sa.delete(table).where(*which)).rowcount


def of_pair(table: sa.Table, subject: Subject) -> sa.ColumnElement[bool]:
    """The condition that the subject is one of a row's two sides."""
    return sa.or_(table.c.startup.in_(subject.numbers), table.c.partner.in_(subject.numbers))


def blank_interactions(connection: sa.Connection, subject: Subject) -> int:
    """Leave of each interaction who (a blank row), what and when: it still counts. The trigger lets exactly
    this through, for those of whom there is a receipt."""
    texts = dict.fromkeys(("source_id", "request_id", "stage", "currency"), "")
    blank = {**texts, "amount": None, "fingerprint": _random(connection)}
    return connection.execute(
        sa.update(interactions).where(of_pair(interactions, subject)).values(blank)
    ).rowcount


def _random(connection: sa.Connection) -> sa.ColumnElement[bytes]:
    """16 bytes that tell nothing: a fingerprint is made of a source id."""
    if connection.dialect.name == "sqlite":
        return sa.func.randomblob(16)
    return sa.func.decode(sa.func.replace(sa.cast(sa.func.gen_random_uuid(), sa.Text), "-", ""), "hex")


def delete_runs_rows(connection: sa.Connection, subject: Subject) -> int:
    """Pairs, alternates and places in cohorts."""
    its = cohort_startups.c.startup.in_(subject.numbers)
    return sum(
        [
            deleted(connection, match_pairs, of_pair(match_pairs, subject)),
            deleted(connection, match_alternates, of_pair(match_alternates, subject)),
            deleted(connection, cohort_startups, its),
        ]
    )


def delete_edits(connection: sa.Connection, subject: Subject) -> int:
    """Edits of runs by hand, and what was learnt from them."""
    numbers = subject.numbers
    edits = sa.or_(of_pair(match_edits, subject), match_edits.c.instead_of.in_(numbers))
    named = sa.or_(
        *(preferences.c[side].in_(numbers) for side in ("startup", "preferred", "over_partner")),
        preferences.c.edit.in_(sa.select(match_edits.c.number).where(edits)),
    )
    return deleted(connection, preferences, named) + deleted(connection, match_edits, edits)


def blank_introductions(connection: sa.Connection, subject: Subject, now: dt.datetime) -> int:
    """End those that are open; leave of all who, when and what came of it, without a word."""
    its = of_pair(introductions, subject)
    open_ = (its, introductions.c.status == IntroductionStatus.OFFERED.value)
    columns = (introductions.c.id, introductions.c.version)
    ended = connection.execute(sa.select(*columns).where(*open_)).all()
    over = {"status": IntroductionStatus.WITHDRAWN.value, "ended_at": now}
    version = {"version": introductions.c.version + 1}
    connection.execute(sa.update(introductions).where(*open_).values({**over, **version}))
    mine = sa.select(introductions.c.id).where(its)
    told = {"why": "", "details": {}}
    connection.execute(
        sa.update(introduction_events).where(introduction_events.c.introduction.in_(mine)).values(told)
    )
    if ended:
        connection.execute(sa.insert(introduction_events), [_withdrawn(*each, now) for each in ended])
    deleted(connection, introduction_reminders, introduction_reminders.c.introduction.in_(mine))
    blank = {"note": "", "reason": "", "slot": "", "body": _SAID_NOTHING}
    return connection.execute(sa.update(introductions).where(its).values(blank)).rowcount


def _withdrawn(introduction: str, version: int, now: dt.datetime) -> dict[str, Any]:
    kind = IntroductionEventKind.WITHDRAWN.value
    event = {"introduction": introduction, "version": version + 1, "at": now, "kind": kind}
    return {**event, "who": BOLE, "why": "", "details": {}}


def delete_letters(connection: sa.Connection, subject: Subject) -> int:
    """Messages to them, and to others about them: those sent, and those that wait."""
    mine = sa.select(introductions.c.id).where(of_pair(introductions, subject))
    theirs = sa.or_(outbox.c.profile.in_(subject.numbers), outbox.c.introduction.in_(mine))
    return deleted(connection, outbox, theirs)


def delete_contacts(connection: sa.Connection, subject: Subject) -> int:
    """Where they are reached."""
    return deleted(connection, contacts, contacts.c.profile.in_(subject.numbers))


def delete_remarks(connection: sa.Connection, subject: Subject) -> int:
    """What they said of others, and others of them."""
    return deleted(connection, remarks, of_pair(remarks, subject))


def delete_ledger(connection: sa.Connection, subject: Subject) -> int:
    """Months of figures, and what was decided on them."""
    months = deleted(connection, ledger, ledger.c.startup.in_(subject.numbers))
    return months + deleted(connection, signal_decisions, signal_decisions.c.startup.in_(subject.numbers))


def delete_shown(connection: sa.Connection, subject: Subject) -> int:
    """Lists that were shown to them. In others' lists their place is that of a blank row, as it is in
    interactions."""
    return deleted(connection, shown_lists, shown_lists.c.query.in_(subject.numbers))


def delete_duplicates(connection: sa.Connection, subject: Subject) -> int:
    """With whom they might be one."""
    its = sa.or_(duplicates.c.one.in_(subject.numbers), duplicates.c.other.in_(subject.numbers))
    return deleted(connection, duplicates, its)
