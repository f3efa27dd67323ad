"""A world over time: what an incubator learned from, and the quarter that it is judged by.

There are five fields with two investors each, and every startup chooses the two of its field. The older ones
did so before the last quarter, the newer ones within it: whoever learned from the older ones makes perfect
lists for the newer.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from matcher.interactions import Interaction
from matcher.profiles import Profile
from tests.matcher.worlds import (
    VectorMemory,
    WordEncoder,
    event,
    investor,
    ordered,
    startup,
)
from tests.training.toys import DAY
from training.measures.lists import best
from training.weekly.answering import Answers
from training.world import Data, read_data

QUARTER = 91
FIRST = DAY - QUARTER
"""The day on which the last quarter begins."""
BEFORE, WITHIN = 200, 40
"""Days ago that lie well before the last quarter, and well within it."""
FIELDS = ("alpha", "beta", "gamma", "delta", "epsilon")
CHOSEN = {field: (f"i{2 * place}", f"i{2 * place + 1}") for place, field in enumerate(FIELDS)}
INVESTORS = [investor(id_) for pair in CHOSEN.values() for id_ in pair]

People, Events = list[Profile], list[Interaction]


def data_of(people: Sequence[Profile], events: Sequence[Interaction] = ()) -> Data:
    """What training and judging read of these people."""
    by_key = sorted(people, key=lambda profile: profile.key)
    return read_data(by_key, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)


def sources() -> tuple[VectorMemory, WordEncoder]:
    """Vectors and encoder for whoever takes a snapshot."""
    return VectorMemory(), WordEncoder()


def board(older: int = 5, newer: int = 5) -> tuple[People, Events]:
    """So many older and newer startups of each field, and the ten investors. Each has a name by field and
    number, alpha0 for the oldest of the older."""
    people, events = list(INVESTORS), []
    for field in FIELDS:
        for number in range(older + newer):
            id_ = f"{field}{number}"
            people.append(startup(id_, industries=(field,)))
            age = BEFORE + 7 * (older - number) if number < older else WITHIN + older - number
            events += [event(id_, one, days_ago=age) for one in CHOSEN[field]]
    return people, events


def day(number: int) -> dt.date:
    """The date of a day number."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


def answered(scores: Sequence[Sequence[float]]) -> Answers:
    """What a model might have answered; NaN for who could not be listed."""
    array = np.array(scores, dtype=np.float64)
    return Answers(array, best(array, np.isfinite(array)))
