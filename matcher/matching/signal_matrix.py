"""All signals of startups × partners at once: the one place where signals meet the sides' arrays."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.space import AttributeSpace
from matcher.features.table import widened
from matcher.matching.sides import Knowledge, PartnerSide, StartupSide
from matcher.model.combination import SIGNALS
from matcher.signals import affinity, behaviour, declared, text

Float32 = npt.NDArray[np.float32]

DESCRIPTION_WEIGHTS = {
    Family.INDUSTRY: 2.0,
    Family.REGION: 1.5,
    Family.STAGE: 1.2,
    Family.AMOUNT: 0.8,
    Family.CURRENCY: 0.5,
}
"""What it is worth, in log-likeness, that a past deal agrees with the startup in each family."""


def signal_matrix(
    startups: StartupSide, partners: PartnerSide, knowledge: Knowledge, space: AttributeSpace
) -> Float32:
    """Every signal of every pair, float32 [startups, partners, len(SIGNALS)]; NaN is unknown."""
    signals = {
        "semantic": lambda: text.semantic(startups.table.texts, partners.table.texts),
        "lexical": lambda: text.lexical(startups.words, partners.words),
        "ticket": lambda: declared.ticket(startups.table.amounts, partners.table.amounts),
        "activity": lambda: behaviour.activity(partners.log_activity, len(startups.table)),
        "factors": lambda: behaviour.factors(
            startups.factors, startups.bias, partners.factors, partners.bias
        ),
        "neighbours": lambda: _neighbours(startups, partners, knowledge, space),
        **_declared(startups, partners, space),
        **_affinity(startups, partners, space),
    }
    out = np.empty((len(startups.table), len(partners.table), len(SIGNALS)), dtype=np.float32)
    for column, name in enumerate(SIGNALS):
        out[:, :, column] = signals[name]()
    return out


Signal = Callable[[], Float32]


def _declared(startups: StartupSide, partners: PartnerSide, space: AttributeSpace) -> dict[str, Signal]:
    def coverage(family: Family) -> Float32:
        wanted = space.of(startups.table.attributes, family)
        return declared.coverage(wanted, space.of(partners.table.attributes, family))

    def nearest_stage() -> Float32:
        wanted, given = (space.stages_of(side.table.attributes) for side in (startups, partners))
        return declared.nearest(wanted, given, space.stage_closeness)

    return {
        "needs": lambda: coverage(Family.SERVICE),
        "industry": lambda: coverage(Family.INDUSTRY),
        "region": lambda: coverage(Family.REGION),
        "stage": nearest_stage,
    }


def _affinity(startups: StartupSide, partners: PartnerSide, space: AttributeSpace) -> dict[str, Signal]:
    seen = np.zeros(space.columns, dtype=bool)
    seen[: len(partners.affinity.seen)] = partners.affinity.seen
    history = affinity.Affinity(widened(partners.affinity.gains, space.columns), partners.affinity.base, seen)

    def lift(*families: Family) -> Float32:
        return affinity.lift(space.of(startups.table.attributes, *families), history)

    return {
        "affinity_industry": lambda: lift(Family.INDUSTRY),
        "affinity_region": lambda: lift(Family.REGION),
        "affinity_stage": lambda: lift(Family.STAGE),
        "affinity_ask": lambda: lift(Family.AMOUNT, Family.CURRENCY),
    }


def _neighbours(
    startups: StartupSide, partners: PartnerSide, knowledge: Knowledge, space: AttributeSpace
) -> Float32:
    weights = description_weights(widened(startups.table.attributes, space.columns), space)
    likeness = behaviour.likeness(weights, widened(knowledge.model.segments, space.columns))
    return behaviour.neighbours(likeness, partners.chosen, knowledge.segment_totals)


def description_weights(startups: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """What sharing each attribute of a startup is worth: the family's weight, split evenly over its terms."""
    row_of = np.repeat(np.arange(startups.shape[0]), np.diff(startups.indptr))
    worth = np.zeros(len(startups.data))
    for family, weight in DESCRIPTION_WEIGHTS.items():
        part = space.of(startups, family).data
        terms = np.bincount(row_of, weights=part, minlength=startups.shape[0])
        worth += weight * part / np.maximum(terms, 1)[row_of]
    return sp.csr_matrix((worth.astype(np.float32), startups.indices, startups.indptr), shape=startups.shape)
