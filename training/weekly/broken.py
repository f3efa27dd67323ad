"""Candidates that were broken on purpose: what the gate must never let through."""

import dataclasses
from types import MappingProxyType

import numpy as np

from matcher.model.parameters import Model, RoleModel, untrained_role
from matcher.profiles import PARTNER_ROLES, Role
from matcher.vocabulary import Vocabulary

SHUFFLED, FLIPPED, MISSING = "labels shuffled", "sign flipped", "role missing"
BREAKS = (SHUFFLED, FLIPPED, MISSING)


def broken(model: Model, way: str, seed: int = 0) -> Model:
    """The model as a mistake would have made it.

    Labels shuffled: every partner has another one's past. Sign flipped: the least likely are the best. Role
    missing: nothing was learned of the roles that had deals.
    """
    make = {SHUFFLED: _shuffled, FLIPPED: _flipped, MISSING: _missing}[way]
    roles = {role: make(model, role, seed) for role in PARTNER_ROLES}
    return dataclasses.replace(model, version=f"{model.version}-broken", roles=MappingProxyType(roles))


def _shuffled(model: Model, role: Role, seed: int) -> RoleModel:
    part = model.roles[role]
    order = np.random.default_rng(seed).permutation(len(part.partners))
    return dataclasses.replace(part, partners=Vocabulary(part.partners.terms[row] for row in order.tolist()))


def _flipped(model: Model, role: Role, seed: int) -> RoleModel:
    part, combination = model.roles[role], model.roles[role].combination
    turned = dataclasses.replace(combination, startup=-combination.startup, partner=-combination.partner)
    return dataclasses.replace(part, combination=turned)


def _missing(model: Model, role: Role, seed: int) -> RoleModel:
    return untrained_role(len(model.attributes))
