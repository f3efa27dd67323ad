"""The prices of a role's partners, from lists of the startups that came last: those to come are like them.

They are asked for as if they were new: the lists of those who have partners already show others of their
partners' circle, and prices made from them cost new startups three times as much as they spread.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.matching.exposure import CONSIDERED
from matcher.matching.scoring import log_odds, two_sided
from matcher.matching.sides import knowledge_of, partner_side, startup_side
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.parameters import RoleModel
from matcher.profiles import Profile, Role
from training.exposure import Sample, exposure_prices
from training.world import World

Float64 = npt.NDArray[np.float64]

MOST_STARTUPS = 1000
MOST_PAIRS = 500_000
"""So many pairs are scored for a role, at about ten microseconds each."""
_AT_ONCE = 50
_NOBODY = ""
"""The key of somebody with no past."""


def priced(model: RoleModel, world: World) -> RoleModel:
    """The role's model with the prices of its partners, under the combination that serves."""
    partners = [world.profiles[key] for key in model.partners.terms]
    startups = latest_startups(world, min(MOST_STARTUPS, MOST_PAIRS // max(len(partners), 1)))
    if not startups or not partners:
        return model
    parts = list(_best(model, world, startups))
    sample = Sample(*(np.concatenate([part[at] for part in parts]) for at in (0, 1)))
    prices = exposure_prices(sample, np.array([_capacity(profile) for profile in partners]))
    return replace(model, prices=prices.astype(np.float32))


def latest_startups(world: World, most: int) -> list[str]:
    """Keys of the startups with the latest events, the latest first; without any event, the first by key."""
    active = list(dict.fromkeys(reversed(world.events.startups.tolist())))
    startups = [key for key in active if key in world.profiles]
    if not startups:
        startups = [key for key, profile in world.profiles.items() if profile.role is Role.STARTUP]
    return startups[:most]


def _best(
    model: RoleModel, world: World, startups: list[str]
) -> Iterator[tuple[npt.NDArray[np.intp], Float64]]:
    """Rows and scores of each startup's best partners, some startups at a time."""
    knowledge, keys = knowledge_of(model), model.partners.terms
    partners = partner_side(keys, world.table_of(keys), world.idf, knowledge)
    for start in range(0, len(startups), _AT_ONCE):
        asked = startups[start : start + _AT_ONCE]
        some = startup_side([_NOBODY] * len(asked), world.table_of(asked), world.idf, knowledge)
        columns = signal_matrix(some, partners, knowledge, world.space)
        scores = two_sided(log_odds(columns, model.combination))
        rows = np.argsort(-scores, axis=1, kind="stable")[:, :CONSIDERED]
        yield rows, np.take_along_axis(scores, rows, axis=1)


def _capacity(profile: Profile) -> float:
    return np.nan if profile.capacity is None else float(profile.capacity)
