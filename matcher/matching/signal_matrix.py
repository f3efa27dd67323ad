"""All columns of startups × partners at once: the one place where signals meet the sides' arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

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
COVERAGE = {"needs": Family.SERVICE, "industry": Family.INDUSTRY, "region": Family.REGION}
AFFINITY = {
    "affinity_industry": Family.INDUSTRY,
    "affinity_region": Family.REGION,
    "affinity_stage": Family.STAGE,
    "affinity_ask": Family.AMOUNT,
    "affinity_currency": Family.CURRENCY,
    "affinity_needs": Family.SERVICE,
}
_REFUSED = (Family.INDUSTRY, Family.REGION, Family.STAGE, Family.SERVICE)
"""What tells like startups from others where one was refused."""
_PLACES = {name: place for place, name in enumerate(COLUMNS)}

Columns = Iterator[tuple[str, Float32]]


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
    mine = widened(startups.attributes, space.columns)
    asked = _Asked(startups, mine, partners, knowledge, space, meeting)
    out = np.empty((*asked.shape, len(COLUMNS)), dtype=np.float32)
    for name, values in chain.from_iterable(signals(asked) for signals in _SIGNALS):
        out[..., _PLACES[name]] = values
    return out


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who meets whom, and what is known of them. `mine`: the startups' attributes, as wide as the space."""

    startups: StartupSide
    mine: sp.csr_matrix
    partners: PartnerSide
    knowledge: Knowledge
    space: AttributeSpace
    meeting: Meeting

    @property
    def shape(self) -> tuple[int, ...]:
        """Of each column."""
        if isinstance(self.meeting, Chosen):
            return (len(self.meeting.of_startup),)
        return len(self.startups), len(self.partners)


def _texts(asked: _Asked) -> Columns:
    startups, partners, meeting = asked.startups, asked.partners, asked.meeting
    yield "semantic", text.semantic(startups.texts, partners.texts, meeting)
    yield "lexical", text.lexical(startups.words, partners.words, meeting)


def _declared(asked: _Asked) -> Columns:
    startups, partners, space, meeting = asked.startups, asked.partners, asked.space, asked.meeting
    given, kinds = widened(partners.attributes, space.columns), space.kinds(*COVERAGE.values())
    yield from zip(COVERAGE, declared.coverage(asked.mine, given, kinds, meeting), strict=True)
    wanted, declares = (space.stages_of(side.attributes) for side in (startups, partners))
    yield "stage", declared.nearest(wanted, declares, space.stage_closeness, meeting)
    yield "ticket", declared.ticket(startups.amounts, partners.amounts, meeting)


def _asks(asked: _Asked) -> Columns:
    ask, theirs, meeting = (
        asked.startups.amounts[:, 0],
        asked.knowledge.asks[asked.partners.past],
        asked.meeting,
    )
    yield "ask_fit", asks.fit(ask, theirs, asked.knowledge.model.asks[-1], meeting)
    yield "ask_nearness", asks.nearness(ask, theirs, meeting)


def _tastes(asked: _Asked) -> Columns:
    tastes, past, meeting = asked.knowledge.model.tastes, asked.partners.past, asked.meeting
    rows = described(asked.mine, asked.knowledge)
    kinds = asked.space.kinds(*AFFINITY.values())[:, tastes.described]
    lifts = affinity.lift(rows, asked.knowledge.affinity.take(past), kinds, meeting)
    yield from zip(AFFINITY, lifts, strict=True)
    yield "share", _share(asked, rows)


def _share(asked: _Asked, rows: sp.csr_matrix) -> Float32:
    """Whitened here and not once for all: a row is as long as deals have attributes."""
    whitening = asked.knowledge.model.tastes.whitening
    if not len(whitening):
        return np.full(asked.shape, np.nan, dtype=np.float32)
    whitened = products(rows, whitening[:, :-1]) + whitening[-1]
    return behaviour.share(whitened, asked.knowledge.shares[asked.partners.past], asked.meeting)


def _refusals(asked: _Asked) -> Columns:
    known, refusing = asked.knowledge, np.asarray(asked.space.kinds(*_REFUSED).any(axis=0))[None]
    for name, refused in (("declines", known.declined), ("dismissals", known.dismissed)):
        width = refused.gains.shape[1]
        mine = asked.mine if width == asked.mine.shape[1] else asked.mine[:, :width]
        theirs = refused.take(asked.partners.past)
        yield name, -affinity.lift(mine, theirs, refusing[:, :width], asked.meeting)[0]


def _habits(asked: _Asked) -> Columns:
    for name, values in zip(HABITS, asked.knowledge.habits[asked.partners.past].T, strict=True):
        yield name, behaviour.habit(values, len(asked.startups), asked.meeting)


def _neighbours(asked: _Asked) -> Columns:
    known, past = asked.knowledge, asked.partners.past
    segments = widened(known.model.crowd.segments, asked.space.columns)
    like = behaviour.likeness(description_weights(asked.mine, asked.space), segments)
    likenesses = {"neighbours": like, "neighbours_close": like**2}
    for suffix, chosen, totals in (
        ("", known.chosen, known.segment_totals),
        ("_recent", known.recent, known.recent_totals),
    ):
        theirs = chosen[past]
        for name, likeness in likenesses.items():
            yield f"{name}{suffix}", behaviour.neighbours(likeness, theirs, totals, asked.meeting)


def _company(asked: _Asked) -> Columns:
    startups, partners, known = asked.startups, asked.partners, asked.knowledge
    yield (
        "factors",
        behaviour.factors(startups.factors, startups.bias, partners.factors, partners.bias, asked.meeting),
    )
    friends = known.friends[startups.past]
    if not friends.nnz:
        yield "companions", np.full(asked.shape, np.nan, dtype=np.float32)
    else:
        together = known.together[partners.past]
        yield "companions", behaviour.companions(friends, together, known.together_totals, asked.meeting)


_SIGNALS = (_texts, _declared, _asks, _tastes, _refusals, _habits, _neighbours, _company)


def described(attributes: sp.csr_matrix, knowledge: Knowledge) -> sp.csr_matrix:
    """The same rows over the attributes that deals are described by, in the order of `Tastes.described`."""
    columns = knowledge.model.tastes.described
    place = np.full(attributes.shape[1], -1, dtype=np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    found = place[attributes.indices]
    keep = (found >= 0) & (attributes.data != 0)
    ends = np.append(0, np.cumsum(keep))[attributes.indptr]
    return sp.csr_matrix((attributes.data[keep], found[keep], ends), (attributes.shape[0], len(columns)))


def description_weights(startups: sp.csr_matrix, space: AttributeSpace) -> sp.csr_matrix:
    """What sharing each attribute of a startup is worth: the family's weight, split evenly over its terms."""
    row_of = np.repeat(np.arange(startups.shape[0]), np.diff(startups.indptr))
    worth = np.zeros(len(startups.data))
    for family, weight in DESCRIPTION_WEIGHTS.items():
        part = startups.data * space.masks[family][startups.indices]
        terms = np.bincount(row_of, weights=part, minlength=startups.shape[0])
        worth += weight * part / np.maximum(terms, 1)[row_of]
    return sp.csr_matrix((worth.astype(np.float32), startups.indices, startups.indptr), shape=startups.shape)
