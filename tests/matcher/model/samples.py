"""Models to save and load: one that knows nothing and one in which every array holds something."""

import numpy as np
import scipy.sparse as sp

from matcher.model.combination import EXPERT_PRIOR, combination_of
from matcher.model.parameters import Embeddings, Model, RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary

ATTRIBUTES = ("industry:ai", "industry:~量子点", "stage:angel")


def full_model(version: str = "20260301-full", seed: int = 0) -> Model:
    """A trained-looking model; another seed gives other content."""
    rng = np.random.default_rng(seed)
    roles = {Role.MENTOR: _role(rng, ("north:m1",)), Role.INVESTOR: _role(rng, ("north:i1", "south:伯乐"))}
    facts = {"settings": {"as_of": "2026-03-01", "seeds": (0, 1)}, "data": {"interactions": 3}}
    return Model(
        version, ATTRIBUTES, frozenset({"north:s1", "north:s2"}), _floats(rng, 8), roles, "words", facts
    )


def _role(rng: np.random.Generator, partners: tuple[str, ...]) -> RoleModel:
    n, segments = len(partners), 2
    return RoleModel(
        partners=Vocabulary(partners),
        counts=_sparse(rng, n, len(ATTRIBUTES)),
        deals=rng.random(n),
        segments=_sparse(rng, segments, len(ATTRIBUTES)),
        chosen=_sparse(rng, n, segments),
        startup_factors=_embeddings(rng, own=0),
        partner_factors=_embeddings(rng, own=n),
        combination=combination_of(EXPERT_PRIOR),
    )


def _embeddings(rng: np.random.Generator, own: int) -> Embeddings:
    return Embeddings(_floats(rng, 3, 2), _floats(rng, 3), _floats(rng, own, 2), _floats(rng, own))


def _floats(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.standard_normal(shape).astype(np.float32)


def _sparse(rng: np.random.Generator, rows: int, columns: int) -> sp.csr_matrix:
    return sp.csr_matrix(np.abs(_floats(rng, rows, columns)))
