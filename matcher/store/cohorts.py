"""Cohorts as the store keeps them: each method is one transaction."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from itertools import groupby

import sqlalchemy as sa

from matcher.cohorts.cohort import Cohort
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.profiles import Role, check_id
from matcher.store import merged, organisations
from matcher.store.bulk import insert_new, lists
from matcher.store.cohort_schema import cohort_startups, cohorts
from matcher.store.engine import reading, writing
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles
from matcher.store.texts import check_storable

MOST_STARTUPS = 50_000
MAX_NAME = 300


class Cohorts:
    """The cohorts of all organisations. Whoever asks names the own one and finds no other's."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create(self, organisation: str, name: str, startups: Sequence[str] = (), *, id: str = "") -> Cohort:  # noqa: A002
        """A new cohort; its id is made where none is given.

        Raises:
            Conflict: there is one of this id. NotFound: no such organisation, or a startup that it has not.
            InvalidInput: no name, or an id that none may have.
        """
        own = id or f"c{self._clock():%Y%m%d}-{secrets.token_hex(3)}"
        _check(own, name)
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            row = {"organisation": organisation, "id": own, "name": name, "created_at": self._clock()}
            if not insert_new(connection, cohorts, [row], by=["organisation", "id"]):
                raise Conflict(f"there is a cohort {own!r} already: give another id, or add to that one")
            _add(connection, number_of(connection, organisation, own), organisation, startups)
            return get(connection, organisation, own)

    def get(self, organisation: str, id: str) -> Cohort:  # noqa: A002
        """The cohort, or NotFound."""
        with reading(self._engine) as connection:
            return get(connection, organisation, id)

    def all(self, organisation: str) -> list[Cohort]:
        """The organisation's cohorts, the newest first."""
        with reading(self._engine) as connection:
            return _listed(connection, cohorts.c.organisation == organisation)

    def add(self, organisation: str, id: str, startups: Sequence[str]) -> Cohort:  # noqa: A002
        """The cohort with these startups too; those who are in it already stay where they are.

        Raises:
            NotFound: no such cohort, or a startup that the organisation has not: then none is added.
        """
        with writing(self._engine) as connection:
            _add(connection, number_of(connection, organisation, id, lock=True), organisation, startups)
            return get(connection, organisation, id)

    def remove(self, organisation: str, id: str, startups: Sequence[str]) -> Cohort:  # noqa: A002
        """The cohort without these startups. Runs that were solved keep their pairs.

        Raises:
            NotFound: no such cohort, or a startup that is not in it: then none is removed.
        """
        with writing(self._engine) as connection:
            number = number_of(connection, organisation, id)
            before = get(connection, organisation, id).startups
            if strangers := [each for each in startups if each not in set(before)]:
                raise NotFound(f"no startup {strangers[0]!r} in cohort {id!r}")
            for some in lists(_numbers(connection, organisation, startups)):
                of_these = (cohort_startups.c.cohort == number, cohort_startups.c.startup.in_(some))
                connection.execute(sa.delete(cohort_startups).where(*of_these))
            return get(connection, organisation, id)


def get(connection: sa.Connection, organisation: str, id_: str) -> Cohort:
    """The cohort.

    Raises:
        NotFound: the organisation has none of this id.
    """
    mine = (cohorts.c.organisation == organisation, cohorts.c.id == id_)
    row = connection.execute(sa.select(cohorts).where(*mine)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no cohort {id_!r} in organisation {organisation!r}")
    return _cohort_of(row, members_of(connection, row["number"]))


def members_of(connection: sa.Connection, number: int) -> tuple[str, ...]:
    """The ids of a cohort's startups, in the order in which they were added."""
    wanted = (
        sa.select(profiles.c.id)
        .join_from(cohort_startups, profiles, cohort_startups.c.startup == profiles.c.number)
        .where(cohort_startups.c.cohort == number, LIVE)
        .order_by(cohort_startups.c.position, profiles.c.key)
    )
    return tuple(connection.execute(wanted).scalars())


def _listed(connection: sa.Connection, *of: sa.ColumnElement[bool]) -> list[Cohort]:
    """Cohorts with their startups, the newest first, in one query."""
    theirs = sa.and_(cohort_startups.c.startup == profiles.c.number, LIVE)
    joined = cohorts.outerjoin(cohort_startups, cohort_startups.c.cohort == cohorts.c.number)
    wanted = (
        sa.select(cohorts, profiles.c.id.label("startup"))
        .select_from(joined.outerjoin(profiles, theirs))
        .where(*of)
        .order_by(cohorts.c.created_at.desc(), cohorts.c.id, cohort_startups.c.position, profiles.c.key)
    )
    rows = connection.execute(wanted).mappings().all()
    each = (list(some) for _, some in groupby(rows, key=lambda row: row["number"]))
    return [
        _cohort_of(some[0], tuple(row["startup"] for row in some if row["startup"] is not None))
        for some in each
    ]


def _cohort_of(row: sa.RowMapping, startups: tuple[str, ...]) -> Cohort:
    named = {name: row[name] for name in ("organisation", "id", "name", "created_at")}
    return Cohort(**named, startups=startups)


def number_of(connection: sa.Connection, organisation: str, id_: str, *, lock: bool = False) -> int:
    """The cohort's number inside the database; with `lock` nobody else locks it until the transaction ends.

    Raises:
        NotFound: the organisation has none of this id.
    """
    mine = (cohorts.c.organisation == organisation, cohorts.c.id == id_)
    wanted = sa.select(cohorts.c.number).where(*mine)
    found = connection.execute(wanted.with_for_update() if lock else wanted)
    number: int | None = found.scalar_one_or_none()
    if number is None:
        raise NotFound(f"no cohort {id_!r} in organisation {organisation!r}")
    return number


def _check(id_: str, name: str) -> None:
    check_id("id", id_)
    check_storable("name", name)
    if not name.strip() or len(name) > MAX_NAME:
        raise InvalidInput(
            "name", name, f"must be 1 to {MAX_NAME} characters", "give the name people know it by"
        )


def _add(connection: sa.Connection, number: int, organisation: str, startups: Sequence[str]) -> None:
    numbers = _numbers(connection, organisation, startups)
    wanted = sa.select(sa.func.coalesce(sa.func.max(cohort_startups.c.position), -1), sa.func.count())
    last, size = connection.execute(wanted.where(cohort_startups.c.cohort == number)).one()
    if size + len(numbers) > MOST_STARTUPS:
        raise InvalidInput("startups", size + len(numbers), f"are too many (at most {MOST_STARTUPS:,})")
    rows = [
        {"cohort": number, "startup": startup, "position": last + place}
        for place, startup in enumerate(numbers, start=1)
    ]
    for some in lists(rows):
        insert_new(connection, cohort_startups, some, by=["cohort", "startup"])


def _numbers(connection: sa.Connection, organisation: str, startups: Sequence[str]) -> list[int]:
    """The startups' numbers, each once, in the order given."""
    found: dict[str, int] = {}
    keys = {each: f"{organisation}:{each}" for each in startups}
    others = merged.followed(connection, keys.values())
    keys = {each: others.get(key, key) for each, key in keys.items()}
    for some in lists(sorted(set(keys.values()))):
        wanted = sa.select(profiles.c.key, profiles.c.number).where(LIVE, profiles.c.key.in_(some))
        rows = connection.execute(wanted.where(profiles.c.role == Role.STARTUP.value))
        found |= {row.key: row.number for row in rows}
    if unknown := [each for each, key in keys.items() if key not in found]:
        raise NotFound(f"no startup {unknown[0]!r} in organisation {organisation!r}")
    return list(dict.fromkeys(found[key] for key in keys.values()))
