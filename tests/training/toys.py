"""Worlds and slices made by hand, small enough to know the right answer."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.interactions import Interaction, day_number
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination, combination_of
from matcher.profiles import Profile
from tests.matcher.worlds import TODAY, VectorMemory, WordEncoder, ordered
from training.factors import FactorSettings
from training.slices import Choices, Replies, Slice
from training.world import World, read_data, world_of

Float32 = npt.NDArray[np.float32]

DAY = day_number(TODAY)
SMALL = FactorSettings(dimensions=4, epochs=2, seeds=(0,))
PRIOR = combination_of(EXPERT_PRIOR)


def world(people: Sequence[Profile], events: Sequence[Interaction], as_of: int = DAY) -> World:
    """The world of these people before the day."""
    people = sorted(people, key=lambda profile: profile.key)
    data = read_data(people, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)
    return world_of(data, as_of)


def columns(shape: tuple[int, ...], **known: npt.ArrayLike) -> Float32:
    """Columns [*shape, columns] of pairs of which only these are known."""
    out = np.full((*shape, len(COLUMNS)), np.nan, np.float32)
    for name, values in known.items():
        out[..., COLUMNS.index(name)] = values
    return out


def choices(
    deals: npt.ArrayLike, wanted: npt.ArrayLike | None = None, stands_for: float = 1, **known: npt.ArrayLike
) -> Choices:
    """Queries whose candidates all stand for as many; `deals`, `wanted` [queries, candidates]."""
    dealt = np.asarray(deals, dtype=bool)
    asked = np.zeros_like(dealt) if wanted is None else np.asarray(wanted, dtype=bool)
    standing = np.full(dealt.shape, stands_for, np.float32)
    return Choices(columns(dealt.shape, **known), standing, dealt, asked)


def replies(yes: Sequence[bool] = (), **known: npt.ArrayLike) -> Replies:
    """Answers of one side."""
    said = np.asarray(yes, dtype=bool)
    return Replies(columns(said.shape, **known), said)


def slice_with(
    chosen: Choices | None = None, startups: Replies | None = None, partners: Replies | None = None
) -> Slice:
    """A slice of which only this is known."""
    none = choices(np.zeros((0, 0)))
    return Slice(chosen or none, startups or replies(), partners or replies())


def weights(combination: Combination, name: str) -> tuple[float, float]:
    """Weights of a column for the startup's half and for the partner's."""
    at = COLUMNS.index(name)
    return float(combination.startup[at]), float(combination.partner[at])
