"""Everything that training learns, as plain arrays. An untrained model is complete and says nothing."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.model.cases import Cases, no_cases
from matcher.model.combination import EXPERT_PRIOR, HABITS, Combination, combination_of
from matcher.profiles import PARTNER_ROLES, Role
from matcher.vocabulary import Vocabulary

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

UNTRAINED = "profiles-only"


@dataclass(frozen=True, slots=True)
class Embeddings:
    """Hybrid factors of one side: a profile's factors are the sum over its attributes plus its own row.

    `attributes` [attributes, d], `attribute_bias` [attributes]; `own` [known profiles, d], `own_bias`
    [known profiles] (no rows where profiles have no factors of their own).
    """

    attributes: Float32
    attribute_bias: Float32
    own: Float32
    own_bias: Float32


@dataclass(frozen=True, slots=True)
class Record:
    """What each known partner has done, as CSR [partners, attributes] of one pattern, and in all.

    `counts`: deals decayed with age; `times`: deals as such; `latest`: the day of the last one (days since
    1970-01-01); `deals` [partners]: decayed deals in all.
    """

    counts: sp.csr_matrix
    times: sp.csr_matrix
    latest: sp.csr_matrix
    deals: Float64


@dataclass(frozen=True, slots=True)
class Tastes:
    """How deals are chosen, over the attributes that deals are `described` by (columns, [d]).

    `weights` [partners, d]: log-odds that a startup with the attribute is worth to each partner; no rows
    where there were too many to fit, and the record is counted instead. `whitening` [d + 1, d + 1]: what
    past deals tell of one another, the constant last; no rows where there were no deals.
    """

    described: npt.NDArray[np.int32]
    weights: Float32
    whitening: Float32


@dataclass(frozen=True, slots=True)
class Crowd:
    """Past deals by kind: `segments` are the attributes of each distinct kind, CSR [segments, attributes];
    `chosen` counts the partners' decayed deals of each, CSR [partners, segments], `recent` those of which
    hardly more than the last year's are left."""

    segments: sp.csr_matrix
    chosen: sp.csr_matrix
    recent: sp.csr_matrix


@dataclass(frozen=True, slots=True)
class Refusals:
    """Who was said no to: decayed counts by the startup's attributes, CSR [partners, attributes], and in all,
    [partners]. `declined` by the partner; `dismissed`: startups that waved the partner away."""

    declined: sp.csr_matrix
    declined_in_all: Float64
    dismissed: sp.csr_matrix
    dismissed_in_all: Float64


@dataclass(frozen=True, slots=True)
class Companions:
    """Whom startups have dealt with, and who is met together.

    `startups` are the keys of those with a deal; `partners` CSR [startups, partners] is 1 for each of theirs;
    `together` CSR [partners, partners] counts, decayed, the startups that two partners share; `closed` CSR
    [startups, attributes] is 1 for the stages whose round is known to be closed, and `asking` [startups] the
    stage's column that usually follows the last of them, −1 where unknown.
    """

    startups: Vocabulary
    partners: sp.csr_matrix
    together: sp.csr_matrix
    closed: sp.csr_matrix
    asking: npt.NDArray[np.int32]
    round_columns: npt.NDArray[np.int32]
    """The attributes that tell of a round: stages, amounts, currencies."""


@dataclass(frozen=True, slots=True)
class RoleModel:
    """What is known of one partner role. `partners` are the keys of the rows.

    `habits` [partners, len(HABITS)] float32: what is the partner's own whoever asks, NaN where unknown.
    `asks` [partners + 1, 2]: mean and variance of the log10 CNY of its deals, the last row everyone's.
    `prices` [partners]: what a place in a list that spreads exposure costs each (see
    `matcher.matching.exposure`); no rows where nothing was trained.
    """

    partners: Vocabulary
    record: Record
    tastes: Tastes
    crowd: Crowd
    companions: Companions
    refusals: Refusals
    habits: Float32
    asks: Float64
    startup_factors: Embeddings
    partner_factors: Embeddings
    combination: Combination
    prices: Float32 = field(default_factory=lambda: np.zeros(0, np.float32))
    cases: Cases = field(default_factory=no_cases)


@dataclass(frozen=True, slots=True)
class Model:
    """One model version. `startups` are the keys that have history (hot ones).

    `attributes` names the columns of every attribute array. `idf` is None where nothing was trained: the
    catalogue then counts words itself. `facts` is free JSON for people: settings, data window, metrics.
    """

    version: str
    attributes: tuple[str, ...]
    startups: frozenset[str]
    idf: Float32 | None
    roles: MappingProxyType[Role, RoleModel]
    encoder: str = ""
    facts: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def untrained() -> Model:
    """The model of day one: the expert prior over profiles alone."""
    roles = {role: untrained_role() for role in PARTNER_ROLES}
    return Model(UNTRAINED, (), frozenset(), None, MappingProxyType(roles))


def untrained_role(attributes: int = 0) -> RoleModel:
    """A role of which nothing is known, over `attributes` columns."""
    nothing = sp.csr_matrix((0, attributes), dtype=np.float32)
    return RoleModel(
        partners=Vocabulary(),
        record=Record(nothing, nothing, nothing, np.zeros(0)),
        tastes=no_tastes(),
        crowd=Crowd(nothing, *[sp.csr_matrix((0, 0), dtype=np.float32)] * 2),
        companions=no_companions(attributes),
        refusals=Refusals(nothing, np.zeros(0), nothing, np.zeros(0)),
        habits=np.zeros((0, len(HABITS)), np.float32),
        asks=np.full((1, 2), np.nan),
        startup_factors=no_embeddings(attributes),
        partner_factors=no_embeddings(attributes),
        combination=combination_of(EXPERT_PRIOR),
    )


def no_tastes() -> Tastes:
    """Tastes that say nothing."""
    empty = np.zeros((0, 0), np.float32)
    return Tastes(np.zeros(0, np.int32), empty, empty)


def no_companions(attributes: int) -> Companions:
    """Nobody has met."""
    nobody, none = sp.csr_matrix((0, 0), dtype=np.float32), np.zeros(0, np.int32)
    closed = sp.csr_matrix((0, attributes), dtype=np.float32)
    return Companions(Vocabulary(), nobody, nobody, closed, none, none)


def no_embeddings(attributes: int, dimensions: int = 1) -> Embeddings:
    """Factors that say nothing: all zero."""
    zeros = np.zeros
    return Embeddings(
        zeros((attributes, dimensions), np.float32),
        zeros(attributes, np.float32),
        zeros((0, dimensions), np.float32),
        zeros(0, np.float32),
    )
