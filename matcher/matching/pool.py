"""A pool: profiles of one role as aligned rows, ready to be searched and scored.

A role's profiles stand in one large pool and, for what changed since it was built, one small fresh pool of
the same kind (as the segments of a search engine do): a profile added a second ago costs a small pool, not a
new copy of the large one. `present` tells which rows still count.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.features.space import AttributeSpace
from matcher.features.table import FeatureTable
from matcher.index import ExactIndex
from matcher.interactions import qualified
from matcher.matching.relations import Relations
from matcher.matching.retrieval import Blocks, partner_blocks, projection, sampled, startup_blocks
from matcher.matching.sides import Knowledge, PartnerSide, StartupSide, partner_side, startup_side
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.text.comparable import comparable
from matcher.vocabulary import Rows, Vocabulary

Float32 = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Side = StartupSide | PartnerSide

_AT_ONCE = 4096
EXHAUSTIVE = 2000
"""Up to so many candidates are all scored in full; beyond it the index chooses them."""


@dataclass(frozen=True, slots=True)
class SearchSpace:
    """An index over a pool's projected vectors, and the projection `basis` [width, d] that made them."""

    index: ExactIndex
    basis: Float32

    def vector(self, query: Blocks) -> Float32:
        """The one query as a vector of this space, shape [d]; newer attributes count nothing."""
        return np.asarray(query.narrowed(len(self.basis)).times(self.basis)[0])


@dataclass(frozen=True, slots=True)
class Pool:
    """n profiles of one role. Arrays are of length n; `table` is what the profiles say, whatever the model.

    `sides` and `search` are keyed by the partner role whose model made them: a startup pool has one per
    partner role, a partner pool its own. `refusals` maps a key or comparable name to the rows that refuse it;
    `names` a comparable name to its rows, and what was merged into them by key and comparable name.
    """

    profiles: Sequence[Profile]
    keys: Vocabulary
    table: FeatureTable
    present: Mask
    active: Mask
    deploying: Mask
    organisations: Vocabulary
    owners: Rows
    """Whose each profile is, as rows of `organisations`."""
    shared: Mask
    room: npt.NDArray[np.float64]
    """Places left, +inf where the capacity is unknown."""
    refusals: Mapping[str, Sequence[int]]
    names: Mapping[str, Sequence[int]]
    sides: Mapping[Role, Side]
    search: Mapping[Role, SearchSpace]

    def __len__(self) -> int:
        return len(self.profiles)

    def without(self, keys: Sequence[str]) -> "Pool":
        """The same pool in which the profiles named no longer count."""
        rows = self.keys.known(keys)
        if not self.present[rows].any():
            return self
        present = self.present.copy()
        present[rows] = False
        return replace(self, present=present)

    def with_room(self, relations: Relations, today: dt.date, keys: Iterable[str] | None = None) -> "Pool":
        """The same pool with the places of the profiles named (all where None) counted anew."""
        rows = np.arange(len(self)) if keys is None else np.unique(self.keys.known(keys))
        room = self.room.copy()
        room[rows] = room_of([self.profiles[row] for row in rows.tolist()], relations, today)
        return replace(self, room=room)


@dataclass(frozen=True, slots=True)
class PoolContext:
    """What a pool is built with, the same for every pool of a snapshot."""

    space: AttributeSpace
    idf: Float32
    knowledge: Mapping[Role, Knowledge]
    relations: Relations
    today: dt.date


def bare_pool(role: Role, profiles: Sequence[Profile], table: FeatureTable, context: PoolContext) -> Pool:
    """The pool of `profiles`, whose features are `table` (same order), before any model: `made_ready` makes
    it ready. An empty pool is a pool."""
    keys = Vocabulary(profile.key for profile in profiles)
    organisations = Vocabulary(profile.organisation for profile in profiles)
    return Pool(
        profiles=profiles,
        keys=keys,
        table=table,
        present=np.ones(len(profiles), dtype=bool),
        active=np.array([profile.takes_part for profile in profiles], dtype=bool),
        deploying=np.array([profile.deploying is not False for profile in profiles], dtype=bool),
        organisations=organisations,
        owners=organisations.rows((profile.organisation for profile in profiles), unknown=-1),
        shared=np.array([profile.shared and role is not Role.STARTUP for profile in profiles], dtype=bool),
        room=room_of(profiles, context.relations, context.today),
        refusals=_refusals(profiles),
        names=_names(profiles),
        sides={},
        search={},
    )


def made_ready(pool: Pool, role: Role, context: PoolContext) -> Pool:
    """The same profiles joined with what the context's model knows, and ready to be searched."""
    sides = _sides(pool, role, context)
    large = len(pool) > EXHAUSTIVE
    search = {r: _search_space(side, r, context) for r, side in sides.items()} if large else {}
    return replace(pool, sides=sides, search=search)


def blocks_of(side: Side, role: Role, context: PoolContext) -> Blocks:
    """The side's retrieval vectors under `role`'s model."""
    if isinstance(side, StartupSide):
        return startup_blocks(side, context.knowledge[role], context.space)
    return partner_blocks(side, context.knowledge[role], context.space)


def room_of(profiles: Sequence[Profile], relations: Relations, today: dt.date) -> npt.NDArray[np.float64]:
    """Places left of each profile on a day: capacity less places taken this cycle; +inf where unknown."""
    return np.array(
        [
            np.inf
            if profile.capacity is None
            else profile.capacity - relations.places_taken(profile.key, today)
            for profile in profiles
        ]
    )


def _sides(pool: Pool, role: Role, context: PoolContext) -> Mapping[Role, Side]:
    keys, table, known = pool.keys.terms, pool.table, context.knowledge
    if role is Role.STARTUP:
        return MappingProxyType({r: startup_side(keys, table, context.idf, known[r]) for r in PARTNER_ROLES})
    return MappingProxyType({role: partner_side(keys, table, context.idf, known[role])})


def _search_space(side: Side, role: Role, context: PoolContext) -> SearchSpace:
    """Vectors are made for some rows at a time: all of them before projection would be much larger."""
    size = len(side)
    basis = projection(blocks_of(side.take(sampled(size)), role, context))
    vectors = np.empty((size, basis.shape[1]), dtype=np.float32)
    for start in range(0, size, _AT_ONCE):
        rows = np.arange(start, min(start + _AT_ONCE, size))
        vectors[rows[0] : rows[-1] + 1] = blocks_of(side.take(rows), role, context).times(basis)
    return SearchSpace(ExactIndex(vectors), basis)


def _refusals(profiles: Sequence[Profile]) -> Mapping[str, Sequence[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, profile in enumerate(profiles):
        for reference in (*profile.exclude, *profile.conflicts):
            rows[qualified(profile.organisation, reference)].append(row)
            rows[comparable(reference)].append(row)
    return rows


def _names(profiles: Sequence[Profile]) -> Mapping[str, Sequence[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, profile in enumerate(profiles):
        for name in {*map(comparable, profile.names), *profile.keys[1:]}:
            rows[name].append(row)
    return rows


def rows_named(pool: Pool, organisation: str, references: Sequence[str]) -> Rows:
    """Rows that any of the references (ids, keys or names, as `organisation` writes them) means."""
    wanted = [qualified(organisation, reference) for reference in references]
    names = [*wanted, *map(comparable, references)]
    named = [row for name in names for row in pool.names.get(name, ())]
    return np.concatenate([pool.keys.known(wanted), np.array(named, dtype=np.intp)])
