"""Pairs of profiles that may be one, as the last search found them, and what people said of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.profiles import Role
from matcher.store.bulk import insert_new, lists, upsert
from matcher.store.engine import reading, writing
from matcher.store.introduction_schema import contacts
from matcher.store.merging_schema import duplicate_searches, duplicates
from matcher.store.schema import profiles

_one, _other = profiles.alias("one"), profiles.alias("other")
_BOTH = duplicates.join(_one, duplicates.c.one == _one.c.number).join(
    _other, duplicates.c.other == _other.c.number
)
_PLACES = sa.and_(_one.c.deleted == sa.false(), _other.c.deleted == sa.false())

Found = tuple[str, str, Sequence[str], float]
"""Two ids, what speaks for their being one, and how likely that is (0–100)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two profiles that may be one; `apart_by` is who said that they are not, "" where nobody did."""

    role: Role
    id: str
    name: str
    other_id: str
    other_name: str
    reasons: tuple[str, ...]
    likeness: float
    apart_by: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """When an organisation's profiles were last searched, and at which revision of the store."""

    revision: int
    at: dt.datetime


class Duplicates:
    """The pairs of all organisations. Whoever asks names the own one and finds no other's."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def save(self, organisation: str, found: Iterable[Found], revision: int) -> None:
        """Keep what a search found in the place of what an earlier one did. Whoever was said to be apart
        stays so; profiles that were deleted meanwhile are passed over."""
        now = self._clock()
        with writing(self._engine) as connection:
            numbers = _numbers(connection, organisation)
            rows = [
                _row(organisation, numbers[one], numbers[other], reasons, likeness, now)
                for one, other, reasons, likeness in found
                if one in numbers and other in numbers
            ]
            _put(connection, organisation, rows)
            searched = {"organisation": organisation, "revision": revision, "at": now}
            upsert(connection, duplicate_searches, [searched], by=["organisation"])

    def searched(self, organisation: str) -> Searched | None:
        """When it was last searched; None where it never was."""
        wanted = sa.select(duplicate_searches.c.revision, duplicate_searches.c.at)
        with reading(self._engine) as connection:
            mine = duplicate_searches.c.organisation == organisation
            row = connection.execute(wanted.where(mine)).one_or_none()
        return None if row is None else Searched(*row)

    def count(self, organisation: str) -> dict[Role, int]:
        """How many pairs wait for somebody to look at them, by role."""
        wanted = sa.select(_one.c.role, sa.func.count()).select_from(_BOTH).group_by(_one.c.role)
        with reading(self._engine) as connection:
            rows: Any = connection.execute(wanted.where(*_of(organisation, apart=False)))
            return {Role(role): count for role, count in rows}

    def all(
        self,
        organisation: str,
        *,
        roles: Sequence[Role] = tuple(Role),
        apart: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> list[Suggestion]:
        """The pairs that wait, the likeliest first; with `apart` those that were said to be two."""
        columns = [_one.c.role, _one.c.id, _one.c.name, _other.c.id, _other.c.name]
        said = [duplicates.c[name] for name in ("reasons", "likeness", "apart_by")]
        wanted = sa.select(*columns, *said).select_from(_BOTH)
        mine = (*_of(organisation, apart=apart), _one.c.role.in_([role.value for role in roles]))
        order = (duplicates.c.likeness.desc(), _one.c.key, _other.c.key)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.where(*mine).order_by(*order).offset(offset).limit(limit))
            return [_suggestion(row) for row in rows]

    def set_apart(self, organisation: str, one: str, other: str, who: str, *, apart: bool = True) -> None:
        """Remember that two profiles are not the same, or that they may be again.

        Raises:
            NotFound: the organisation has not both.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            numbers = _numbers(connection, organisation, (one, other))
            if len(numbers) != 2:
                raise NotFound(f"no two profiles {one!r} and {other!r} in organisation {organisation!r}")
            row = _row(organisation, numbers[one], numbers[other], (), 0.0, now)
            insert_new(connection, duplicates, [row], by=["one", "other"])
            this = (duplicates.c.one == row["one"], duplicates.c.other == row["other"])
            values = {"apart_at": now if apart else None, "apart_by": who if apart else ""}
            connection.execute(sa.update(duplicates).where(*this).values(values))
            if not apart:  # a pair that no search found is none
                connection.execute(sa.delete(duplicates).where(*this, duplicates.c.likeness == 0))

    def addresses(self, organisation: str) -> dict[str, str]:
        """The e-mail addresses of the organisation's profiles, by id, to be compared and shown to nobody."""
        wanted = sa.select(profiles.c.id, contacts.c.email).join_from(contacts, profiles)
        with reading(self._engine) as connection:
            rows: Any = connection.execute(wanted.where(profiles.c.organisation == organisation))
            return dict(iter(rows))


def _put(connection: sa.Connection, organisation: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write what is new or says something else, and delete what is not there any more; of whoever was said to
    be apart nothing is changed."""
    known = connection.execute(sa.select(duplicates).where(duplicates.c.organisation == organisation))
    before = {(row["one"], row["other"]): row for row in known.mappings()}
    after = {(row["one"], row["other"]): row for row in rows}
    apart = {pair for pair, row in before.items() if row["apart_at"] is not None}
    changed = [row for pair, row in after.items() if pair not in apart and _differs(row, before.get(pair))]
    for some in lists(changed):
        upsert(connection, duplicates, some, by=["one", "other"])
    for one, other in before.keys() - after.keys() - apart:
        this = (duplicates.c.one == one, duplicates.c.other == other)
        connection.execute(sa.delete(duplicates).where(*this))


def _differs(row: dict[str, Any], before: sa.RowMapping | None) -> bool:
    return before is None or any(row[name] != before[name] for name in ("reasons", "likeness"))


def _of(organisation: str, *, apart: bool) -> tuple[sa.ColumnElement[bool], ...]:
    said = duplicates.c.apart_at.is_not(None) if apart else duplicates.c.apart_at.is_(None)
    return (duplicates.c.organisation == organisation, said, _PLACES)


def _suggestion(row: Sequence[Any]) -> Suggestion:
    role, id_, name, other_id, other_name, reasons, likeness, apart_by = row
    return Suggestion(Role(role), id_, name, other_id, other_name, tuple(reasons), likeness, apart_by)


def _row(
    organisation: str, one: int, other: int, reasons: Sequence[str], likeness: float, now: dt.datetime
) -> dict[str, Any]:
    return {
        "one": min(one, other),
        "other": max(one, other),
        "organisation": organisation,
        "reasons": list(reasons),
        "likeness": likeness,
        "found_at": now,
    }


def _numbers(connection: sa.Connection, organisation: str, ids: Sequence[str] = ()) -> dict[str, int]:
    """The numbers of the organisation's live profiles by id; of these alone where some are named."""
    own = (profiles.c.organisation == organisation, profiles.c.deleted == sa.false())
    named = [profiles.c.key.in_([f"{organisation}:{id_}" for id_ in ids])] if ids else []
    rows: Any = connection.execute(sa.select(profiles.c.id, profiles.c.number).where(*own, *named))
    return dict(iter(rows))
