"""The latest slice of time: who asked in it, as they were then, and whom they came to deal with."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.interactions import TYPES, InteractionTable, InteractionType
from matcher.profiles import Profile, Role
from matcher.vocabulary import Vocabulary
from training.deals import context_of, strength_of
from training.world import Data

Mask = npt.NDArray[np.bool_]

_WISHES = [TYPES.index(type_) for type_ in (InteractionType.REQUESTED, InteractionType.SHORTLISTED)]
"""What a startup does alone; without anything stronger, it tells at least what the startup wanted."""


@dataclass(frozen=True, slots=True)
class Holdout:
    """One partner role's slice of the days from `first` to before `end` (days since 1970-01-01).

    `queries` are the startups with a new partner in it, their stage and ask as they were at their first deal,
    ordered by key; `partners` all partners of the role; `truth` [queries, partners] whom they dealt with.
    """

    role: Role
    first: int
    end: int
    queries: tuple[Profile, ...]
    partners: Vocabulary
    truth: Mask

    def __len__(self) -> int:
        return len(self.queries)


def holdout_of(data: Data, role: Role, first: int, end: int, most_pairs: int) -> Holdout:
    """The slice of one role; of more than `most_pairs` pairs, those of the startups that came last."""
    partners = Vocabulary(profile.key for profile in data.profiles if profile.role is role)
    profiles = {profile.key: profile for profile in data.profiles}
    chosen = _chosen(data.interactions, profiles, partners, first, end)
    latest = sorted(chosen, key=lambda key: (-chosen[key][0], key))[: most_pairs // max(len(partners), 1)]
    keys = sorted(latest)
    truth = np.zeros((len(keys), len(partners)), dtype=bool)
    for place, key in enumerate(keys):
        truth[place, partners.rows(chosen[key][1], unknown=-1)] = True
    queries = tuple(_then(profiles[key], data.interactions, chosen[key][0]) for key in keys)
    return Holdout(role, first, end, queries, partners, truth)


def _chosen(
    events: InteractionTable, profiles: Mapping[str, Profile], partners: Vocabulary, first: int, end: int
) -> dict[str, tuple[int, list[str]]]:
    """By startup: the row of its first deal of the slice, and the new partners it dealt with in the slice.

    A startup that came to no deal is judged by whom it asked for.
    """
    told = _told(events, profiles, partners, end)
    before = {(events.startups[row], events.partners[row]) for row in told if events.days[row] < first}
    new = [
        row
        for row in told
        if events.days[row] >= first and (events.startups[row], events.partners[row]) not in before
    ]
    deals = _by_startup(events, [row for row in new if events.types[row] not in _WISHES])
    wishes = _by_startup(events, [row for row in new if events.types[row] in _WISHES])
    return {
        key: (rows[0], [events.partners[row] for row in rows]) for key, rows in {**wishes, **deals}.items()
    }


def _told(
    events: InteractionTable, profiles: Mapping[str, Profile], partners: Vocabulary, end: int
) -> list[int]:
    """Rows before `end` that tell of a fit, of startups and partners that are known, in order of time."""
    rows = np.flatnonzero((strength_of(events) > 0) & (events.days < end)).tolist()
    return [row for row in rows if events.startups[row] in profiles and events.partners[row] in partners]


def _by_startup(events: InteractionTable, rows: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(events.startups[row], []).append(row)
    return found


def _then(startup: Profile, events: InteractionTable, row: int) -> Profile:
    """The startup with the stage and the ask that it had at that event."""
    stage, amount, currency = context_of(startup, events, row)
    return dataclasses.replace(startup, stage=stage, raising_amount=amount, raising_currency=currency)
