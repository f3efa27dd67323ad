"""Which combination serves, in pasts made by hand."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from matcher.matching.scoring import log_odds, sigmoid
from matcher.model.combination import Combination
from tests.training.toys import PRIOR, choices, replies, slice_with, weights
from training.calibration import LEAST_OUTCOMES, SAME
from training.judging import JUDGED, LEAST_QUERIES, judged, ndcg
from training.slices import Choices, Slice

QUERIES, CANDIDATES = 80, 20
EARLIER = 4


def past(company: float, popularity: float, seed: int = 0) -> Slice:
    """Queries that each took one, with log-odds of the two columns times these weights."""
    rng = np.random.default_rng(seed)
    known = {name: rng.standard_normal((QUERIES, CANDIDATES)) for name in ("company", "popularity")}
    pull = company * known["company"] + popularity * known["popularity"]
    pull += rng.gumbel(size=pull.shape)
    return slice_with(choices(pull == pull.max(axis=1, keepdims=True), **known))


def slices(latest: Slice, earlier: Slice) -> list[Slice]:
    return [latest] * JUDGED + [earlier] * EARLIER


STEADY = slices(past(3, 1), past(3, 1, seed=1))
TURNED = slices(past(-3, 1), past(3, 1, seed=1))
"""What was sought after in the earlier slices was shunned in the latest ones."""


def test_what_held_in_the_latest_slices_too_is_served():
    told = judged(PRIOR, STEADY)
    found, facts = told.combination, told.facts

    assert facts["combination"] == "learned"
    assert facts["ndcg_learned"] > facts["ndcg_prior"]
    assert min(weights(found, "company")) > 0


def test_the_prior_serves_where_the_learned_one_is_worse_on_the_latest():
    told = judged(PRIOR, TURNED)
    found, facts = told.combination, told.facts

    assert facts["combination"] == "prior"
    assert facts["ndcg_learned"] < facts["ndcg_prior"]
    assert weights(found, "company") == (0, 0)


def order(found: Combination, made: Choices) -> npt.NDArray[np.intp]:
    odds = log_odds(made.columns, found)
    return np.argsort(odds.startup + odds.partner, axis=1)


def test_a_prior_that_serves_ranks_as_before():
    found = judged(PRIOR, TURNED).combination

    assert (order(found, TURNED[0].choices) == order(PRIOR, TURNED[0].choices)).all()


@pytest.mark.parametrize(("every", "within"), [(TURNED, 0.001), (STEADY, 0.03)])
def test_either_way_probabilities_hold_on_the_latest(every: list[Slice], within: float):
    """Nearly, where it is learned: it learns from the latest once more, after its scale was found there."""
    told = judged(PRIOR, every)
    found, facts = told.combination, told.facts
    odds = log_odds(every[0].choices.columns, found)

    assert facts["calibrated"]
    assert sigmoid((odds.startup + odds.partner) / 2).mean() == pytest.approx(1 / CANDIDATES, abs=within)


def test_what_is_judged_has_not_learned_from_what_it_is_judged_on():
    """Only the latest slices tell that company counts."""
    facts = judged(PRIOR, slices(past(3, 1), past(0, 1, seed=1))).facts

    assert facts["ndcg_learned"] < facts["ndcg_prior"] + 0.1


def test_what_serves_has_learned_from_the_latest_too():
    """In the latest slices popularity counts for much more than in the earlier ones."""
    shares = []
    for popularity in (1, 4):
        told = judged(PRIOR, slices(past(2, popularity), past(2, 1, seed=1)))
        found = told.combination
        assert told.facts["combination"] == "learned"
        popular, company = (sum(weights(found, name)) for name in ("popularity", "company"))
        shares.append(popular / (popular + company))

    assert shares[1] > shares[0] + 0.1


def few(queries: int) -> Slice:
    return slice_with(choices(np.tile([True, False], (queries, 1)), company=np.tile([1, 0], (queries, 1))))


EMPTY = slice_with()
NOBODY: dict[str, list[Slice]] = {
    "no slices": [],
    "empty slices": [EMPTY] * (JUDGED + EARLIER),
    "one slice": [few(1000)],
    "nothing earlier": [few(1000)] * JUDGED + [EMPTY] * EARLIER,
    "few earlier": [few(1000)] * JUDGED + [few(1)] * (LEAST_QUERIES - 1),
    "few latest": [few(1)] * JUDGED + [few(1000)] * EARLIER,
}


@pytest.mark.parametrize("name", NOBODY)
def test_with_too_few_queries_it_is_the_prior_at_other_volumes_at_most(name: str):
    """Company has no weight in the prior, so no volume gives it one, however much it tells."""
    told = judged(PRIOR, NOBODY[name])
    found, facts = told.combination, told.facts

    assert weights(found, "company") == weights(PRIOR, "company")
    assert facts["combination"] == "prior"


@pytest.mark.parametrize(("queries", "calibrated"), [(LEAST_OUTCOMES - 1, False), (LEAST_OUTCOMES, True)])
def test_the_prior_is_calibrated_where_there_are_deals_enough(queries: int, calibrated: bool):
    """Half of the candidates were dealt with: that is what an average candidate is told."""
    told = judged(PRIOR, [few(queries)])
    found, facts = told.combination, told.facts
    odds = log_odds(few(queries).choices.columns, found)
    said = sigmoid((odds.startup + odds.partner) / 2)

    assert facts["calibrated"] == calibrated
    assert (said.mean() == pytest.approx(0.5, abs=0.02)) == calibrated


def test_without_any_choice_it_is_the_prior_as_it_is():
    assert judged(PRIOR, [EMPTY] * (JUDGED + EARLIER)).combination is PRIOR


def test_startups_that_came_back_set_the_volumes_too():
    """Nobody came for the first time, and whoever came back took the popular one or the other one."""
    found = []
    for takes in ([True, False], [False, True]):
        chose = choices(np.tile(takes, (50, 1)), popularity=np.tile([1, -1], (50, 1)))
        found.append(judged(PRIOR, [replace(EMPTY, returning=chose)]).combination)

    loud, silent = (sum(weights(one, "popularity")) for one in found)
    assert loud > sum(weights(PRIOR, "popularity")) > silent


def test_where_there_are_plenty_of_new_ones_they_set_the_volumes_alone():
    """Those who came back took whoever was not popular."""
    back = choices(np.tile([False, True], (400, 1)), popularity=np.tile([1, -1], (400, 1)))
    with_them = judged(PRIOR, [replace(part, returning=back) for part in STEADY]).combination

    assert weights(with_them, "popularity") == pytest.approx(
        weights(judged(PRIOR, STEADY).combination, "popularity")
    )


def test_the_facts_count_the_queries():
    assert judged(PRIOR, STEADY).facts["queries"] == QUERIES * (JUDGED + EARLIER)


# the measure


def ranked(*deals: bool, stands_for: float = 1, wanted: list[bool] | None = None) -> float:
    """nDCG of one query whose candidates stand in the order of their popularity."""
    falling = -np.arange(len(deals), dtype=float)[None, :] / 10
    made = choices([deals], None if wanted is None else [wanted], stands_for, popularity=falling)
    return float(ndcg(PRIOR, made)[0])


def test_the_first_is_worth_one_and_the_second_less():
    assert ranked(True, False, False) == pytest.approx(1)
    assert ranked(False, True, False) == pytest.approx(1 / np.log2(3))


def test_all_of_several_on_top_is_worth_one():
    assert ranked(True, True, False) == pytest.approx(1)
    assert ranked(True, False, True) == pytest.approx(1.5 / (1 + 1 / np.log2(3)))


def test_more_than_ten_fill_the_list():
    assert ranked(*[True] * 14) == pytest.approx(1)
    assert ranked(*[False] * 10, True) == 0


def test_wishes_count_where_nothing_came_of_them():
    assert ranked(False, False, wanted=[False, True]) == pytest.approx(1 / np.log2(3))
    assert ranked(False, True, wanted=[True, False]) == pytest.approx(1 / np.log2(3))


def test_who_was_no_candidate_takes_no_place():
    made = choices([[False, True]], popularity=[[5, 0]])
    made.stands_for[0, 0] = 0

    assert ndcg(PRIOR, made)[0] == pytest.approx(1)


def test_where_the_latest_deals_are_too_few_it_is_calibrated_on_all():
    """Each slice has fewer deals than calibrating needs, all together have enough."""
    part = few(LEAST_QUERIES // JUDGED + 1)
    told = judged(PRIOR, [part] * (JUDGED + 1 + JUDGED))

    assert len(part.choices) * JUDGED < LEAST_OUTCOMES * 2
    assert told.facts["calibrated"]
    assert told.answers is not None


def test_what_answers_tell_beside_deals_is_told():
    """Startups said yes to half of what they answered, and came to a deal with one candidate of many."""
    asked = replies([True, False] * 30, popularity=[1.0, -1.0] * 30)
    told = judged(PRIOR, [replace(part, by_startup=asked) for part in STEADY])

    assert told.answers is not None
    startup, partner = told.answers
    assert startup != SAME
    assert partner == SAME
