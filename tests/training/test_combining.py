"""What evidence moves which weights, in slices made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.matching.scoring import sigmoid
from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination
from tests.training.toys import PRIOR, choices, columns, replies, slice_with, weights
from training import combining
from training.combining import learned
from training.slices import Choices, Slice, chosen_candidates

QUERIES = 60
BLANK = ("pace_year", "company")
"""Columns that the prior gives no weight: one that may only rise, one that may do either."""


def moved(found: Combination) -> tuple[float, float]:
    """How far the weights of either half are from the prior's."""
    return (
        float(np.abs(found.startup - PRIOR.startup).sum()),
        float(np.abs(found.partner - PRIOR.partner).sum()),
    )


def chose(column: str, value: float, *, wished: bool = False) -> Slice:
    """Every query took the first of three, which has the value where the others have 0."""
    taken, nobody = np.tile([True, False, False], (QUERIES, 1)), np.zeros((QUERIES, 3), dtype=bool)
    known = {column: np.tile([value, 0, 0], (QUERIES, 1))}
    made = choices(nobody, taken, **known) if wished else choices(taken, nobody, **known)
    return slice_with(made)


def test_a_blank_column_has_no_weight_in_the_prior():
    assert [weights(PRIOR, name) for name in BLANK] == [(0, 0), (0, 0)]
    assert [EXPERT_PRIOR[name].rising for name in BLANK] == [True, False]


@pytest.mark.parametrize("slices", [[], [slice_with()], [slice_with(), slice_with()]])
def test_without_evidence_it_is_the_prior_exactly(slices: list[Slice]):
    found = learned(PRIOR, slices)

    assert (found.startup.tolist(), found.partner.tolist()) == (
        PRIOR.startup.tolist(),
        PRIOR.partner.tolist(),
    )
    assert (found.centre.tolist(), found.scale.tolist()) == (PRIOR.centre.tolist(), PRIOR.scale.tolist())


def test_deals_move_both_halves_alike():
    startup, partner = weights(learned(PRIOR, [chose("pace_year", 1)]), "pace_year")

    assert startup == pytest.approx(partner)
    assert startup > 0.1


def test_what_staff_preferred_moves_both_halves_alike():
    labels = replace(slice_with(), preferred=choices(np.tile([True, False], (QUERIES, 1)), pace_year=[1, 0]))
    startup, partner = weights(learned(PRIOR, [labels]), "pace_year")

    assert startup == pytest.approx(partner)
    assert startup > 0.1


def test_what_tells_nothing_apart_keeps_its_weight():
    found = learned(PRIOR, [chose("pace_year", 1)])

    others = [name for name in COLUMNS if name != "pace_year"]
    assert [weights(found, name) for name in others] == [weights(PRIOR, name) for name in others]


def test_whom_startups_asked_for_moves_their_half_alone():
    startup, partner = moved(learned(PRIOR, [chose("pace_year", 1, wished=True)]))

    assert startup > 0.1
    assert partner == 0


def answers(column: str) -> np.ndarray:
    """Yes where the column is 1, no where it is −1."""
    return np.tile([1.0, -1.0], QUERIES)


def test_a_startup_s_dismissals_move_its_half_alone():
    said = replies(answers("company") > 0, company=answers("company"))

    found = learned(PRIOR, [slice_with(startups=said)])

    assert weights(found, "company")[0] > 0.1
    assert moved(found)[1] == 0


def test_a_partner_s_declines_move_its_half_alone():
    said = replies(answers("company") > 0, company=answers("company"))

    found = learned(PRIOR, [slice_with(partners=said)])

    assert weights(found, "company")[1] > 0.1
    assert moved(found)[0] == 0


@pytest.mark.parametrize("half", ["startups", "partners"])
def test_how_often_a_side_says_yes_moves_no_weight(half: str):
    """Hardly ever, over pairs that look alike: answers have an intercept of their own."""
    said = replies([False] * QUERIES + [True] * 3, company=1.0)

    found = learned(PRIOR, [slice_with(**{half: said})])

    assert moved(found) == pytest.approx((0, 0), abs=1e-3)


def test_a_rising_column_never_counts_against_a_pair():
    down = learned(PRIOR, [chose(name, -1) for name in COLUMNS])
    rising = np.array([term.rising for term in EXPERT_PRIOR.values()])

    assert down.startup[rising].min() >= 0
    assert down.partner[rising].min() >= 0
    assert weights(learned(PRIOR, [chose("pace_year", -1)]), "pace_year") == (0, 0)
    assert weights(learned(PRIOR, [chose("company", -1)]), "company")[0] < -0.1


def test_a_stronger_penalty_stays_closer_to_the_prior(monkeypatch: pytest.MonkeyPatch):
    distances = []
    for penalty in (3.0, 30.0, 300.0):
        monkeypatch.setattr(combining, "PENALTY", penalty)
        distances.append(moved(learned(PRIOR, [chose("pace_year", 1)]))[0])

    assert distances[0] > distances[1] > distances[2] > 0


def test_more_evidence_goes_further():
    one, ten = (moved(learned(PRIOR, [chose("company", 1)] * times))[0] for times in (1, 10))

    assert ten > one


def test_the_weights_are_where_evidence_and_penalty_balance():
    """For two candidates a step apart, q (1 − sigmoid(w)) / 2 = λ w for each half's weight w."""
    pair = choices(np.tile([True, False], (QUERIES, 1)), company=np.tile([1, 0], (QUERIES, 1)))

    startup, _ = weights(learned(PRIOR, [slice_with(pair)]), "company")

    pull = QUERIES * (1 - sigmoid(np.array(startup))) / 2
    assert combining.PENALTY * startup == pytest.approx(float(pull), rel=1e-3)


def test_a_query_with_several_choices_counts_once():
    once = choices(np.tile([True, False], (QUERIES, 1)), company=np.tile([1, 0], (QUERIES, 1)))
    twice = choices(
        np.tile([True, True, False, False], (QUERIES, 1)), company=np.tile([1, 1, 0, 0], (QUERIES, 1))
    )

    found = [weights(learned(PRIOR, [slice_with(made)]), "company")[0] for made in (once, twice)]

    assert found[0] == pytest.approx(found[1], rel=1e-3)


def test_candidates_that_stand_for_nobody_teach_nothing():
    pair = choices(np.tile([True, False], (QUERIES, 1)), company=np.tile([1, 0], (QUERIES, 1)))
    padded = choices(
        np.tile([True, False, False], (QUERIES, 1)), company=np.tile([1.0, 0.0, 8.0], (QUERIES, 1))
    )
    padded.stands_for[:, 2] = 0

    found = [weights(learned(PRIOR, [slice_with(made)]), "company")[0] for made in (pair, padded)]

    assert found[0] == pytest.approx(found[1], rel=1e-3)


# sampled candidates

MANY = 600


def world() -> tuple[np.ndarray, np.ndarray]:
    """Pairs [queries, partners, columns] and who was taken: by company and by what the prior knows too."""
    rng = np.random.default_rng(5)
    known = {name: rng.standard_normal((200, MANY)) for name in ("company", "popularity", "since_last")}
    pull = known["popularity"] + 0.8 * known["company"] + rng.gumbel(size=(200, MANY))
    return columns((200, MANY), **known), pull == pull.max(axis=1, keepdims=True)


def told(made: Choices) -> np.ndarray:
    found = learned(PRIOR, [slice_with(made)])
    return np.array([sum(weights(found, name)) for name in ("company", "popularity", "since_last")])


def test_fitting_on_a_sample_is_nearly_fitting_on_all():
    pairs, taken = world()
    nobody, everyone = np.zeros_like(taken), np.ones_like(taken)
    sample = chosen_candidates(pairs, (taken, nobody), everyone, PRIOR, seed=0)
    alike = Choices(sample.columns, np.ones_like(sample.stands_for), sample.deals, sample.wanted)

    whole = told(Choices(pairs, everyone.astype(np.float32), taken, nobody))

    assert told(sample) == pytest.approx(whole, abs=0.06)
    assert np.abs(told(alike) - whole).max() > 0.2
