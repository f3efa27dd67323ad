"""Who asks to be erased, and the receipts of what was: each method is one transaction."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.audit import EXPORTED, Deed, acts
from matcher.erasing.scrubbing import Marks
from matcher.erasures import ErasureKind, ErasureRequest, Export, Receipt, Whom, new_pseudonym
from matcher.errors import Conflict, NotFound
from matcher.store.audit_notes import tell
from matcher.store.engine import put_on_record, reading, writing
from matcher.store.erasing import exporting, subjects, sweeping, whole
from matcher.store.erasing.subjects import Subject
from matcher.store.erasure_schema import erasure_requests, erasures
from matcher.store.people_schema import people

_TOLD = tuple(erasures.c[name] for name in Receipt.__slots__)
_OPEN = erasure_requests.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt that is not finished: its salt and digests (b"" for an account), and what it waits for."""

    id: str
    salt: bytes
    digests: bytes
    waits: Mapping[str, Any]


class Erasures:
    """Requests and receipts of all organisations. Whoever asks names the own one and finds no other's."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def ask(self, organisation: str, person: str, *, whole: bool) -> ErasureRequest:
        """Note that a person asks to be erased. Asked again the first request stays, for what is asked now.

        Raises:
            NotFound: the organisation has no such person.
        """
        with writing(self._engine) as connection:
            mine = (
                people.c.organisation == organisation,
                people.c.id == person,
                people.c.erased_at.is_(None),
            )
            if (
                connection.execute(sa.select(people.c.id).where(*mine).with_for_update()).one_or_none()
                is None
            ):
                raise NotFound("there is no such person")
            open_ = _requests(connection, _OPEN, erasure_requests.c.person == person)
            if open_:
                same = erasure_requests.c.id == open_[0].id
                connection.execute(sa.update(erasure_requests).where(same).values(whole=whole))
            else:
                whose = {"id": secrets.token_hex(8), "organisation": organisation, "person": person}
                asked = sa.insert(erasure_requests).values(**whose, whole=whole)
                connection.execute(asked.values(asked_at=self._clock()))
            return _requests(connection, _OPEN, erasure_requests.c.person == person)[0]

    def take_back(self, organisation: str, person: str) -> None:
        """End the person's request without doing it.

        Raises:
            Conflict: there is none that waits.
        """
        mine = (erasure_requests.c.organisation == organisation, erasure_requests.c.person == person)
        with writing(self._engine) as connection:
            ended = sa.update(erasure_requests).where(_OPEN, *mine).values(ended_at=self._clock())
            if not connection.execute(ended).rowcount:
                raise Conflict("there is no request to take back: it was done, or taken back before")

    def requests(self, organisation: str, *, person: str = "") -> list[ErasureRequest]:
        """The organisation's requests that wait, the oldest first; a person's alone where one is named."""
        mine = [erasure_requests.c.organisation == organisation]
        mine += [erasure_requests.c.person == person] if person else []
        with reading(self._engine) as connection:
            return _requests(connection, _OPEN, *mine)

    def held(self, whom: Whom) -> Export:
        """Everything that is held of them, as of one moment.

        Raises:
            NotFound: no such profile or person.
        """
        with reading(self._engine) as connection:
            subject = _subject(connection, whom, new_pseudonym())
            deed = _handed_over(subject)
            name = next(iter((*subject.marks.names, *subject.marks.addresses)), "")
            found = exporting.places(connection, subject)
        if acts().is_somebody and acts().profile not in subject.keys:
            put_on_record(self._engine, [deed])
        return Export(
            kind=subject.kind, organisation=whom.organisation, name=name, at=self._clock(), places=found
        )

    def preview(self, whom: Whom) -> dict[str, int]:
        """How much would go, by place: all of it is done, and taken back again.

        Raises:
            NotFound: no such profile or person.
        """
        with writing(self._engine, audited=False) as connection, connection.begin_nested() as tried:
            subject = _subject(connection, whom, new_pseudonym())
            id_ = whole.erase(connection, subject, whole.Asked("", self._clock()))
            counts = dict(_receipt(connection, whom.organisation, id_).counts)
            tried.rollback()
            return counts

    def marks(self, whom: Whom, pseudonym: str) -> Marks:
        """What they are known by, for who looks through files; NotFound where there is none."""
        with reading(self._engine) as connection:
            return _subject(connection, whom, pseudonym).marks

    def erase(self, whom: Whom, pseudonym: str, asked_by: str) -> Receipt:
        """Erase a profile with its accounts, or an account alone: all of the database's part, or nothing.

        Raises:
            NotFound: no such profile or person (also where it was erased before). Conflict: a run is being
                solved that would write down who is gone.
        """
        with writing(self._engine) as connection:
            subject = _subject(connection, whom, pseudonym)
            whole.refuse_while_solving(connection, subject)
            name = ("number", subject.numbers[0]) if subject.numbers else ("id", subject.persons[0])
            tell(connection, action="erased", subject="profile" if subject.numbers else "person", name=name)
            id_ = whole.erase(connection, subject, whole.Asked(asked_by, self._clock()))
            return _receipt(connection, whom.organisation, id_)

    def unfinished(self) -> list[Held]:
        """Receipts of all organisations that something is still to be done for, the oldest first."""
        columns = (erasures.c.id, erasures.c.salt, erasures.c.digest, erasures.c.waits)
        wanted = sa.select(*columns).where(erasures.c.finished_at.is_(None)).order_by(erasures.c.done_at)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted)
            return [Held(id_, salt or b"", digest or b"", waits) for id_, salt, digest, waits in rows]

    def settle(self, id: str, waits: Mapping[str, Any]) -> None:  # noqa: A002
        """Keep what a receipt still waits for; with nothing left it is finished, and nobody can tell any more
        which key it was about."""
        done = {"finished_at": self._clock(), "salt": None, "digest": None}
        mine = (erasures.c.id == id, erasures.c.finished_at.is_(None))
        with writing(self._engine, audited=False) as connection:
            values = {"waits": dict(waits), **({} if waits else done)}
            connection.execute(sa.update(erasures).where(*mine).values(values))

    def sweep_vectors(self) -> int:
        """Delete the cached vectors of texts that no profile has any more; how many."""
        with writing(self._engine) as connection:
            return sweeping.sweep_vectors(connection)

    def compact(self) -> bool:
        """Have the database's files keep nothing of what was deleted; whether that came to its end, which
        others who read or write may prevent."""
        return sweeping.compact(self._engine)

    def receipts(self, organisation: str | None, *, limit: int = 200) -> list[Receipt]:
        """The organisation's receipts (everybody's where None), the latest first."""
        mine = [] if organisation is None else [erasures.c.organisation == organisation]
        order = (erasures.c.done_at.desc(), erasures.c.id)
        wanted = sa.select(*_TOLD).where(*mine).order_by(*order).limit(limit)
        with reading(self._engine) as connection:
            return list(map(_receipt_of, connection.execute(wanted).mappings()))

    def receipt(self, organisation: str, id: str) -> Receipt:  # noqa: A002
        """The receipt, or NotFound."""
        with reading(self._engine) as connection:
            return _receipt(connection, organisation, id)


def _subject(connection: sa.Connection, whom: Whom, pseudonym: str) -> Subject:
    if whom.profile_id:
        subject = subjects.of_profile(connection, whom.organisation, whom.profile_id, pseudonym)
        return subject.seen_by(whom.person_id) if whom.person_id else subject
    return subjects.of_person(connection, whom.organisation, whom.person_id, pseudonym)


def _handed_over(subject: Subject) -> Deed:
    """What the audit log says of an export by somebody else."""
    about = ("profile", str(subject.numbers[0])) if subject.numbers else ("person", subject.persons[0])
    return Deed(subject.organisation, EXPORTED, *about, frozenset({"everything"}))


def _receipt(connection: sa.Connection, organisation: str, id_: str) -> Receipt:
    wanted = sa.select(*_TOLD).where(erasures.c.organisation == organisation, erasures.c.id == id_)
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no receipt {id_!r} here")
    return _receipt_of(row)


def _requests(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[ErasureRequest]:
    order = (erasure_requests.c.asked_at, erasure_requests.c.id)
    rows = connection.execute(sa.select(erasure_requests).where(*conditions).order_by(*order)).mappings()
    return [ErasureRequest(**{**row, "receipt": row["receipt"] or ""}) for row in rows]


def _receipt_of(row: sa.RowMapping) -> Receipt:
    return Receipt(**{**row, "kind": ErasureKind(row["kind"])})
