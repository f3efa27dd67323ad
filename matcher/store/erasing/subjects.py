"""Whom an export or erasure is about: a profile with those merged into it and its accounts, or an account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from matcher.erasing.scrubbing import Marks
from matcher.erasures import ErasureKind
from matcher.errors import NotFound
from matcher.interactions import local
from matcher.store.amendment_schema import amended_profiles
from matcher.store.introduction_schema import contacts
from matcher.store.people_schema import people
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles


@dataclass(frozen=True, slots=True)
class Subject:
    """`numbers` are of the profile (first) and of those merged into it, () of an account alone; `persons` are
    ids of accounts; `marks` what all of these are known by. `shared` where others may know the profile."""

    kind: ErasureKind
    organisation: str
    numbers: tuple[int, ...]
    keys: tuple[str, ...]
    persons: tuple[str, ...]
    marks: Marks
    shared: bool = False

    @property
    def is_startup(self) -> bool:
        """Whether it is the startup's side of every pair."""
        return self.kind is ErasureKind.STARTUP

    def is_called(self, reference: str) -> bool:
        """Whether a reference, as the organisation writes it, is to the profile."""
        return local(self.organisation, reference) in self.marks.ids

    def seen_by(self, person: str) -> "Subject":
        """The same as one of its accounts may see it: the other accounts are others' own."""
        return replace(self, persons=tuple(each for each in self.persons if each == person))


def of_profile(connection: sa.Connection, organisation: str, profile_id: str, pseudonym: str) -> Subject:
    """The subject behind a profile's id, to be called by the pseudonym.

    Raises:
        NotFound: there is no such profile. One that was deleted is found: its id and past are there still.
    """
    own = (profiles.c.organisation == organisation, profiles.c.id == profile_id)
    mine = (*own, profiles.c.merged_into.is_(None))
    row = connection.execute(sa.select(profiles).where(*mine).with_for_update()).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no profile {profile_id!r} in organisation {organisation!r}")
    same = sa.select(profiles).where(profiles.c.merged_into == row["number"])
    rows = [row, *connection.execute(same.order_by(profiles.c.number)).mappings()]
    ids = [each["id"] for each in rows]
    its = (people.c.organisation == organisation, people.c.profile_id.in_(ids), people.c.erased_at.is_(None))
    accounts = connection.execute(sa.select(people).where(*its).order_by(people.c.id)).mappings().all()
    numbers = tuple(each["number"] for each in rows)
    addresses = _addresses(connection, numbers, accounts)
    names = [name for each in rows for name in (each["name"], *each["also"].split("\n")[1::2])]
    names += _former_names(connection, numbers)
    names = [] if _has_a_namesake(connection, row) else list(filter(None, names))
    called = tuple(dict.fromkeys([*names, *(each["name"] for each in accounts if each["name"])]))
    keys = tuple(each["key"] for each in rows)
    abroad = tuple(names) if row["shared"] else ()
    return Subject(
        ErasureKind(row["role"]),
        organisation,
        numbers,
        keys,
        tuple(each["id"] for each in accounts),
        Marks(pseudonym, tuple(ids), keys, called, addresses, known_abroad=abroad),
        shared=bool(row["shared"]),
    )


def of_person(connection: sa.Connection, organisation: str, person_id: str, pseudonym: str) -> Subject:
    """The subject behind an account alone, to be called by the pseudonym.

    Raises:
        NotFound: the organisation has no such person.
    """
    mine = (people.c.organisation == organisation, people.c.id == person_id, people.c.erased_at.is_(None))
    row = connection.execute(sa.select(people).where(*mine).with_for_update()).mappings().one_or_none()
    if row is None:
        raise NotFound("there is no such person")
    names = (row["name"],) if row["name"] and not _is_a_namesake(connection, row) else ()
    marks = Marks(pseudonym, names=names, addresses=(row["email"],), signatures=_signatures(row, names))
    return Subject(ErasureKind.PERSON, organisation, (), (), (person_id,), marks)


def _former_names(connection: sa.Connection, numbers: Sequence[int]) -> list[str]:
    """What they were called before changes that can be taken back, deletions among them."""
    before = sa.select(amended_profiles.c.before).where(amended_profiles.c.profile.in_(numbers))
    return [str(said.get("name", "")) for said in connection.execute(before).scalars() if said]


def _addresses(
    connection: sa.Connection, numbers: Sequence[int], accounts: Sequence[sa.RowMapping]
) -> tuple[str, ...]:
    known = connection.execute(sa.select(contacts.c.email).where(contacts.c.profile.in_(numbers))).scalars()
    return tuple(dict.fromkeys([*known, *(each["email"] for each in accounts)]))


def _signatures(row: sa.RowMapping, names: Sequence[str]) -> tuple[str, ...]:
    """As `Principal.who` has it, by name and, before they had one, by e-mail address."""
    role = " ".join(filter(None, (row["role"], row["profile_id"])))
    return tuple(f"{role} {called}" for called in (*names, row["email"]))


def _has_a_namesake(connection: sa.Connection, row: sa.RowMapping) -> bool:
    """Whether another profile of the organisation is called so: texts that name it may mean the other."""
    same: list[Any] = [profiles.c.organisation == row["organisation"], profiles.c.number != row["number"]]
    wanted = sa.select(profiles.c.number).where(LIVE, profiles.c.name_key == row["name_key"], *same)
    return connection.execute(wanted.limit(1)).one_or_none() is not None


def _is_a_namesake(connection: sa.Connection, row: sa.RowMapping) -> bool:
    """Whether another one of the organisation is called the same: texts that name them may mean the other."""
    same: list[Any] = [people.c.organisation == row["organisation"], people.c.name == row["name"]]
    same += [people.c.id != row["id"], people.c.erased_at.is_(None)]
    return connection.execute(sa.select(people.c.id).where(*same).limit(1)).one_or_none() is not None
