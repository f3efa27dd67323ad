"""A snapshot: one model and the store at one revision, as arrays. Immutable: a request answers from one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import Progress, VectorStore
from matcher.encoding.encoder import Encoder
from matcher.encoding.texts import encode_texts
from matcher.erasures import is_pseudonym
from matcher.errors import NotFound, NotReady, UnusableModel
from matcher.features.space import attribute_space
from matcher.features.table import FeatureTable, featurise
from matcher.interactions import InteractionTable, local
from matcher.matching.joining import joined
from matcher.matching.pool import Pool, PoolContext, bare_pool, made_ready
from matcher.matching.relations import NO_RELATIONS, extended, without
from matcher.matching.sides import knowledge_of
from matcher.model.parameters import Model
from matcher.profiles import Profile, Role
from matcher.text.terms import inverse_document_frequency
from matcher.vocabulary import Vocabulary

Float32 = npt.NDArray[np.float32]


class Changes(Protocol):
    """What happened in the store after a revision."""

    @property
    def revision(self) -> int: ...
    @property
    def profiles(self) -> Sequence[Profile]: ...
    @property
    def removed(self) -> Sequence[str]: ...
    @property
    def interactions(self) -> InteractionTable: ...
    @property
    def retold(self) -> Sequence[str]: ...


class ProfileStore(VectorStore, Protocol):
    """What a snapshot reads of the store."""

    def revision(self) -> int: ...
    def changes_since(self, revision: int) -> Changes: ...
    def keys(self) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Pools by role, the large one first, then the fresh one where there is one.

    `waiting` are profiles, by key, that changed with many others and are not built in yet: in the pools they
    stand as they were before, or not at all.
    """

    model: Model
    revision: int
    attributes: Vocabulary
    context: PoolContext
    pools: Mapping[Role, tuple[Pool, ...]]
    waiting: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def fresh(self) -> int:
        """How many profiles stand in fresh pools."""
        return sum(len(pool) for pools in self.pools.values() for pool in pools[1:])

    def find(self, key: str, shown: str) -> tuple[Pool, int]:
        """Where a profile stands: its pool and row.

        Raises:
            NotFound: no such profile; the message names it as `shown`. NotReady: it is not built in yet.
        """
        for pools in self.pools.values():
            for pool in reversed(pools):
                if key in pool.keys and pool.present[pool.keys.row(key)]:
                    return pool, pool.keys.row(key)
        for pool, row in self._called(key):
            return pool, row
        if key in self.waiting:
            raise NotReady(f"profile {shown!r} came with many others a moment ago; try again soon")
        raise NotFound(f"no profile {shown!r}; ask for one that the list of profiles names")

    def _called(self, key: str) -> Iterator[tuple[Pool, int]]:
        """Where the profile stands that another one of this key was merged into."""
        for pools in self.pools.values():
            for pool in reversed(pools):
                for row in pool.names.get(key, ()):
                    if pool.present[row] and key in pool.profiles[row].keys:
                        yield pool, row

    def profile(self, key: str, organisation: str) -> Profile:
        """The profile behind a key, for an organisation that may see it.

        Raises:
            NotFound: none, or one of another organisation that is not shared.
        """
        pool, row = self.find(key, local(organisation, key))
        profile = pool.profiles[row]
        if profile.organisation != organisation and not pool.shared[row]:
            raise NotFound(
                f"no profile {local(organisation, key)!r}; ask for one that the list of profiles names"
            )
        return profile


@dataclass(frozen=True, slots=True)
class Sources:
    """Where snapshots come from."""

    store: ProfileStore
    encoder: Encoder


def take_snapshot(
    sources: Sources, model: Model, today: dt.date, progress: Progress = lambda _: None
) -> Snapshot:
    """Read the whole store. Texts that were never encoded are encoded (`progress` counts them).

    Raises:
        UnusableModel: the model was trained on another encoder's vectors.
    """
    refuse_other_encoder(model, sources.encoder)
    everything = sources.store.changes_since(0)
    profiles = everything.profiles
    relations = extended(NO_RELATIONS, everything.interactions)
    texts = encode_texts([profile.text for profile in profiles], sources.encoder, sources.store, progress)
    attributes = Vocabulary(model.attributes)
    table = featurise(profiles, texts, attributes)
    context = PoolContext(
        space=attribute_space(attributes),
        idf=inverse_document_frequency(table.terms) if model.idf is None else model.idf,
        knowledge={role: knowledge_of(part) for role, part in model.roles.items()},
        relations=relations,
        today=today,
    )
    bare = _bare_pools(profiles, table, context)
    pools = {role: (made_ready(pool, role, context),) for role, pool in bare.items()}
    return Snapshot(model, everything.revision, attributes, context, pools)


def refuse_other_encoder(model: Model, encoder: Encoder) -> None:
    """Texts are compared by vectors of one encoder.

    Raises:
        UnusableModel: the model was trained on another encoder's vectors.
    """
    if model.encoder and model.encoder != encoder.name():
        used, wanted = encoder.name(), model.encoder
        raise UnusableModel(
            f"model {model.version}: trained with the encoder {wanted!r}, not {used!r}; train again"
        )


def refreshed(
    snapshot: Snapshot,
    sources: Sources,
    today: dt.date,
    *,
    at_once: int | None = None,
    wanted: Iterable[str] = (),
) -> Snapshot:
    """The snapshot with what has changed in the store since; the same one where nothing has.

    Where more than `at_once` profiles changed (None: there is no such limit) they are left `waiting`, except
    those whose keys are `wanted`. Whatever else happened counts at once.
    """
    sought = tuple(wanted)
    if is_current(snapshot, sources, today, sought):
        return snapshot
    changes = sources.store.changes_since(snapshot.revision)
    removed = [*changes.removed, *_erased(snapshot, sources.store, changes.removed)]
    arrived = {profile.key: profile for profile in changes.profiles}
    waiting = {**snapshot.waiting, **arrived}
    for key in removed:
        waiting.pop(key, None)
    many = at_once is not None and len(arrived) > at_once
    due = dict.fromkeys([*([] if many else arrived), *sought])
    profiles = [waiting.pop(key) for key in due if key in waiting]
    known = replace(_with_interactions(snapshot, changes, today), waiting=waiting, revision=changes.revision)
    return _with_profiles(known, profiles, removed, sources)


def _erased(snapshot: Snapshot, store: ProfileStore, removed: Iterable[str]) -> set[str]:
    """The keys here of whoever was erased since: of them the store tells the pseudonym alone."""
    if not any(is_pseudonym(key) for key in removed):
        return set()
    pools = (pool for several in snapshot.pools.values() for pool in several)
    return {*snapshot.waiting, *(key for pool in pools for key in pool.keys.terms)} - store.keys()


def is_current(snapshot: Snapshot, sources: Sources, today: dt.date, wanted: Iterable[str] = ()) -> bool:
    """Whether it is of this day, nothing has changed in the store since, and none of the `wanted` waits."""
    if today != snapshot.context.today or any(key in snapshot.waiting for key in wanted):
        return False
    return sources.store.revision() == snapshot.revision


def absorbed(snapshot: Snapshot, sources: Sources, most: int) -> Snapshot:
    """The snapshot with the next `most` of those that wait built in."""
    waiting = list(snapshot.waiting.values())
    left = {profile.key: profile for profile in waiting[most:]}
    return _with_profiles(replace(snapshot, waiting=left), waiting[:most], (), sources)


def _with_interactions(snapshot: Snapshot, changes: Changes, today: dt.date) -> Snapshot:
    """What happened between pairs, and whose places it took; all places are counted anew on a new day."""
    if not (len(changes.interactions) or changes.retold) and today == snapshot.context.today:
        return snapshot
    before = without(snapshot.context.relations, changes.retold)
    relations = extended(before, changes.interactions)
    told = [*changes.interactions.partners.tolist(), *changes.retold]
    busy = told if today == snapshot.context.today else None
    pools = {
        role: tuple(pool.with_room(relations, today, busy) for pool in pools)
        for role, pools in snapshot.pools.items()
    }
    return replace(snapshot, pools=pools, context=replace(snapshot.context, relations=relations, today=today))


def _with_profiles(
    snapshot: Snapshot, profiles: Sequence[Profile], removed: Sequence[str], sources: Sources
) -> Snapshot:
    """Those who were removed count no more, and the profiles given stand in the fresh pools."""
    if not profiles and not removed:
        return snapshot
    attributes = Vocabulary(snapshot.attributes.terms)
    texts = encode_texts([profile.text for profile in profiles], sources.encoder, sources.store)
    table = featurise(profiles, texts, attributes)
    context = _widened(snapshot, attributes)
    arrived = _bare_pools(profiles, table, context)
    gone = [*(profile.key for profile in profiles), *removed]
    pools = {
        role: _with_fresh(role, [pool.without(gone) for pool in pools], arrived[role], context)
        for role, pools in snapshot.pools.items()
    }
    return replace(snapshot, attributes=attributes, context=context, pools=pools)


def _widened(snapshot: Snapshot, attributes: Vocabulary) -> PoolContext:
    grown = len(attributes) > len(snapshot.attributes)
    return replace(snapshot.context, space=attribute_space(attributes)) if grown else snapshot.context


def _with_fresh(role: Role, pools: Sequence[Pool], arrived: Pool, context: PoolContext) -> tuple[Pool, ...]:
    """The large pool, and a fresh one that holds whoever arrived beside those who were fresh before."""
    large, *fresh = pools
    together = joined([*fresh, arrived])
    if not len(together):
        return (large,)
    return large, (together if together.sides else made_ready(together, role, context))


def _bare_pools(profiles: Sequence[Profile], table: FeatureTable, context: PoolContext) -> dict[Role, Pool]:
    rows = {role: np.flatnonzero([profile.role is role for profile in profiles]) for role in Role}
    return {
        role: bare_pool(role, [profiles[row] for row in at.tolist()], table.take(at), context)
        for role, at in rows.items()
    }
