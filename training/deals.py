"""Past deals: the positive interactions that training learns from, as aligned arrays.

A deal is a pair in one context (a round, a programme): of its events the strongest counts, at its latest day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import deal_terms, industry_terms, region_terms, service_terms
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.money import log_cny
from matcher.profiles import Profile
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
    """n deals of one partner role, known on the day `as_of`, ordered by day.

    `startups`, `partners` and `contexts` are rows of the two vocabularies and of `attributes`, CSR
    [contexts, attributes], which describes each distinct startup and context; `strengths` in 0…1; `days`
    since 1970-01-01, all before `as_of`.
    """

    as_of: int
    startup_keys: Vocabulary
    partner_keys: Vocabulary
    startups: Rows
    partners: Rows
    contexts: Rows
    days: npt.NDArray[np.int32]
    strengths: Float64
    attributes: sp.csr_matrix
    asks: Float64
    """log10 CNY of each context's amount, NaN where unknown, [contexts]."""

    def __len__(self) -> int:
        return len(self.days)

    @property
    def ages(self) -> Float64:
        """Days since each deal, at least 1."""
        return np.asarray(self.as_of - self.days, dtype=np.float64)

    def weights(self, decay_days: float = DECAY_DAYS) -> Float64:
        """Strength × decay with age, 0…1, shape [n]."""
        return self.strengths * np.exp(-self.ages / decay_days)

    @property
    def described(self) -> sp.csr_matrix:
        """The description of each deal, CSR [n, attributes]."""
        return self.attributes[self.contexts]


def deals_of(
    partners: Vocabulary,
    events: InteractionTable,
    profiles: Mapping[str, Profile],
    attributes: Vocabulary,
    as_of: int,
) -> Deals:
    """The deals with `partners` among the events before the day `as_of`.

    Events whose startup or partner is no longer known are left out. `attributes` grows by contexts that it
    has not seen.
    """
    rows = _strongest(events, _relevant(partners, events, profiles, as_of))
    startup_keys = Vocabulary(events.startups[rows])
    distinct, contexts = _contexts(events, rows, profiles)
    terms = [_terms(profiles[key], context) for key, context in distinct]
    for row_terms in terms:
        attributes.extend(row_terms)
    return Deals(
        as_of=as_of,
        startup_keys=startup_keys,
        partner_keys=partners,
        startups=startup_keys.rows(events.startups[rows], unknown=-1),
        partners=partners.rows(events.partners[rows], unknown=-1),
        contexts=contexts,
        days=events.days[rows],
        strengths=strength_of(events)[rows],
        attributes=_matrix(terms, attributes),
        asks=np.array([log_cny(amount, currency) for _, (_, amount, currency) in distinct], dtype=np.float64),
    )


Context = tuple[str, float | None, str]
"""Stage, amount and currency of a deal."""


def context_of(startup: Profile, events: InteractionTable, row: int) -> Context:
    """The deal's context; where the event does not tell, the startup's own."""
    amount = float(events.amounts[row])
    asked = (amount, str(events.currencies[row])) if amount > 0 else None
    return (
        events.stages[row] or startup.stage,
        *(asked or (startup.raising_amount, startup.raising_currency)),
    )


def _contexts(
    events: InteractionTable, rows: Rows, profiles: Mapping[str, Profile]
) -> tuple[list[tuple[str, Context]], Rows]:
    """The distinct startups with a context, and which of them each deal has."""
    keys = [
        (key, context_of(profiles[key], events, row))
        for key, row in zip(events.startups[rows], rows, strict=True)
    ]
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return list(number), np.array([number[key] for key in keys], dtype=np.intp)


def _relevant(
    partners: Vocabulary, events: InteractionTable, profiles: Mapping[str, Profile], as_of: int
) -> Rows:
    known = [s in profiles and p in partners for s, p in zip(events.startups, events.partners, strict=True)]
    return np.flatnonzero(np.array(known, dtype=bool) & (strength_of(events) > 0) & (events.days < as_of))


def strength_of(events: InteractionTable) -> Float64:
    """What each event tells of a lasting fit, 0…1; 0 for what is no deal."""
    by_type = np.array([STRENGTH.get(type_, 0.0) for type_ in TYPES])
    rated = events.types == TYPES.index(InteractionType.RATED)
    return np.where(
        rated & (np.nan_to_num(events.values) >= GOOD_RATING),
        STRENGTH[InteractionType.MET],
        by_type[events.types],
    )


def _strongest(events: InteractionTable, rows: Rows) -> Rows:
    """One row of each (startup, partner, stage): the strongest, the latest of equals; in order of day."""
    strength = strength_of(events)
    best: dict[tuple[str, str, str], int] = {}
    for row in rows:
        deal = (events.startups[row], events.partners[row], events.stages[row])
        held = best.get(deal)
        if held is None or (strength[row], events.days[row]) >= (strength[held], events.days[held]):
            best[deal] = int(row)
    return np.array(sorted(best.values()), dtype=np.intp)


def _terms(startup: Profile, context: Context) -> tuple[str, ...]:
    lasting = (
        *industry_terms(startup.industries),
        *region_terms(startup.region),
        *service_terms(startup.needs),
    )
    return tuple(dict.fromkeys((*lasting, *deal_terms(*context))))


def _matrix(terms: Sequence[Sequence[str]], attributes: Vocabulary) -> sp.csr_matrix:
    ends = np.cumsum([0, *map(len, terms)])
    columns = attributes.rows((term for row in terms for term in row), unknown=-1)
    return sp.csr_matrix(
        (np.ones(len(columns), np.float32), columns, ends), shape=(len(terms), len(attributes))
    )
