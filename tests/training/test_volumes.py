import numpy as np
import pytest

from matcher.model.combination import COLUMNS, Combination
from tests.training.toys import PRIOR, choices
from training.slices import NO_CHOICES
from training.volumes import LOUDEST, volumed

QUERIES = 200


def volume(found: Combination, name: str) -> float:
    """What became of a column's weight, for both halves alike."""
    at = COLUMNS.index(name)
    return float((found.startup[at] + found.partner[at]) / (PRIOR.startup[at] + PRIOR.partner[at]))


def told_by(name: str, right: bool = True, queries: int = QUERIES) -> Combination:
    """Of two candidates, all chose the one that is larger in a column, or all the other one."""
    deals = np.tile([right, not right], (queries, 1))
    centre, scale = (float(part[COLUMNS.index(name)]) for part in (PRIOR.centre, PRIOR.scale))
    values = np.tile([centre + scale, centre - scale], (queries, 1))
    return volumed(PRIOR, choices(deals, **{name: values}))


def test_without_choices_it_is_the_prior():
    assert volumed(PRIOR, NO_CHOICES) is PRIOR
    assert volumed(PRIOR, choices(np.zeros((3, 2)))) is PRIOR


@pytest.mark.parametrize(
    "name", ["semantic", "industry", "affinity_stage", "popularity", "neighbours", "companions"]
)
def test_what_always_tells_right_speaks_up_and_what_always_tells_wrong_is_silenced(name: str):
    assert 1 < volume(told_by(name), name) <= LOUDEST
    assert volume(told_by(name, right=False), name) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("name", ["willingness", "declines", "appeal", "dismissals"])
@pytest.mark.parametrize("right", [True, False])
def test_choices_do_not_say_how_much_an_answer_counts(name: str, right: bool):
    assert volume(told_by(name, right=right), name) == pytest.approx(1)


def test_a_kind_keeps_its_inner_proportions_and_the_others_their_volume():
    found = told_by("industry")

    assert volume(found, "stage") == pytest.approx(volume(found, "industry"))
    assert volume(found, "semantic") == pytest.approx(1)
    assert found.startup_intercept == PRIOR.startup_intercept


def test_the_more_choices_the_further_from_the_prior():
    one, three, many = (
        volume(told_by("industry", right=False, queries=queries), "industry") for queries in (1, 3, 50)
    )

    assert 1 > one > three > many - 1e-9


def test_without_a_deal_a_wish_is_a_choice():
    asked = np.tile([True, False], (QUERIES, 1))
    values = np.tile([1.0, 0.0], (QUERIES, 1))

    assert volume(volumed(PRIOR, choices(~asked & False, asked, industry=values)), "industry") > 1


def test_who_stands_for_nobody_is_no_candidate():
    """The second candidate is none: choosing the only one there is tells nothing."""
    made = choices(np.tile([True, False], (QUERIES, 1)), industry=np.tile([0.0, 1.0], (QUERIES, 1)))
    made.stands_for[:, 1] = 0

    assert volume(volumed(PRIOR, made), "industry") == pytest.approx(1, abs=1e-3)
