"""What every signal promises, whichever it is."""

import inspect
from types import ModuleType

import numpy as np
import pytest

from matcher.signals import affinity, asks, behaviour, declared, text
from matcher.signals.meeting import Chosen
from tests.matcher.signals.cases import CASES, Case

HELPERS = {"counted_affinity", "learned_affinity", "likeness"}
"""Public functions of the signals' modules that prepare a signal and are none."""


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def test_every_signal_is_under_contract():
    signals = {name for module in (affinity, asks, behaviour, declared, text) for name in public(module)}

    assert signals - HELPERS == {name.partition(",")[0] for name in CASES}


def public(module: ModuleType) -> set[str]:
    functions = inspect.getmembers(module, inspect.isfunction)
    return {name for name, f in functions if f.__module__ == module.__name__ and not name.startswith("_")}


def test_scores_are_float32_of_one_row_a_startup_and_one_column_a_partner(case: Case):
    scores = case.scores()

    assert scores.shape == (3, 5)
    assert scores.dtype == np.float32


def test_a_score_is_unknown_exactly_where_either_side_has_nothing_to_compare(case: Case):
    known = np.outer(case.startup_known, case.partner_known)

    assert np.isfinite(case.scores()).tolist() == known.tolist()
    assert np.isnan(case.scores()).tolist() == (~known).tolist()


def test_one_pair_alone_scores_as_it_does_among_many_to_the_last_bit(case: Case):
    everybody = case.scores()

    for startup, partner in np.ndindex(everybody.shape):
        assert case.scores([startup], [partner])[0, 0].tobytes() == everybody[startup, partner].tobytes()


def test_one_startup_alone_scores_as_it_does_among_many(case: Case):
    rows = np.vstack([case.scores([row]) for row in range(3)])

    assert rows.tobytes() == np.ascontiguousarray(case.scores()).tobytes()


STARTUPS_ASK = Chosen(np.repeat([2, 0, 1], [3, 1, 2]), np.array([4, 1, 0, 3, 2, 1]), np.array([0, 3, 4, 6]))
PARTNERS_ASK = Chosen(
    np.array([1, 0, 2, 0, 2, 0]), np.repeat([3, 4, 2, 1], [2, 0, 3, 1]), np.array([0, 2, 2, 5, 6])
)


@pytest.mark.parametrize("meeting", [STARTUPS_ASK, PARTNERS_ASK], ids=["startups ask", "partners ask"])
def test_chosen_pairs_score_as_they_do_when_everybody_meets_to_the_last_bit(case: Case, meeting: Chosen):
    scores = case.scores_of(meeting)

    assert scores.dtype == np.float32
    assert scores.tobytes() == case.scores()[meeting.of_startup, meeting.of_partner].tobytes()


def test_where_no_pair_is_chosen_there_is_no_score(case: Case):
    nobody = np.zeros(0, dtype=np.intp)

    assert case.scores_of(Chosen(nobody, nobody, np.array([0, 0]))).shape == (0,)


def test_the_order_of_candidates_does_not_matter(case: Case):
    startups, partners = [2, 0, 1], [3, 1, 4, 0, 2]

    assert np.array_equal(
        case.scores(startups, partners), case.scores()[startups][:, partners], equal_nan=True
    )


def test_nobody_on_either_side_gives_an_empty_matrix(case: Case):
    assert case.scores([], None).shape == (0, 5)
    assert case.scores(None, []).shape == (3, 0)


def test_inputs_are_only_read(case: Case):
    before = [array.copy() for array in case.arrays()]
    for array in case.arrays():
        array.flags.writeable = False

    first, second = case.scores(), case.scores()

    assert np.array_equal(first, second, equal_nan=True)
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(before, case.arrays(), strict=True))
