"""Everything that training learns, as plain arrays. An untrained model is complete and says nothing."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.model.combination import EXPERT_PRIOR, Combination, combination_of
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
class RoleModel:
    """What is known of one partner role.

    `partners`: keys that have history, one row each in `counts` (decayed deals by attribute, CSR
    [partners, attributes]), `deals` ([partners] decayed deals in all), `chosen` (CSR [partners, segments])
    and `partner_factors.own`. `segments`: attributes of each distinct kind of past deal, CSR [segments,
    attributes].
    """

    partners: Vocabulary
    counts: sp.csr_matrix
    deals: Float64
    segments: sp.csr_matrix
    chosen: sp.csr_matrix
    startup_factors: Embeddings
    partner_factors: Embeddings
    combination: Combination


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


def untrained_role(attributes: int = 0, combination: Combination | None = None) -> RoleModel:
    """A role of which nothing is known, over `attributes` columns."""
    return RoleModel(
        partners=Vocabulary(),
        counts=sp.csr_matrix((0, attributes), dtype=np.float32),
        deals=np.zeros(0),
        segments=sp.csr_matrix((0, attributes), dtype=np.float32),
        chosen=sp.csr_matrix((0, 0), dtype=np.float32),
        startup_factors=no_embeddings(attributes),
        partner_factors=no_embeddings(attributes),
        combination=combination or combination_of(EXPERT_PRIOR),
    )


def no_embeddings(attributes: int, dimensions: int = 1) -> Embeddings:
    """Factors that say nothing: all zero."""
    zeros = np.zeros
    return Embeddings(
        zeros((attributes, dimensions), np.float32),
        zeros(attributes, np.float32),
        zeros((0, dimensions), np.float32),
        zeros(0, np.float32),
    )
