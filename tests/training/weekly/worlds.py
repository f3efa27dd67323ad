"""The checkerboard over time: what an incubator learned from, and the quarter that it is judged by.

Startups of the field "alpha" only ever choose i0…i4, those of "beta" i5…i9, each two of them, the next
ones in turn. The older ones did so before the last quarter, the newer ones within it.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from matcher.interactions import Interaction
from matcher.profiles import Profile
from tests.matcher.worlds import (
    ALPHA_INVESTORS,
    BETA_INVESTORS,
    FIELDS,
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
CHOSEN = dict(zip(FIELDS, (ALPHA_INVESTORS, BETA_INVESTORS), strict=True))
INVESTORS = [investor(id_) for id_ in (*ALPHA_INVESTORS, *BETA_INVESTORS)]

People, Events = list[Profile], list[Interaction]


def data_of(people: Sequence[Profile], events: Sequence[Interaction] = ()) -> Data:
    """What training and judging read of these people."""
    by_key = sorted(people, key=lambda profile: profile.key)
    return read_data(by_key, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)


def sources() -> tuple[VectorMemory, WordEncoder]:
    """Vectors and encoder for whoever takes a snapshot."""
    return VectorMemory(), WordEncoder()


def board(older: int = 12, newer: int = 12) -> tuple[People, Events]:
    """So many older and newer startups of either field, and the ten investors."""
    people, events = list(INVESTORS), []
    for field in FIELDS:
        for number in range(older + newer):
            id_ = f"{field}{number}"
            people.append(startup(id_, industries=(field,)))
            age = BEFORE + 7 * number if number < older else WITHIN + number - older
            events += [event(id_, one, days_ago=age) for one in turn(field, number)]
    return people, events


def turn(field: str, number: int) -> list[str]:
    """The two investors that the field's startup of that number chose."""
    return [CHOSEN[field][(number + step) % 5] for step in range(2)]


def day(number: int) -> dt.date:
    """The date of a day number."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


def answered(scores: Sequence[Sequence[float]]) -> Answers:
    """What a model might have answered; NaN for who could not be listed."""
    array = np.array(scores, dtype=np.float64)
    return Answers(array, best(array, np.isfinite(array)))
