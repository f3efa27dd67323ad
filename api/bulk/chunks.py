"""What bulk lists are cut into, and how a chunk is answered: in the same way here and on any worker."""

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import numpy as np

from api.match_tables import match_rows
from matcher.encoding.cache import Progress
from matcher.encoding.encoder import UniversalSentenceEncoder
from matcher.errors import Conflict, NotFound, NotReady
from matcher.interactions import local
from matcher.matching.answers import Filters, MatchList
from matcher.matching.moment import Moment
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.matching.wording import Language
from matcher.model.parameters import UNTRAINED, untrained
from matcher.model.registry import Registry
from matcher.profiles import Role
from matcher.store import Store
from matcher.tables import Row

CHUNK = 512
"""So many lists are answered and kept together."""
_SQLITE = "sqlite:///"
_opening = Lock()


@dataclass(frozen=True, slots=True)
class Order:
    """What every list is to be like; `named`: rows also tell the names of both sides."""

    role: Role | None
    k: int
    filters: Filters
    spread: bool
    language: Language
    named: bool


@dataclass(frozen=True, slots=True)
class Chunk:
    """Startups of one organisation, by id; `number` is the chunk's place among all."""

    number: int
    organisation: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What lists rest on: a store at a revision, a model version of a registry and a day. Equal bases give
    equal lists."""

    store_url: str
    models_url: str
    version: str
    revision: int
    today: dt.date


def chunks_of(snapshot: Snapshot, organisations: Sequence[str], size: int = CHUNK) -> list[Chunk]:
    """All active startups of the organisations, in the order of their keys."""
    parts = [
        (organisation, ids[start : start + size])
        for organisation in organisations
        for ids in [_active(snapshot, organisation)]
        for start in range(0, len(ids), size)
    ]
    return [Chunk(number, organisation, ids) for number, (organisation, ids) in enumerate(parts)]


def _active(snapshot: Snapshot, organisation: str) -> tuple[str, ...]:
    rows = [
        (pool, row)
        for pool in snapshot.pools[Role.STARTUP]
        for row in np.flatnonzero(pool.present & pool.active).tolist()
    ]
    keys = sorted(p.profiles[row].key for p, row in rows if p.profiles[row].organisation == organisation)
    return tuple(local(organisation, key) for key in keys)


def answered(moment: Moment, chunk: Chunk, order: Order) -> list[MatchList]:
    """The lists of a chunk, in its order."""
    return moment.match(
        chunk.organisation,
        chunk.ids,
        role=order.role,
        k=order.k,
        filters=order.filters,
        spread=order.spread,
        checked=False,  # once, for all organisations: one of them may know no such label
    )


def rows_of_chunk(moment: Moment, chunk: Chunk, order: Order) -> list[Row]:
    """The lines of its lists, as in a file."""
    names = dict(_names(moment.snapshot, chunk)) if order.named else None
    with _undisturbed():
        lists = answered(moment, chunk, order)
        return [row for answer in lists for row in match_rows(answer, order.language, names)]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Lists leave no cycles behind: to look for some among all profiles again and again costs a fifth of the
    time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _names(snapshot: Snapshot, chunk: Chunk) -> Iterator[tuple[str, str]]:
    for id_ in chunk.ids:
        pool, row = snapshot.find(f"{chunk.organisation}:{id_}", id_)
        yield id_, pool.profiles[row].name


def opened(
    store: Store, registry: Registry, version: str | None, today: dt.date, progress: Progress = lambda _: None
) -> Moment:
    """The store as it stands now, under a model version (None: before any training)."""
    model = untrained() if version in (None, UNTRAINED) else registry.load(version or "")
    sources = Sources(store, UniversalSentenceEncoder())
    return Moment(take_snapshot(sources, model, today, progress))


def rows_elsewhere(basis: Basis, chunk: Chunk, order: Order) -> list[Row]:
    """The same as `rows_of_chunk` in a process that has nothing but the basis: a worker of a cluster.

    Raises:
        Conflict, NotReady: see `on_basis`.
    """
    return rows_of_chunk(on_basis(basis), chunk, order)


def on_basis(basis: Basis) -> Moment:
    """The moment that the basis names, opened once in each process.

    Raises:
        NotReady: the database or the model cannot be seen from this machine. Conflict: the store moved on.
    """
    with _opening:
        return _moment(basis)


@lru_cache(maxsize=1)
def _moment(basis: Basis) -> Moment:
    _refuse_unseen(basis.store_url)
    store, registry = Store(basis.store_url), Registry(basis.models_url, Path(_scratch().name))
    try:
        moment = opened(store, registry, basis.version, basis.today)
    except NotFound as error:
        raise NotReady(f"this machine sees another registry at {basis.models_url!r}: {error}") from error
    finally:
        store.close()
    if moment.snapshot.revision != basis.revision:
        raise Conflict(
            f"the store stands at revision {moment.snapshot.revision}, not {basis.revision}: it changed,"
            " or is another one; give the command again"
        )
    return moment


@cache
def _scratch() -> "TemporaryDirectory[str]":
    """Where models that were fetched from an object store lie; it goes with the process."""
    return TemporaryDirectory(prefix="bole-models-")


def _refuse_unseen(url: str) -> None:
    """SQLite would make an empty database where there is none."""
    path = url.partition("?")[0].removeprefix(_SQLITE)
    if url.startswith(_SQLITE) and not Path(path).is_file():
        raise NotReady(f"this machine sees no database {path!r}; workers need the files under the same path")
