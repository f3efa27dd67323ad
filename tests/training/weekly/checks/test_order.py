"""Effects before their causes."""

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor
from tests.training.weekly.checks.worlds import SETTINGS, seen, startups
from training.weekly.checks.order import order

PARTNER = mentor("m")


def found(*histories):
    """The verdict on pairs with so many (type, days ago) each."""
    events = [(f"s{n}", "m", kind, ago) for n, history in enumerate(histories) for kind, ago in history]
    (finding,) = order(seen([*startups(len(histories)), PARTNER], events), SETTINGS)
    return finding


FINE = ((Type.REQUESTED, 9), (Type.ACCEPTED, 7))
WRONG = ((Type.REQUESTED, 7), (Type.DECLINED, 9))
RATED_FIRST = ((Type.MET, 7), (Type.RATED, 9))


@pytest.mark.parametrize(("wrong", "severity"), [(4, "ok"), (5, "warning"), (39, "warning"), (40, "error")])
def test_an_answer_before_its_request_is_judged_by_its_share(wrong: int, severity: str):
    finding = found(*[FINE] * (100 - wrong), *[WRONG] * wrong)
    assert finding.severity == severity
    assert finding.facts == {"pairs": wrong, "of": 100, "share": wrong / 100}


def test_a_rating_before_the_meeting_counts_too():
    finding = found(*[RATED_FIRST] * 30, *[WRONG] * 30)
    assert (finding.code, finding.facts["pairs"]) == ("timing_impossible", 60)


def test_the_same_day_is_a_possible_order():
    assert found(*[((Type.REQUESTED, 9), (Type.ACCEPTED, 9))] * 100).facts["pairs"] == 0


def test_the_first_of_each_counts():
    """Who asks again after a refusal asked before it, too."""
    history = ((Type.REQUESTED, 3), (Type.DECLINED, 7), (Type.REQUESTED, 9))
    assert found(*[history] * 100).facts["pairs"] == 0


def test_an_answer_without_a_request_is_only_half_recorded():
    assert found(*[((Type.ACCEPTED, 9),)] * 100).facts == {"pairs": 0, "of": 0, "share": 0.0}


def test_of_a_few_pairs_nothing_is_told():
    assert found(*[WRONG] * 49).code == "timing_ok"
