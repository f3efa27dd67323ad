"""An erasure in one transaction: everything in the database goes, or nothing does."""

import datetime as dt
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.status import RunStatus
from matcher.erasing.holding import SIZE, digests_of
from matcher.erasing.mentions import mentions
from matcher.erasures import Waits
from matcher.errors import Conflict
from matcher.features.attributes import attributes_of
from matcher.store import revisions
from matcher.store.amendment_schema import upload_files, uploads
from matcher.store.cohort_schema import match_runs
from matcher.store.erasing import accounts, pairs, profile, texts
from matcher.store.erasing.pairs import deleted
from matcher.store.erasing.subjects import Subject
from matcher.store.erasure_schema import erased_profiles, erasure_requests, erasures
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles
from matcher.text.comparable import comparable

UNCHECKED: Mapping[str, Any] = dict.fromkeys(Waits, True)
"""What a receipt waits for before anybody has looked."""
Step = Callable[[sa.Connection, Subject], int]
PROFILE_STEPS: Mapping[str, Step] = {
    "interactions": pairs.blank_interactions,
    "runs": pairs.delete_runs_rows,
    "edits": pairs.delete_edits,
    "letters": pairs.delete_letters,
    "contacts": pairs.delete_contacts,
    "remarks": pairs.delete_remarks,
    "ledger": pairs.delete_ledger,
    "shown": pairs.delete_shown,
    "duplicates": pairs.delete_duplicates,
    "reviews": profile.blank_reviews,
    "vectors": profile.delete_vectors,
    "history": profile.delete_history,
    "configurations": texts.forget_in_runs,
}
"""What is done about a profile, by the place that the receipt counts it under, in this order: vectors are
found by texts that are there until then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """By whom an erasure was asked for (a role and the id of a person, no name), and when it is done."""

    by: str
    now: dt.datetime


def erase(connection: sa.Connection, subject: Subject, asked: Asked) -> str:
    """Erase the subject, inside of a writing transaction; gives the receipt's id."""
    revision = revisions.begin(connection)
    receipt = _begin(connection, subject, asked)
    counts = {place: done for place, done in _steps(connection, subject, revision, asked.now) if done}
    connection.execute(sa.update(erasures).where(erasures.c.id == receipt).values(counts=counts))
    open_ = (erasure_requests.c.person.in_(subject.persons), erasure_requests.c.ended_at.is_(None))
    ended = {"ended_at": asked.now, "receipt": receipt}
    connection.execute(sa.update(erasure_requests).where(*open_).values(ended))
    revisions.record(connection, revision)
    return receipt


def refuse_while_solving(connection: sa.Connection, subject: Subject) -> None:
    """Refuse to erase whom a run may have in its result that is being solved.

    Raises:
        Conflict: names the run.
    """
    solving = [match_runs.c.status == RunStatus.SOLVING.value, match_runs.c.started_at.is_not(None)]
    solving += [] if subject.shared else [match_runs.c.organisation == subject.organisation]
    wanted = sa.select(match_runs.c.id).where(*solving).limit(1)
    run = connection.execute(wanted).scalar_one_or_none() if subject.numbers else None
    if run is not None:
        raise Conflict(f"match run {run} is being solved at this moment: wait until it is, or cancel it")


def _steps(
    connection: sa.Connection, subject: Subject, revision: int, now: dt.datetime
) -> Iterator[tuple[str, int]]:
    if subject.numbers:
        yield "introductions", pairs.blank_introductions(connection, subject, now)
        for place, step in PROFILE_STEPS.items():
            yield place, step(connection, subject)
        yield "others", texts.forget_in_profiles(connection, subject, revision, now)
    yield "uploads", _delete_uploads(connection, subject)
    yield "texts", texts.scrub(connection, subject)
    yield "ways_in", accounts.delete_ways_in(connection, subject)
    yield "accounts", accounts.blank_people(connection, subject, now)
    yield "profiles", profile.blank_profiles(connection, subject, revision, now)


def _begin(connection: sa.Connection, subject: Subject, asked: Asked) -> str:
    """The receipt, without counts as yet. With it the trigger of interactions lets the blanking through."""
    first = sa.select(sa.func.min(erasure_requests.c.asked_at))
    theirs = (erasure_requests.c.person.in_(subject.persons), erasure_requests.c.ended_at.is_(None))
    said = connection.execute(first.where(*theirs)).scalar_one()
    salt = os.urandom(SIZE)
    known = [*subject.keys, *_own_terms(connection, subject)]
    row = {
        "id": secrets.token_hex(8),
        "organisation": subject.organisation,
        "kind": subject.kind.value,
        "pseudonym": subject.marks.pseudonym,
        "person": None if subject.numbers else subject.persons[0],
        "asked_by": asked.by,
        "asked_at": said or asked.now,
        "done_at": asked.now,
        "counts": {},
        "salt": salt if known else None,
        "digest": digests_of(salt, known) if known else None,
        "waits": dict(UNCHECKED if known else {Waits.DATABASE: True}),
    }
    connection.execute(sa.insert(erasures), row)
    if subject.numbers:
        listed = [{"profile": number, "receipt": row["id"]} for number in subject.numbers]
        connection.execute(sa.insert(erased_profiles), listed)
    return str(row["id"])


def _own_terms(connection: sa.Connection, subject: Subject) -> list[str]:
    """The attributes that a model may hold and that this profile alone declares: labels of its own."""
    mine = sa.select(*NEEDED).where(LIVE, profiles.c.number.in_(subject.numbers))
    said = [profile_of(row) for row in connection.execute(mine)]
    own = {term for each in said for term in attributes_of(each) if _is_free(term)}
    for term in sorted(own):
        for other in _sharing(connection, subject, term):
            own -= set(attributes_of(other))
            if term not in own:
                break
    return sorted(own)


def _is_free(term: str) -> bool:
    return ":~" in term or term.startswith("tag:")


def _sharing(connection: sa.Connection, subject: Subject, term: str) -> Iterator[Any]:
    """Other profiles that may declare the same: the label's longest word stands in what they say."""
    label = term.partition(":")[2].removeprefix("~")
    word = max(comparable(label).split() or [label], key=len)
    line = sa.or_(profiles.c.search.contains(word, autoescape=True), _in_body(word))
    wanted = sa.select(*NEEDED).where(LIVE, profiles.c.number.not_in(subject.numbers), line)
    return map(profile_of, connection.execute(wanted))


def _in_body(word: str) -> sa.ColumnElement[bool]:
    body = sa.cast(profiles.c.body, sa.Text)
    return sa.or_(*(body.contains(form, autoescape=True) for form in (word, ascii(word)[1:-1])))


def _delete_uploads(connection: sa.Connection, subject: Subject) -> int:
    """Files that wait and may hold the subject: whoever left them has them still."""
    mine = uploads.c.organisation == subject.organisation
    found = []
    for id_ in connection.execute(sa.select(uploads.c.id).where(mine)).scalars().all():
        files = sa.select(upload_files.c.name, upload_files.c.data).where(upload_files.c.upload == id_)
        for name, data in connection.execute(files):
            if mentions(subject.marks, name.encode()) or mentions(subject.marks, data):
                found.append(id_)
                break
    deleted(connection, upload_files, upload_files.c.upload.in_(found))
    return deleted(connection, uploads, uploads.c.id.in_(found))
