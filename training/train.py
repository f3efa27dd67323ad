"""Training: profiles and interactions before a date → one model."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.interactions import day_number
from matcher.matching.sides import knowledge_of, partner_side, startup_side
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.bundle import model_hash
from matcher.model.parameters import Model, RoleModel
from matcher.profiles import PARTNER_ROLES, Role
from training.deals import DECAY_DAYS
from training.factors import FactorSettings
from training.judging import Facts, judged
from training.levels import Heard, levelled
from training.pricing import priced
from training.roles import Step, role_on
from training.scaling import prior_on
from training.slices import Slice, windows
from training.slicing import slice_of
from training.weekly.checks.portrait import portrait_of
from training.world import Data, World, world_of

Float32 = npt.NDArray[np.float32]
DEFAULT = FactorSettings()
_EPOCH = dt.date(1970, 1, 1).toordinal()

PAIRS_SIDE = 300
"""Where no slice tells, so many startups × so many partners are measured, spread evenly over the data."""
LEAST_DEALS = 20
"""With fewer deals there is nothing to learn a combination from: the slices are not made."""


def train(
    data: Data,
    as_of: dt.date,
    settings: FactorSettings = DEFAULT,
    step: Step = lambda _: None,
) -> Model:
    """A model of everything that happened before `as_of`. `step` hears what begins.

    Works with no interactions at all: what cannot be learned stays as it is in the untrained model.
    The version is the last day that was learned from and the first digits of the content hash: equal input
    gives an equal version.
    """
    step("featurise")
    day = day_number(as_of)
    world = world_of(data, day)
    fitted = _fit_roles(day, world, settings, step)
    model = Model(
        version="",
        attributes=tuple(world.attributes.terms),
        startups=frozenset(world.events.startups.tolist()),
        idf=world.idf,
        roles=MappingProxyType({role: model for role, (model, _) in fitted.items()}),
        encoder=data.encoder,
        facts=MappingProxyType(
            _facts(data, world, as_of, settings)
            | {"learned": {role.value: found for role, (_, found) in fitted.items()}}
        ),
    )
    return dataclasses.replace(
        model, version=f"{as_of - dt.timedelta(days=1):%Y%m%d}-{model_hash(model)[:10]}"
    )


def _fit_roles(
    day: int, world: World, settings: FactorSettings, step: Step
) -> dict[Role, tuple[RoleModel, Facts]]:
    """Each role's model, and what was found on the way to its combination."""
    models, found, heard = {}, {}, {}
    for role in PARTNER_ROLES:
        step(f"{role}: {world.deals[role]} deals")
        models[role] = role_on(day, role, world, settings)
        columns = _sample(role, models[role], world)
        prior = prior_on(columns, world.deals[role], len(world.partners[role]))
        told = judged(prior, _slices(role, day, world, settings, step))
        heard[role], found[role] = Heard(told.combination, told.answers, columns), told.facts
    combinations = levelled(heard)
    return {
        role: (priced(dataclasses.replace(model, combination=combinations[role]), world), found[role])
        for role, model in models.items()
    }


def _slices(role: Role, day: int, world: World, settings: FactorSettings, step: Step) -> list[Slice]:
    """The temporal slices, the latest first; none where there is too little to learn from."""
    if world.deals[role] < LEAST_DEALS:
        return []
    slices = []
    for first, end in windows(day):
        step(f"{role}: the {end - first} days from {dt.date.fromordinal(first + _EPOCH)}")
        slices.append(slice_of((first, end), role, world, role_on(first, role, world, settings)))
    return slices


def _sample(role: Role, model: RoleModel, world: World) -> Float32:
    """Columns of some pairs of today, spread evenly over the data."""
    startups = [key for key, profile in world.profiles.items() if profile.role is Role.STARTUP]
    some, others = _spread(startups), _spread(world.partners[role].terms)
    knowledge = knowledge_of(model)
    return signal_matrix(
        startup_side(some, world.table_of(some), world.idf, knowledge),
        partner_side(others, world.table_of(others), world.idf, knowledge),
        knowledge,
        world.space,
    )


def _spread(keys: Sequence[str]) -> list[str]:
    """At most PAIRS_SIDE keys, evenly spaced."""
    places = np.linspace(0, max(len(keys) - 1, 0), min(len(keys), PAIRS_SIDE)).astype(int)
    return [keys[place] for place in np.unique(places).tolist()]


def _facts(data: Data, world: World, as_of: dt.date, settings: FactorSettings) -> dict[str, object]:
    """What the manifest tells people; "settings" also enters the content hash."""
    days = world.events.days
    return {
        "settings": {
            "as_of": as_of.isoformat(),
            "decay_days": DECAY_DAYS,
            "factors": dataclasses.asdict(settings),
        },
        "data": {
            **portrait_of(data.profiles, len(days)).to_dict(),
            "first_day": int(days.min()) if len(days) else None,
            "last_day": int(days.max()) if len(days) else None,
            "deals": {role.value: count for role, count in world.deals.items()},
        },
    }
