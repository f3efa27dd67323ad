import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.past import Past, past_of, tally, within_year
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, event, investor, startup
from tests.training.toys import DAY, SMALL, world
from training.roles import role_on

ALPHA, BETA = ("industry:~alpha",), ("industry:~beta",)
PEOPLE = [
    startup("s1", industries=("alpha",), region="深圳"),
    startup("s2", industries=("alpha",), region="上海"),
    startup("s3", industries=("beta",), region="深圳"),
    investor("i"),
    investor("other"),
]
EVENTS = [
    event("s1", "i", days_ago=400),
    event("s1", "i", days_ago=100, stage="b"),
    event("s2", "i", InteractionType.MET, days_ago=20),
    event("s3", "i", InteractionType.REQUESTED, days_ago=10),
]


def past(*events: Interaction, key: str = "north:i") -> Past:
    """The investor's past after these events."""
    known = world(PEOPLE, events)
    return past_of(role_on(DAY, Role.INVESTOR, known, SMALL), key, Vocabulary(known.attributes.terms), TODAY)


def test_startups_are_counted_and_not_their_rounds():
    whole = tally(past(*EVENTS))

    assert (whole.met, whole.taken, whole.asked) == (2, 1, 3)


def test_the_last_that_was_met_tells_the_age():
    assert tally(past(*EVENTS)).ago == 20
    assert tally(past(EVENTS[3])).ago is None


@pytest.mark.parametrize(("terms", "met"), [(ALPHA, 2), (BETA, 0), (("region:cn-sh",), 1), (("unheard",), 0)])
def test_cases_are_told_apart_by_what_the_startup_was(terms: tuple[str, ...], met: int):
    record = past(*EVENTS)

    assert tally(record, record.having(terms)).met == met


def test_any_of_several_attributes_is_enough():
    record = past(*EVENTS)

    assert record.having((*ALPHA, *BETA)).all()


def test_the_last_year_is_counted_from_today():
    assert within_year(past(*EVENTS)) == 2
    assert within_year(past(EVENTS[0])) == 0


def test_answers_to_requests_are_counted():
    answered = past(
        event("s1", "i", InteractionType.ACCEPTED),
        event("s2", "i", InteractionType.DECLINED),
        event("s3", "i", InteractionType.DECLINED),
    )

    assert (answered.requests, answered.accepted) == (3, 1)
    assert answered.declined_with("industry:~alpha") == 1
    assert answered.declined_with("region:cn") == 2
    assert answered.declined_with("unheard") == 0


@pytest.mark.parametrize("key", ["north:other", "north:nobody"])
def test_who_has_done_nothing_has_an_empty_past(key: str):
    nothing = past(*EVENTS, key=key)

    assert tally(nothing) == tally(nothing, np.zeros(0, dtype=bool))
    assert (tally(nothing).met, tally(nothing).ago, within_year(nothing), nothing.requests) == (0, None, 0, 0)
