"""Answers: what either side said to the other, yes or no. Deals tell what both wanted, answers who did."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.features.attributes import industry_terms, region_terms, service_terms, stage_terms
from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.model.parameters import Refusals
from matcher.profiles import Profile
from matcher.vocabulary import Rows, Vocabulary
from training.deals import DECAY_DAYS, strength_of

STARTUP_YES = frozenset({InteractionType.REQUESTED, InteractionType.SHORTLISTED})
STARTUP_NO = frozenset({InteractionType.DISMISSED})
STARTUP_SAW = frozenset({InteractionType.SHOWN, InteractionType.VIEWED})
"""Seen and let pass is a no, unless the pair came together in some way."""
PARTNER_YES = frozenset({InteractionType.ACCEPTED})
PARTNER_NO = frozenset({InteractionType.DECLINED})


@dataclass(frozen=True, slots=True)
class Said:
    """n answers of one side: keys of the startups, rows of the partners, yes or no, and the days [n]."""

    startups: npt.NDArray[np.object_]
    partners: Rows
    yes: npt.NDArray[np.bool_]
    days: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.yes)

    def between(self, first: int, end: int) -> "Said":
        """The answers of the days from `first` to before `end`."""
        rows = np.flatnonzero((self.days >= first) & (self.days < end))
        return Said(self.startups[rows], self.partners[rows], self.yes[rows], self.days[rows])


@dataclass(frozen=True, slots=True)
class Answers:
    """What startups said to partners, and partners to startups; `outright` leaves out what was only seen."""

    by_startup: Said
    by_partner: Said
    outright: Said


def answers_of(
    partners: Vocabulary, events: InteractionTable, profiles: Mapping[str, Profile], as_of: int
) -> Answers:
    """The last word of each side of each pair among the events before the day `as_of`."""
    known = [s in profiles and p in partners for s, p in zip(events.startups, events.partners, strict=True)]
    past = events.take(np.array(known, dtype=bool) & (events.days < as_of))
    return Answers(
        _last_words(past, partners, STARTUP_YES, STARTUP_NO, STARTUP_SAW),
        _last_words(past, partners, PARTNER_YES, PARTNER_NO, frozenset()),
        _last_words(past, partners, STARTUP_YES, STARTUP_NO, frozenset()),
    )


def refusals_of(
    answers: Answers, profiles: Mapping[str, Profile], attributes: Vocabulary, partners: int, as_of: int
) -> Refusals:
    """Decayed counts of each side's noes by the startup's attributes."""
    declined, declined_in_all = _noes(answers.by_partner, profiles, attributes, partners, as_of)
    dismissed, dismissed_in_all = _noes(answers.outright, profiles, attributes, partners, as_of)
    return Refusals(declined, declined_in_all, dismissed, dismissed_in_all)


Types = frozenset[InteractionType]


def _last_words(events: InteractionTable, partners: Vocabulary, yes: Types, no: Types, saw: Types) -> Said:
    """One answer for each pair: the latest yes or no; one that was only seen stands as a no."""
    agreed, refused, seen = (np.isin(events.types, _codes(types)) for types in (yes, no, saw))
    seen &= ~_came_together(events)
    rank = np.where(agreed | refused, 1, 0)
    last: dict[tuple[str, str], tuple[int, int, int]] = {}
    for row in np.flatnonzero(agreed | refused | seen).tolist():
        pair, word = (
            (events.startups[row], events.partners[row]),
            (int(rank[row]), int(events.days[row]), row),
        )
        last[pair] = max(last.get(pair, word), word)
    rows = np.array(sorted(row for _, _, row in last.values()), dtype=np.intp)
    return Said(
        events.startups[rows],
        partners.rows(events.partners[rows], unknown=-1),
        agreed[rows],
        events.days[rows],
    )


def _came_together(events: InteractionTable) -> npt.NDArray[np.bool_]:
    """Whether the pair of each event has a deal among them, [n]."""
    pairs = list(zip(events.startups, events.partners, strict=True))
    together = {pairs[row] for row in np.flatnonzero(strength_of(events) > 0).tolist()}
    return np.array([pair in together for pair in pairs], dtype=bool)


def _codes(types: Types) -> list[int]:
    return [TYPES.index(type_) for type_ in sorted(types)]


def _noes(
    said: Said, profiles: Mapping[str, Profile], attributes: Vocabulary, partners: int, as_of: int
) -> tuple[sp.csr_matrix, npt.NDArray[np.float64]]:
    rows = np.flatnonzero(~said.yes)
    weights = np.exp((said.days[rows] - as_of) / DECAY_DAYS)
    terms = [attributes.known(_like(profiles[key])) for key in said.startups[rows]]
    lengths = [len(found) for found in terms]
    where = (np.repeat(said.partners[rows], lengths), np.concatenate([np.zeros(0, np.intp), *terms]))
    shape = (partners, len(attributes))
    counts = sp.csr_matrix((np.repeat(weights, lengths), where), shape=shape, dtype=np.float32)
    return counts, np.bincount(said.partners[rows], weights, partners).astype(np.float64)


def _like(startup: Profile) -> tuple[str, ...]:
    """What makes another startup like this one."""
    return tuple(
        dict.fromkeys(
            (
                *industry_terms(startup.industries),
                *region_terms(startup.region),
                *stage_terms(startup.stage),
                *service_terms(startup.needs),
            )
        )
    )
