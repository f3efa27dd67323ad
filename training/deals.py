"""Past deals: the positive interactions that training learns from, as aligned arrays.

A deal is a pair in one context (a round, a programme): of its events the strongest counts, at its latest day.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import deal_terms, industry_terms, region_terms
from matcher.interactions import TYPES, InteractionTable, InteractionType, day_number
from matcher.profiles import Profile, Role
from matcher.vocabulary import Rows, Vocabulary

Float64 = npt.NDArray[np.float64]

STRENGTH = {
    InteractionType.INVESTED: 1.0,
    InteractionType.MENTORED: 1.0,
    InteractionType.ACCEPTED: 0.8,
    InteractionType.MET: 0.8,
    InteractionType.REQUESTED: 0.3,
    InteractionType.SHORTLISTED: 0.2,
}
"""What each type tells of a lasting fit. Dismissed and declined are no deals, shown and viewed tell too
little."""
GOOD_RATING = 4.0
"""A rating of at least so much is as strong as a meeting."""

DECAY_DAYS = 730.0
"""A deal so old counts 1/e. Chosen on itjuzi 2014-07, 2015-01 and crunchbase 2011-01 among 365, 730, 1460."""


@dataclass(frozen=True, slots=True)
class Deals:
    """n deals of one partner role, ordered by day.

    `startups` and `partners` are rows of the two vocabularies; `weights` strength × decay in 0…1 as of the
    training date; `attributes` CSR [n, attributes] describes the startup and the deal's context.
    """

    startup_keys: Vocabulary
    partner_keys: Vocabulary
    startups: Rows
    partners: Rows
    weights: Float64
    attributes: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.weights)


def deals_of(
    role: Role,
    events: InteractionTable,
    profiles: Mapping[str, Profile],
    attributes: Vocabulary,
    as_of: dt.date,
) -> Deals:
    """The deals with partners of `role` among `events`, all of them before `as_of`.

    Events whose startup or partner is no longer known are left out. `attributes` grows by contexts that it
    has not seen.
    """
    rows = _strongest(events, _relevant(role, events, profiles))
    startup_keys, partner_keys = Vocabulary(events.startups[rows]), Vocabulary(events.partners[rows])
    terms = [_terms(profiles[events.startups[row]], events, row) for row in rows]
    for row_terms in terms:
        attributes.extend(row_terms)
    age = day_number(as_of) - events.days[rows].astype(np.float64)
    return Deals(
        startup_keys,
        partner_keys,
        startup_keys.rows(events.startups[rows], unknown=-1),
        partner_keys.rows(events.partners[rows], unknown=-1),
        _strength(events)[rows] * np.exp(-age / DECAY_DAYS),
        _matrix(terms, attributes),
    )


def _relevant(role: Role, events: InteractionTable, profiles: Mapping[str, Profile]) -> Rows:
    partner_keys = {key for key, profile in profiles.items() if profile.role is role}
    known = [
        s in profiles and p in partner_keys for s, p in zip(events.startups, events.partners, strict=True)
    ]
    return np.flatnonzero(np.array(known, dtype=bool) & (_strength(events) > 0))


def _strength(events: InteractionTable) -> Float64:
    by_type = np.array([STRENGTH.get(type_, 0.0) for type_ in TYPES])
    rated = events.types == TYPES.index(InteractionType.RATED)
    return np.where(
        rated & (np.nan_to_num(events.values) >= GOOD_RATING),
        STRENGTH[InteractionType.MET],
        by_type[events.types],
    )


def _strongest(events: InteractionTable, rows: Rows) -> Rows:
    """One row of each (startup, partner, stage): the strongest, the latest of equals; in order of day."""
    strength = _strength(events)
    best: dict[tuple[str, str, str], int] = {}
    for row in rows:
        deal = (events.startups[row], events.partners[row], events.stages[row])
        held = best.get(deal)
        if held is None or (strength[row], events.days[row]) >= (strength[held], events.days[held]):
            best[deal] = int(row)
    return np.array(sorted(best.values()), dtype=np.intp)


def _terms(startup: Profile, events: InteractionTable, row: int) -> tuple[str, ...]:
    """What describes the deal; where the event tells no context, the startup's own."""
    amount = float(events.amounts[row])
    context = (
        (amount, events.currencies[row]) if amount > 0 else (startup.raising_amount, startup.raising_currency)
    )
    about_deal = deal_terms(events.stages[row] or startup.stage, *context)
    return tuple(
        dict.fromkeys((*industry_terms(startup.industries), *region_terms(startup.region), *about_deal))
    )


def _matrix(terms: Sequence[Sequence[str]], attributes: Vocabulary) -> sp.csr_matrix:
    ends = np.cumsum([0, *map(len, terms)])
    columns = attributes.rows((term for row in terms for term in row), unknown=-1)
    return sp.csr_matrix(
        (np.ones(len(columns), np.float32), columns, ends), shape=(len(terms), len(attributes))
    )
