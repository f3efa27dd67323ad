"""Mentors and investors on one scale, however much is known of each."""

import numpy as np
import numpy.typing as npt
import pytest

from matcher.matching.scoring import log_odds
from matcher.model.combination import Combination
from matcher.profiles import Role
from tests.training.toys import PRIOR, columns
from training.calibration import SAME, scaled
from training.levels import Heard, levelled

Float64 = npt.NDArray[np.float64]
PAIRS = columns((50,), popularity=np.linspace(-2, 2, 50))
OTHERS = columns((8, 5), popularity=np.linspace(0, 1, 40).reshape(8, 5))
NONE = columns((0,))
IN_DEALS = (SAME, SAME)
ANSWERED = ((1.5, 2.0), (1.0, 3.0))


def low(level: float) -> Combination:
    """The prior, both halves at a level of their own."""
    return scaled(PRIOR, ((0.5, level), (0.7, level - 1)))


def halves(combination: Combination, pairs: npt.NDArray[np.float32] = PAIRS) -> Float64:
    """Log-odds of the startup's half and of the partner's, [2, …]."""
    odds = log_odds(pairs, combination)
    return np.stack([odds.startup, odds.partner])


def both(mentors: Heard, investors: Heard) -> tuple[Combination, Combination]:
    found = levelled({Role.MENTOR: mentors, Role.INVESTOR: investors})
    return found[Role.MENTOR], found[Role.INVESTOR]


def test_roles_that_are_told_in_deals_stay_as_they_are():
    mentors, investors = both(Heard(low(-4), IN_DEALS, PAIRS), Heard(low(-2), IN_DEALS, PAIRS))

    assert halves(mentors) == pytest.approx(halves(low(-4)))
    assert halves(investors) == pytest.approx(halves(low(-2)))


def test_so_do_roles_of_which_nothing_is_known():
    mentors, investors = low(-4), low(-2)

    assert both(Heard(mentors, None, PAIRS), Heard(investors, None, PAIRS)) == (mentors, investors)


@pytest.mark.parametrize("known_first", [True, False])
def test_a_role_without_deals_takes_the_level_of_the_one_that_has_them(known_first: bool):
    known, unknown = Heard(low(-4), IN_DEALS, PAIRS), Heard(low(1), None, OTHERS)
    found = both(known, unknown) if known_first else both(unknown, known)[::-1]

    assert halves(found[0]) == pytest.approx(halves(low(-4)))
    for mine, theirs in zip(halves(found[1], OTHERS), halves(low(-4)), strict=True):
        assert (mine.mean(), mine.std()) == pytest.approx((theirs.mean(), theirs.std()))


def test_its_order_stays():
    _, found = both(Heard(low(-4), IN_DEALS, PAIRS), Heard(low(1), None, OTHERS))

    for mine, before in zip(halves(found, OTHERS), halves(low(1), OTHERS), strict=True):
        assert (np.argsort(mine, axis=None) == np.argsort(before, axis=None)).all()


def test_what_is_told_in_deals_is_turned_into_answers_as_the_other_role_was():
    """Nobody told how investors answer; how answers differ from deals is known of mentors."""
    answered = scaled(low(-4), ANSWERED)
    mentors, investors = both(Heard(answered, ANSWERED, PAIRS), Heard(low(-2), IN_DEALS, PAIRS))

    assert halves(mentors) == pytest.approx(halves(answered))
    assert halves(investors) == pytest.approx(halves(scaled(low(-2), ANSWERED)))


def test_a_half_that_has_answers_of_its_own_keeps_them():
    own = ((2.0, 1.0), SAME)
    mentors, investors = both(Heard(low(-4), ANSWERED, PAIRS), Heard(low(-2), own, PAIRS))

    assert halves(mentors) == pytest.approx(halves(low(-4)))
    assert halves(investors) == pytest.approx(halves(scaled(low(-2), (SAME, ANSWERED[1]))))


def test_a_role_without_partners_is_no_measure():
    alone = low(-4)

    assert both(Heard(alone, None, PAIRS), Heard(low(-2), IN_DEALS, NONE))[0] is alone
    assert halves(both(Heard(alone, IN_DEALS, PAIRS), Heard(low(-2), None, NONE))[0]) == pytest.approx(
        halves(alone)
    )
