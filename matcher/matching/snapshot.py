"""A snapshot: one model and the store at one revision, as arrays. Immutable: a request answers from one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import Progress, VectorStore
from matcher.encoding.encoder import Encoder
from matcher.encoding.texts import encode_texts
from matcher.errors import NotFound, UnusableModel
from matcher.features.space import attribute_space
from matcher.features.table import FeatureTable, featurise
from matcher.interactions import InteractionTable, local
from matcher.matching.pool import Pool, PoolContext, pool_of
from matcher.matching.relations import NO_RELATIONS, extended
from matcher.matching.sides import knowledge_of
from matcher.model.parameters import Model
from matcher.profiles import Profile, Role
from matcher.text.terms import inverse_document_frequency
from matcher.vocabulary import Vocabulary

Float32 = npt.NDArray[np.float32]

FRESH = 1000
"""With so many changed profiles the fresh pool is folded into the large one."""


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


class ProfileStore(VectorStore, Protocol):
    """What a snapshot reads of the store."""

    def revision(self) -> int: ...
    def changes_since(self, revision: int) -> Changes: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Pools by role, the large one first, then the fresh one where there is one."""

    model: Model
    revision: int
    attributes: Vocabulary
    context: PoolContext
    pools: Mapping[Role, tuple[Pool, ...]]

    def find(self, key: str, shown: str) -> tuple[Pool, int]:
        """Where a profile stands: its pool and row.

        Raises:
            NotFound: no such profile; the message names it as `shown`.
        """
        for pools in self.pools.values():
            for pool in reversed(pools):
                if key in pool.keys and pool.present[pool.keys.row(key)]:
                    return pool, pool.keys.row(key)
        raise NotFound(f"no profile {shown!r}; ask for one that the list of profiles names")

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
    _refuse_other_encoder(model, sources.encoder)
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
    pools = {role: (pool,) for role, pool in _pools(profiles, table, context).items()}
    return Snapshot(model, everything.revision, attributes, context, pools)


def _refuse_other_encoder(model: Model, encoder: Encoder) -> None:
    if model.encoder and model.encoder != encoder.name():
        used, wanted = encoder.name(), model.encoder
        raise UnusableModel(
            f"model {model.version}: trained with the encoder {wanted!r}, not {used!r}; train again"
        )


def refreshed(snapshot: Snapshot, sources: Sources, today: dt.date) -> Snapshot:
    """The snapshot with what has changed in the store since; the same one where nothing has."""
    if sources.store.revision() == snapshot.revision and today == snapshot.context.today:
        return snapshot
    changes = sources.store.changes_since(snapshot.revision)
    if len(changes.profiles) + _fresh_size(snapshot) > FRESH:
        return take_snapshot(sources, snapshot.model, today)
    relations = extended(snapshot.context.relations, changes.interactions)
    changed = _with_fresh(snapshot, changes, sources)
    context = replace(changed.context, relations=relations, today=today)
    busy = changes.interactions.partners.tolist() if today == snapshot.context.today else None
    pools = {
        role: tuple(pool.with_room(relations, today, busy) for pool in pools)
        for role, pools in changed.pools.items()
    }
    return replace(changed, revision=changes.revision, context=context, pools=pools)


def _with_fresh(snapshot: Snapshot, changes: Changes, sources: Sources) -> Snapshot:
    """The fresh pools built again from what they held and what has changed."""
    if not changes.profiles and not changes.removed:
        return snapshot
    gone = [profile.key for profile in changes.profiles] + list(changes.removed)
    kept = [profile for profile in _fresh_profiles(snapshot) if profile.key not in set(gone)]
    profiles = [*kept, *changes.profiles]
    texts = encode_texts([profile.text for profile in profiles], sources.encoder, sources.store)
    attributes = Vocabulary(snapshot.attributes.terms)
    table = featurise(profiles, texts, attributes)
    context = replace(snapshot.context, space=attribute_space(attributes))
    fresh = _pools(profiles, table, context)
    pools = {
        role: (pools[0].without(gone), fresh[role]) if len(fresh[role]) else (pools[0].without(gone),)
        for role, pools in snapshot.pools.items()
    }
    return replace(snapshot, attributes=attributes, context=context, pools=pools)


def _pools(profiles: Sequence[Profile], table: FeatureTable, context: PoolContext) -> dict[Role, Pool]:
    rows = {role: np.flatnonzero([profile.role is role for profile in profiles]) for role in Role}
    return {
        role: pool_of(role, [profiles[row] for row in at.tolist()], table.take(at), context)
        for role, at in rows.items()
    }


def _fresh_profiles(snapshot: Snapshot) -> list[Profile]:
    return [profile for pools in snapshot.pools.values() for pool in pools[1:] for profile in pool.profiles]


def _fresh_size(snapshot: Snapshot) -> int:
    return sum(len(pool) for pools in snapshot.pools.values() for pool in pools[1:])
