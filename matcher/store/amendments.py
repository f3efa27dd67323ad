"""Changes that can be taken back, as the store keeps them: each method is one transaction."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.amendments import KEPT_FOR, Amendment, AmendmentKind, Undone
from matcher.errors import Conflict, NotFound
from matcher.profiles import Profile
from matcher.store import amended, merges, organisations, revisions, undoing
from matcher.store import profiles as stored_profiles
from matcher.store.amendment_schema import amended_months, amended_profiles, amendments
from matcher.store.bulk import insert_new
from matcher.store.engine import reading, writing
from matcher.store.merges import Merge
from matcher.store.texts import check_all_storable, check_storable

Make = Callable[[Profile | None], Profile | None]
"""What is to become of a profile (None: it is not there): the profile as it shall be, None to delete it.
Equal leaves it. What it raises undoes everything."""


class Amendments:
    """The changes of all organisations. Whoever asks names the own one and finds no other's (NotFound)."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def amend(
        self,
        organisation: str,
        makes: Mapping[str, Make],
        kind: AmendmentKind,
        *,
        who: str,
        summary: Mapping[str, Any] | None = None,
    ) -> Amendment:
        """Change the organisation's profiles of these ids, all or none, each as it stands now.

        Raises:
            Conflict: a profile would change its role.
        """
        with writing(self._engine) as connection:
            revision, now = revisions.begin(connection), self._clock()
            id_ = begin(connection, organisation, kind, who, now, summary or {})
            before = _profiles(connection, organisation, makes)
            after = {key: make(before.get(key)) for key, make in makes.items()}
            kept = [profile for profile in after.values() if profile is not None]
            written = stored_profiles.put(connection, kept, revision, now, amendment=id_).written
            gone = [before[key].id for key, profile in after.items() if profile is None and key in before]
            undoing.delete(connection, organisation, gone, revision, now, amendment=id_)
            if written or gone:
                revisions.record(connection, revision)
            return _find(connection, organisation, id_)

    def get(self, organisation: str, id: str) -> Amendment:  # noqa: A002
        """The change, or NotFound."""
        with reading(self._engine) as connection:
            return _find(connection, organisation, id)

    def latest(
        self, organisation: str, kind: AmendmentKind | None = None, *, limit: int = 20
    ) -> list[Amendment]:
        """The organisation's changes, the latest first."""
        wanted = _EVERY.where(amendments.c.organisation == organisation)
        if kind:
            wanted = wanted.where(amendments.c.kind == kind.value)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(amendments.c.at.desc()).limit(limit)).mappings()
            return [_amendment_of(row) for row in rows]

    def merge(self, organisation: str, wanted: Merge, *, who: str) -> Amendment:
        """Make one profile of the organisation another's; see `merges.merge`. Whatever names the one that
        goes means the one that stays from then on, until this is taken back.

        Raises:
            NotFound: the organisation has not both. Conflict: they are one already, or of two roles.
        """
        with writing(self._engine) as connection:
            revision, now = revisions.begin(connection), self._clock()
            summary = {"gone": wanted.gone, "stays": wanted.stays}
            id_ = begin(connection, organisation, AmendmentKind.MERGED, who, now, summary)
            tell(connection, id_, merges.merge(connection, organisation, id_, wanted, revision, now))
            revisions.record(connection, revision)
            return _find(connection, organisation, id_)

    def merge_of(self, organisation: str, gone: str) -> Amendment:
        """The last merge of the organisation's profile of this id into another that nobody took back, or
        NotFound."""
        merged = amendments.c.kind == AmendmentKind.MERGED.value
        this = (merged, amendments.c.summary["gone"].as_string() == gone, amendments.c.undone_at.is_(None))
        wanted = _EVERY.where(amendments.c.organisation == organisation, *this)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(amendments.c.at.desc()).limit(1)).mappings()
            for row in rows:
                return _amendment_of(row)
        raise NotFound(f"profile {gone!r} was not merged into another, or that was taken back")

    def undo(self, organisation: str, id: str, who: str) -> Amendment:  # noqa: A002
        """Take the change back: what is as the change left it becomes as it was before; what somebody has
        changed since stays. Asked again it changes nothing.

        Raises:
            Conflict: the change is so old that what was before is forgotten.
        """
        with writing(self._engine) as connection:
            revision, now = revisions.begin(connection), self._clock()
            found = _find(connection, organisation, id)
            if found.undone is not None:
                return found
            if not found.can_be_undone:
                raise Conflict(f"change {id} cannot be taken back any more: what was before is forgotten")
            done = _taken_back(connection, organisation, found, revision, now)
            if done.restored or done.removed or done.months:
                revisions.record(connection, revision)
            values = {"undone_at": now, "undone": {**dataclasses.asdict(done), "who": who}}
            connection.execute(sa.update(amendments).where(amendments.c.id == id).values(values))
            amended.forget(connection, [id])
            return _find(connection, organisation, id)


def begin(
    connection: sa.Connection,
    organisation: str,
    kind: AmendmentKind,
    who: str,
    now: dt.datetime,
    summary: Mapping[str, Any],
    id_: str = "",
) -> str:
    """Note a change that begins, under an id of its own or the given one; forget what is too old.

    Raises:
        NotFound: the organisation does not exist. InvalidInput: texts that no database keeps.
    """
    organisations.require(connection, {organisation})
    check_storable("who", who)
    check_all_storable("summary", summary)
    _forget_old(connection, now)
    row = {
        "id": id_ or uuid.uuid4().hex,
        "organisation": organisation,
        "kind": kind.value,
        "who": who,
        "at": now,
        "summary": dict(summary),
    }
    insert_new(connection, amendments, [row], ["id"])
    return str(row["id"])


def tell(connection: sa.Connection, id_: str, summary: Mapping[str, Any]) -> None:
    """Say what the change was for, once that is known."""
    check_all_storable("summary", summary)
    connection.execute(sa.update(amendments).where(amendments.c.id == id_).values(summary=dict(summary)))


def _taken_back(
    connection: sa.Connection, organisation: str, change: Amendment, revision: int, now: dt.datetime
) -> Undone:
    if change.kind is AmendmentKind.MERGED:
        return merges.part(connection, organisation, change, revision, now)
    return undoing.undo(connection, organisation, change.id, revision, now)


def _forget_old(connection: sa.Connection, now: dt.datetime) -> None:
    old = sa.select(amendments.c.id).where(amendments.c.at < now - KEPT_FOR)
    ids: Sequence[str] = (
        connection.execute(
            old.where(sa.or_(*(_some(table) > 0 for table in (amended_profiles, amended_months)))).limit(
                1_000
            )
        )
        .scalars()
        .all()
    )
    if ids:
        amended.forget(connection, ids)


def _some(table: sa.Table) -> sa.ScalarSelect[int]:
    mine = table.c.amendment == amendments.c.id
    return sa.select(sa.func.count()).select_from(table).where(mine).scalar_subquery()


_EVERY = sa.select(
    amendments,
    _some(amended_profiles).label("profiles"),
    _some(amended_months).label("months"),
)


def _find(connection: sa.Connection, organisation: str, id_: str) -> Amendment:
    mine = (amendments.c.organisation == organisation, amendments.c.id == id_)
    row = connection.execute(_EVERY.where(*mine)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no change {id_!r} in organisation {organisation!r}")
    return _amendment_of(row)


def _amendment_of(row: sa.RowMapping) -> Amendment:
    undone = row["undone"]
    told = undone and {name: undone[name] for name in Undone.__slots__ if name in undone}
    return Amendment(
        kind=AmendmentKind(row["kind"]),
        undone=Undone(**{**told, "left": tuple(told["left"])}) if told else None,
        **{
            name: row[name]
            for name in ("id", "organisation", "who", "at", "summary", "profiles", "months", "undone_at")
        },
    )


def _profiles(connection: sa.Connection, organisation: str, ids: Mapping[str, Make]) -> dict[str, Profile]:
    """The organisation's profiles of these ids, by id; those that are not there are left out. By the id of a
    merged profile, the one that stays."""
    keys = {f"{organisation}:{id_}": id_ for id_ in ids}
    return {keys[key]: profile for key, profile in stored_profiles.known(connection, keys).items()}
