"""Files that wait for somebody to look at them: kept for a day, and deleted once they are imported."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.store import organisations
from matcher.store.amendment_schema import header_meanings, upload_files, uploads
from matcher.store.bulk import upsert
from matcher.store.engine import reading, writing
from matcher.store.texts import check_all_storable, check_storable
from matcher.uploads import KEPT_FOR, MOST_WAITING, TAKEN_FOR, Overtaken, Upload, UploadState

Files = Sequence[tuple[str, bytes]]
Meanings = Mapping[str, Mapping[str, str]]
"""Kind of file → header as it is compared → field, "" for a column to leave out."""


class Uploads:
    """The uploads of all organisations, and what their own headers mean. Whoever asks names the own
    organisation and finds no other's (NotFound)."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def add(
        self,
        organisation: str,
        files: Files,
        *,
        who: str,
        plan: Mapping[str, Any],
        look: Mapping[str, Any],
    ) -> str:
        """Keep the files; gives the upload's id. What is too old, or too much, is deleted."""
        check_storable("who", who)
        check_all_storable("name", [name for name, _ in files])
        check_all_storable("plan", plan)
        id_, now = uuid.uuid4().hex, self._clock()
        row = {
            "id": id_,
            "organisation": organisation,
            "who": who,
            "at": now,
            "version": 1,
            "state": UploadState.WAITING.value,
            "plan": dict(plan),
            "look": dict(look),
        }
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            _delete_old(connection, organisation, now)
            connection.execute(sa.insert(uploads), row)
            for place, (name, data) in enumerate(files):
                file = {"upload": id_, "place": place, "name": name, "data": data}
                connection.execute(sa.insert(upload_files), file)
        return id_

    def get(self, organisation: str, id: str) -> Upload:  # noqa: A002
        """The upload, or NotFound."""
        with reading(self._engine) as connection:
            return _find(connection, organisation, id)

    def waiting(self, organisation: str) -> list[Upload]:
        """Those that wait, the latest first."""
        wanted = sa.select(uploads).where(*_waiting(organisation)).order_by(uploads.c.at.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).mappings().all()
            names = _names(connection, [row["id"] for row in rows])
            return [_upload_of(row, names[row["id"]]) for row in rows]

    def files(self, organisation: str, id: str) -> list[tuple[str, bytes]]:  # noqa: A002
        """Name and content of each file, in order."""
        with reading(self._engine) as connection:
            _find(connection, organisation, id)
            mine = sa.select(upload_files).where(upload_files.c.upload == id).order_by(upload_files.c.place)
            return [(row["name"], row["data"]) for row in connection.execute(mine).mappings()]

    def plan(
        self,
        organisation: str,
        id: str,  # noqa: A002
        version: int,
        plan: Mapping[str, Any],
        look: Mapping[str, Any],
    ) -> None:
        """Keep what is said of the files now.

        Raises:
            Overtaken: the upload is not at the version that was seen, or not waiting any more.
        """
        check_all_storable("plan", plan)
        values = {"plan": dict(plan), "look": dict(look), "version": version + 1}
        with writing(self._engine) as connection:
            _find(connection, organisation, id)
            _change(connection, id, version, values)

    def take(self, organisation: str, id: str, version: int) -> Upload:  # noqa: A002
        """The upload, for who imports it now: nobody else does at once. One that is done is given as it is.

        Raises:
            Overtaken: not at the version that was seen, or somebody imports it at this moment.
        """
        with writing(self._engine) as connection:
            found, now = _find(connection, organisation, id), self._clock()
            if found.state is UploadState.DONE:
                return found
            _change(connection, id, version, {"state": UploadState.TAKEN.value, "taken_at": now}, now)
            return found

    def give_back(self, organisation: str, id: str) -> None:  # noqa: A002
        """The import did not come about: the upload waits again."""
        with writing(self._engine) as connection:
            _find(connection, organisation, id)
            waits = {"state": UploadState.WAITING.value, "taken_at": None}
            connection.execute(sa.update(uploads).where(uploads.c.id == id).values(waits))

    def finish(self, organisation: str, id: str) -> None:  # noqa: A002
        """The upload is imported: its files are deleted."""
        with writing(self._engine) as connection:
            _find(connection, organisation, id)
            _delete_files(connection, [id])
            done = {"state": UploadState.DONE.value, "look": {}}
            connection.execute(sa.update(uploads).where(uploads.c.id == id).values(done))

    def discard(self, organisation: str, id: str) -> None:  # noqa: A002
        """Delete the upload and its files, or NotFound."""
        with writing(self._engine) as connection:
            _find(connection, organisation, id)
            _delete(connection, [id])

    def meanings(self, organisation: str) -> dict[str, dict[str, str]]:
        """What the organisation's headers mean, by kind of file."""
        wanted = sa.select(header_meanings).where(header_meanings.c.organisation == organisation)
        found: dict[str, dict[str, str]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(wanted).mappings():
                found.setdefault(row["kind"], {})[row["header"]] = row["field"]
        return found

    def remember(self, organisation: str, meanings: Meanings) -> None:
        """Keep what headers mean, in the place of what they meant before."""
        check_all_storable("meanings", meanings)
        rows = [
            {"organisation": organisation, "kind": kind, "header": header, "field": field}
            for kind, fields in meanings.items()
            for header, field in fields.items()
        ]
        with writing(self._engine) as connection:
            organisations.require(connection, {organisation})
            upsert(connection, header_meanings, rows, by=["organisation", "kind", "header"])

    def forget_meaning(self, organisation: str, kind: str, header: str) -> None:
        """Forget what one header means; nothing happens where it is not remembered."""
        mine = (header_meanings.c.organisation == organisation, header_meanings.c.kind == kind)
        with writing(self._engine) as connection:
            connection.execute(sa.delete(header_meanings).where(*mine, header_meanings.c.header == header))


def _find(connection: sa.Connection, organisation: str, id_: str) -> Upload:
    mine = (uploads.c.organisation == organisation, uploads.c.id == id_)
    row = connection.execute(sa.select(uploads).where(*mine)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"no upload {id_!r} in organisation {organisation!r}")
    return _upload_of(row, _names(connection, [id_])[id_])


def _names(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """The names of the files of each upload, in order."""
    wanted = sa.select(upload_files.c.upload, upload_files.c.name).where(upload_files.c.upload.in_(ids))
    found: dict[str, list[str]] = {id_: [] for id_ in ids}
    for upload, name in connection.execute(wanted.order_by(upload_files.c.place)):
        found[upload].append(name)
    return found


def _upload_of(row: sa.RowMapping, names: Sequence[str]) -> Upload:
    return Upload(
        names=tuple(names),
        state=UploadState(row["state"]),
        **{name: row[name] for name in ("id", "organisation", "who", "at", "version", "plan", "look")},
    )


def _change(
    connection: sa.Connection,
    id_: str,
    version: int,
    values: Mapping[str, Any],
    now: dt.datetime | None = None,
) -> None:
    """Change the upload where it waits at the version; with `now`, also where who took it is dead."""
    free = uploads.c.state == UploadState.WAITING.value
    if now is not None:
        taken = uploads.c.state == UploadState.TAKEN.value
        free = sa.or_(free, sa.and_(taken, uploads.c.taken_at < now - TAKEN_FOR))
    mine = (uploads.c.id == id_, uploads.c.version == version, free)
    if not connection.execute(sa.update(uploads).where(*mine).values(values)).rowcount:
        raise Overtaken(f"upload {id_} was changed, or is being imported, by somebody else: look at it again")


def _waiting(organisation: str) -> tuple[sa.ColumnElement[bool], ...]:
    return uploads.c.organisation == organisation, uploads.c.state == UploadState.WAITING.value


def _delete_old(connection: sa.Connection, organisation: str, now: dt.datetime) -> None:
    """Delete the files of every organisation that waited for too long, and the oldest of too many."""
    old = sa.select(uploads.c.id).where(uploads.c.at < now - KEPT_FOR)
    latest = sa.select(uploads.c.id).where(*_waiting(organisation)).order_by(uploads.c.at.desc())
    ids = [
        *connection.execute(old).scalars(),
        *connection.execute(latest).scalars().all()[MOST_WAITING - 1 :],
    ]
    _delete(connection, ids)


def _delete(connection: sa.Connection, ids: Sequence[str]) -> None:
    _delete_files(connection, ids)
    connection.execute(sa.delete(uploads).where(uploads.c.id.in_(ids)))


def _delete_files(connection: sa.Connection, ids: Sequence[str]) -> None:
    connection.execute(sa.delete(upload_files).where(upload_files.c.upload.in_(ids)))
