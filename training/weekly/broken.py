"""Candidates that were broken on purpose: what the gate must never let through."""

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from matcher.model.parameters import Model, RoleModel, untrained_role
from matcher.profiles import PARTNER_ROLES
from matcher.vocabulary import Vocabulary

SHUFFLED, FLIPPED, MISSING = "labels shuffled", "sign flipped", "role missing"
BREAKS = (SHUFFLED, FLIPPED, MISSING)


def broken(model: Model, way: str, seed: int = 0) -> Model:
    """The model as a mistake would have made it.

    Labels shuffled: every partner has another one's past. Sign flipped: the least likely are the best. Role
    missing: nothing was learned of the roles that had deals.
    """
    make: Mapping[str, Callable[[RoleModel], RoleModel]] = {
        SHUFFLED: lambda part: _shuffled(part, seed),
        FLIPPED: _flipped,
        MISSING: lambda _: untrained_role(len(model.attributes)),
    }
    roles = {role: make[way](model.roles[role]) for role in PARTNER_ROLES}
    return dataclasses.replace(model, version=f"{model.version}-broken", roles=MappingProxyType(roles))


def _shuffled(part: RoleModel, seed: int) -> RoleModel:
    order = np.random.default_rng(seed).permutation(len(part.partners)).tolist()
    return dataclasses.replace(part, partners=Vocabulary(part.partners.terms[row] for row in order))


def _flipped(part: RoleModel) -> RoleModel:
    right = part.combination
    turned = dataclasses.replace(right, startup=-right.startup, partner=-right.partner)
    return dataclasses.replace(part, combination=turned)
