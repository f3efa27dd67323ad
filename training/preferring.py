"""What staff preferred by hand, as choices of two: labels that move both halves, as staff judge pairs."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.cohorts.edits import Preference
from matcher.features.table import widened
from matcher.interactions import day_number
from matcher.matching.sides import knowledge_of, partner_side, startup_side
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.parameters import RoleModel
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from training.slices import NO_CHOICES, Choices
from training.world import World


def preferred_within(window: tuple[int, int], role: Role, world: World, known: RoleModel) -> Choices:
    """The preferences of the window (first day, end): of each the chosen one first, columns by what was
    known on the first day. Those that name somebody who is gone, or of another role, are left out."""
    first, end = window
    partners = world.partners[role]
    labels = [
        each
        for each in world.preferences
        if first <= day_number(each.at.date()) < end
        and each.startup in world.profiles
        and each.preferred in partners
        and each.over in partners
    ]
    return _choices(labels, world, known) if labels else NO_CHOICES


def _choices(labels: Sequence[Preference], world: World, known: RoleModel) -> Choices:
    knowledge = knowledge_of(known)
    startups = Vocabulary(each.startup for each in labels)
    partners = Vocabulary(key for each in labels for key in (each.preferred, each.over))
    asking, asked = world.table_of(startups.terms), world.table_of(partners.terms)
    wide = widened(asking.attributes, len(world.attributes))
    columns = signal_matrix(
        startup_side(startups.terms, replace(asking, attributes=wide), world.idf, knowledge),
        partner_side(partners.terms, asked, world.idf, knowledge),
        knowledge,
        world.space,
    )
    rows = startups.rows((each.startup for each in labels), unknown=-1)
    pairs = np.array([[partners.row(each.preferred), partners.row(each.over)] for each in labels])
    chosen = np.tile([True, False], (len(labels), 1))
    return Choices(
        columns[rows[:, None], pairs], np.ones(pairs.shape, np.float32), chosen, np.zeros_like(chosen)
    )
