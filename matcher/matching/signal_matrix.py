"""All columns of startups × partners at once: the one place where signals meet the sides' arrays."""

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.space import AttributeSpace
from matcher.features.table import widened
from matcher.matching.sides import Knowledge, PartnerSide, StartupSide
from matcher.model.combination import COLUMNS, HABITS
from matcher.signals import affinity, asks, behaviour, declared, text
from matcher.signals.meeting import EVERYBODY, Chosen, Meeting
from matcher.signals.products import products

Float32 = npt.NDArray[np.float32]

DESCRIPTION_WEIGHTS = {
    Family.INDUSTRY: 2.0,
    Family.REGION: 1.5,
    Family.STAGE: 1.2,
    Family.AMOUNT: 0.8,
    Family.CURRENCY: 0.5,
}
"""What it is worth, in log-likeness, that a past deal agrees with the startup in each family."""
_REFUSED = (Family.INDUSTRY, Family.REGION, Family.STAGE, Family.SERVICE)
"""What tells like startups from others where one was refused."""


def signal_matrix(
    startups: StartupSide,
    partners: PartnerSide,
    knowledge: Knowledge,
    space: AttributeSpace,
    meeting: Meeting = EVERYBODY,
) -> Float32:
    """Every column of every pair, float32 [startups, partners, len(COLUMNS)]; NaN is unknown.

    Where only chosen ones meet it is [pairs, len(COLUMNS)]; each pair has the same bits in either.
    """
    columns = {
        "semantic": lambda: text.semantic(startups.table.texts, partners.table.texts, meeting),
        "lexical": lambda: text.lexical(startups.words, partners.words, meeting),
        "ticket": lambda: declared.ticket(startups.table.amounts, partners.table.amounts, meeting),
        "factors": lambda: behaviour.factors(
            startups.factors, startups.bias, partners.factors, partners.bias, meeting
        ),
        "companions": lambda: behaviour.companions(
            startups.friends, partners.together, knowledge.together_totals, meeting
        ),
        "share": lambda: _share(startups, partners, knowledge, space, meeting),
        **_neighbours(startups, partners, knowledge, space, meeting),
        **_asks(startups, partners, knowledge, meeting),
        **_declared(startups, partners, space, meeting),
        **_affinity(startups, partners, knowledge, space, meeting),
        **_refusals(startups, partners, space, meeting),
        **_habits(startups, partners, meeting),
    }
    out = np.empty((*_shape(startups, partners, meeting), len(COLUMNS)), dtype=np.float32)
    for column, name in enumerate(COLUMNS):
        out[..., column] = columns[name]()
    return out


def _shape(startups: StartupSide, partners: PartnerSide, meeting: Meeting) -> tuple[int, ...]:
    if isinstance(meeting, Chosen):
        return (len(meeting.of_startup),)
    return (len(startups.table), len(partners.table))


Signal = Callable[[], Float32]


def _declared(
    startups: StartupSide, partners: PartnerSide, space: AttributeSpace, meeting: Meeting
) -> dict[str, Signal]:
    def coverage(family: Family) -> Float32:
        wanted = space.of(startups.table.attributes, family)
        return declared.coverage(wanted, space.of(partners.table.attributes, family), meeting)

    def nearest_stage() -> Float32:
        wanted, given = (space.stages_of(side.table.attributes) for side in (startups, partners))
        return declared.nearest(wanted, given, space.stage_closeness, meeting)

    return {
        "needs": lambda: coverage(Family.SERVICE),
        "industry": lambda: coverage(Family.INDUSTRY),
        "region": lambda: coverage(Family.REGION),
        "stage": nearest_stage,
    }


def _affinity(
    startups: StartupSide,
    partners: PartnerSide,
    knowledge: Knowledge,
    space: AttributeSpace,
    meeting: Meeting,
) -> dict[str, Signal]:
    columns = knowledge.model.tastes.described
    rows = described(startups.table.attributes, knowledge)

    def lift(family: Family) -> Float32:
        mine = rows.data * space.masks[family][columns][rows.indices]
        asked = sp.csr_matrix((mine, rows.indices, rows.indptr), rows.shape)
        return affinity.lift(asked, partners.affinity, meeting)

    return {
        "affinity_industry": lambda: lift(Family.INDUSTRY),
        "affinity_region": lambda: lift(Family.REGION),
        "affinity_stage": lambda: lift(Family.STAGE),
        "affinity_ask": lambda: lift(Family.AMOUNT),
        "affinity_currency": lambda: lift(Family.CURRENCY),
        "affinity_needs": lambda: lift(Family.SERVICE),
    }


def _refusals(
    startups: StartupSide, partners: PartnerSide, space: AttributeSpace, meeting: Meeting
) -> dict[str, Signal]:
    def lift(refused: affinity.Affinity) -> Float32:
        wanted = space.of(startups.table.attributes, *_REFUSED)
        return affinity.lift(wanted[:, : refused.gains.shape[1]], refused, meeting)

    return {
        "declines": lambda: -lift(partners.declined),
        "dismissals": lambda: -lift(partners.dismissed),
    }


def described(attributes: sp.csr_matrix, knowledge: Knowledge) -> sp.csr_matrix:
    """The same rows over the attributes that deals are described by, in the order of `Tastes.described`."""
    columns = knowledge.model.tastes.described
    place = np.full(attributes.shape[1], -1, dtype=np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    found = place[attributes.indices]
    keep = (found >= 0) & (attributes.data != 0)
    ends = np.append(0, np.cumsum(keep))[attributes.indptr]
    return sp.csr_matrix((attributes.data[keep], found[keep], ends), (attributes.shape[0], len(columns)))


def _habits(startups: StartupSide, partners: PartnerSide, meeting: Meeting) -> dict[str, Signal]:
    return {
        name: partial(behaviour.habit, partners.habits[:, column], len(startups.table), meeting)
        for column, name in enumerate(HABITS)
    }


def _share(
    startups: StartupSide,
    partners: PartnerSide,
    knowledge: Knowledge,
    space: AttributeSpace,
    meeting: Meeting,
) -> Float32:
    """Whitened here and not once for all: a row is as long as deals have attributes."""
    whitening = knowledge.model.tastes.whitening
    if not len(whitening):
        return np.full(_shape(startups, partners, meeting), np.nan, dtype=np.float32)
    rows = described(widened(startups.table.attributes, space.columns), knowledge)
    whitened = products(rows, whitening[:, :-1]) + whitening[-1]
    return behaviour.share(whitened, partners.shares, meeting)


def _asks(
    startups: StartupSide, partners: PartnerSide, knowledge: Knowledge, meeting: Meeting
) -> dict[str, Signal]:
    asked = startups.table.amounts[:, 0]
    return {
        "ask_fit": lambda: asks.fit(asked, partners.asks, knowledge.model.asks[-1], meeting),
        "ask_nearness": lambda: asks.nearness(asked, partners.asks, meeting),
    }


def _neighbours(
    startups: StartupSide,
    partners: PartnerSide,
    knowledge: Knowledge,
    space: AttributeSpace,
    meeting: Meeting,
) -> dict[str, Signal]:
    weights = description_weights(widened(startups.table.attributes, space.columns), space)
    like = behaviour.likeness(weights, widened(knowledge.model.crowd.segments, space.columns))
    lasting, recent = (partners.chosen, knowledge.segment_totals), (partners.recent, knowledge.recent_totals)
    return {
        "neighbours": lambda: behaviour.neighbours(like, *lasting, meeting),
        "neighbours_close": lambda: behaviour.neighbours(like**2, *lasting, meeting),
        "neighbours_recent": lambda: behaviour.neighbours(like, *recent, meeting),
        "neighbours_close_recent": lambda: behaviour.neighbours(like**2, *recent, meeting),
    }


def description_weights(startups: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """What sharing each attribute of a startup is worth: the family's weight, split evenly over its terms."""
    row_of = np.repeat(np.arange(startups.shape[0]), np.diff(startups.indptr))
    worth = np.zeros(len(startups.data))
    for family, weight in DESCRIPTION_WEIGHTS.items():
        part = space.of(startups, family).data
        terms = np.bincount(row_of, weights=part, minlength=startups.shape[0])
        worth += weight * part / np.maximum(terms, 1)[row_of]
    return sp.csr_matrix((worth.astype(np.float32), startups.indices, startups.indptr), shape=startups.shape)
