"""What is said of a pair, kept until it is on record as an interaction, and its words afterwards."""

import datetime as dt
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from matcher.cohorts.introducing.introduction import Side
from matcher.errors import Conflict, NotFound
from matcher.interactions import qualified
from matcher.remarks import OUTCOMES, Remark, RemarkKind
from matcher.store import interactions as stored_interactions
from matcher.store import revisions
from matcher.store.audit_reads import REMARKS, read_of_all
from matcher.store.engine import reading, writing
from matcher.store.match_results import numbers_of
from matcher.store.remark_schema import remarks
from matcher.store.schema import profiles
from matcher.store.texts import check_storable

_startups, _partners = profiles.alias("startups"), profiles.alias("partners")
_EVERY = sa.select(
    remarks, _startups.c.key.label("startup_key"), _partners.c.key.label("partner_key")
).select_from(
    remarks.join(_startups, remarks.c.startup == _startups.c.number).join(
        _partners, remarks.c.partner == _partners.c.number
    )
)
_AS_THEY_ARE = (
    "organisation startup_key partner_key at text value introduction request_id day happened_at stage amount "
    "currency number recorded_at"
).split()
_CONTEXT = "happened_at stage amount currency".split()
OFFICE = "office"
"""The side of what neither side of the pair said."""


class Remarks:
    """The remarks of all organisations' members. Each method is one transaction."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def put(self, remark: Remark) -> Remark:
        """Keep the remark, in the place of one on the same matter that is not on record yet.

        Raises:
            Conflict: one on the same matter is on record. NotFound: somebody in it never existed.
        """
        for field in ("text", "stage", "currency"):
            check_storable(field, getattr(remark, field))
        with writing(self._engine) as connection:
            numbers = numbers_of(connection, remark.organisation, [remark.startup_key, remark.partner_key])
            matter = {
                "startup": numbers[remark.startup_key],
                "partner": numbers[remark.partner_key],
                "side": remark.side.value if remark.side else OFFICE,
                "kind": remark.kind.value,
                "introduction": remark.introduction,
                "day": remark.day,
            }
            said = {
                name: getattr(remark, name)
                for name in "organisation value text request_id at record_at".split() + _CONTEXT
            }
            same = [remarks.c[name] == value for name, value in matter.items()]
            before = _read(connection, *same)
            if before and before[0].recorded_at is not None:
                raise Conflict(f"that is on record since {before[0].recorded_at:%Y-%m-%d %H:%M} UTC")
            if before:
                connection.execute(sa.update(remarks).where(*same).values(said))
            else:
                connection.execute(sa.insert(remarks).values({**matter, **said}))
            [kept] = _read(connection, *same)
            return kept

    def take_back(self, organisation: str, member: str, number: int) -> Remark:
        """Forget what a member (its id), or "" for the office, said; what it was.

        Raises:
            NotFound: the member said no such thing. Conflict: it is on record.
        """
        with writing(self._engine) as connection:
            found = _read(connection, *_said_by(organisation, member), remarks.c.number == number)
            if not found:
                raise NotFound(f"there is nothing of that number ({number}) to take back")
            if found[0].recorded_at is not None:
                raise Conflict("it is on record by now and cannot be taken back any more")
            connection.execute(sa.delete(remarks).where(remarks.c.number == number))
            return found[0]

    def of(self, organisation: str, member: str) -> list[Remark]:
        """What a member (its id) said, the latest first."""
        with reading(self._engine) as connection:
            return _read(connection, *_said_by(organisation, member))

    def all(self, organisation: str, *, offset: int = 0, limit: int = 50) -> list[Remark]:
        """What the organisation's members said in words or ratings, the latest first: `limit` of them after
        `offset`."""
        mine = remarks.c.organisation == organisation
        worded = remarks.c.kind.not_in([kind.value for kind in OUTCOMES])
        with reading(self._engine) as connection:
            found = _read(connection, mine, worded, offset=offset, limit=limit)
        read_of_all(self._engine, organisation, REMARKS, len(found))
        return found

    def record(self) -> int:
        """Put on record those that can no longer be taken back; how many. One whose partner or startup is no
        longer there is only marked."""
        now = self._clock()
        due = (remarks.c.recorded_at.is_(None), remarks.c.record_at <= now)
        with writing(self._engine) as connection:
            revision = revisions.begin(connection)
            found = _read(connection, *due)
            if sum([_record(connection, remark, revision) for remark in found]):
                revisions.record(connection, revision)
            if found:
                connection.execute(sa.update(remarks).where(*due).values(recorded_at=now))
            return len(found)


def _record(connection: sa.Connection, remark: Remark, revision: int) -> int:
    try:
        return stored_interactions.add(connection, [remark.interaction()], revision).written
    except NotFound:  # deleted, or no longer shared
        return 0


def _said_by(organisation: str, member: str) -> tuple[sa.ColumnElement[bool], ...]:
    if not member:
        return (remarks.c.side == OFFICE, remarks.c.organisation == organisation)
    key = qualified(organisation, member)
    startup = sa.and_(_startups.c.key == key, remarks.c.side == Side.STARTUP.value)
    partner = sa.and_(_partners.c.key == key, remarks.c.side == Side.PARTNER.value)
    return (sa.or_(startup, partner),)


def _read(
    connection: sa.Connection,
    *conditions: sa.ColumnElement[bool],
    offset: int = 0,
    limit: int | None = None,
) -> list[Remark]:
    order = (remarks.c.at.desc(), remarks.c.number.desc())
    wanted = _EVERY.where(*conditions).order_by(*order).offset(offset).limit(limit)
    rows: Sequence[sa.RowMapping] = connection.execute(wanted).mappings().all()
    return [
        Remark(
            side=None if row["side"] == OFFICE else Side(row["side"]),
            kind=RemarkKind(row["kind"]),
            **{name: row[name] for name in _AS_THEY_ARE},
        )
        for row in rows
    ]
