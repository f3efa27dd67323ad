"""Models to save and load: one that knows nothing and one in which every array holds something."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import numpy as np
import scipy.sparse as sp

from matcher.model.parameters import Model, RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary

ATTRIBUTES = ("industry:ai", "industry:~量子点", "stage:angel")


def full_model(version: str = "20260301-full", seed: int = 0) -> Model:
    """A trained-looking model; another seed gives other content."""
    rng = np.random.default_rng(seed)
    roles: dict[Role, RoleModel] = {role: filled(RoleModel, rng) for role in (Role.MENTOR, Role.INVESTOR)}
    idf = rng.standard_normal(8).astype(np.float32)
    facts = {"settings": {"as_of": "2026-03-01", "seeds": (0, 1)}, "data": {"interactions": 3}}
    return Model(version, ATTRIBUTES, frozenset({"north:s1", "north:s2"}), idf, roles, "words", facts)


def filled(kind: Any, rng: np.random.Generator) -> Any:
    """A value of any type that a role's model is made of, with content of its own in every array.

    By type and not by name: a part that is added to the model is here the same day.
    """
    if kind is Vocabulary:
        return Vocabulary((f"north:i{rng.integers(10**9)}", f"south:伯乐{rng.integers(10**9)}"))
    if kind is float:
        return float(rng.random())
    if kind is sp.csr_matrix:
        return sp.csr_matrix(sp.random_array((4, 5), density=0.5, rng=rng, dtype=np.float32))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(*(filled(hints[field.name], rng) for field in fields(kind)))
    return (100 * rng.random((2, 3))).astype(get_args(get_args(kind)[1])[0])


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every array, number and list of strings of a model's part, under the path that leads to it."""
    if isinstance(value, sp.csr_matrix):
        yield f"{name}.shape", np.array(value.shape)
        yield from ((f"{name}.{part}", getattr(value, part)) for part in ("data", "indices", "indptr"))
    elif isinstance(value, Vocabulary):
        yield name, np.array(value.terms)
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))
    else:
        yield name, np.asarray(value)
