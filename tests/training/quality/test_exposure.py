"""The table of what spreading exposure does, from lists known by thought."""

import numpy as np
import pytest

from training.measures.lists import DEPTH, NOBODY
from training.measures.metrics import Measures, measures
from training.quality.exposure import Spread, exposure_section
from training.quality.tasks import INVENTED

CANDIDATES = 4
TRUTH = np.eye(2, CANDIDATES, dtype=bool)


def _lists(*rows: list[int]) -> Measures:
    return measures(np.array([row + [NOBODY] * (DEPTH - len(row)) for row in rows]), TRUTH)


STAR = _lists([0, 1], [1, 0])
EVEN = _lists([0, 2], [1, 3])


def test_everyone_shown_once_has_no_gini_left_and_nothing_is_lost() -> None:
    one = Spread("t", STAR, EVEN)
    assert STAR.gini == pytest.approx(0.5)
    assert one.ratio == pytest.approx(0.0)
    assert one.loss == 0.0
    assert [wanted.reached for wanted in exposure_section([one]).required] == [True, True]


def test_what_is_lost_is_told_and_fails() -> None:
    one = Spread("t", STAR, _lists([2, 0], [3, 1]))
    assert one.loss == pytest.approx(1 - 1 / np.log2(3))
    assert [wanted.reached for wanted in exposure_section([one]).required] == [True, False]


def test_lists_that_show_nobody_cost_nothing_and_change_nothing() -> None:
    nobody = _lists([], [])
    assert (Spread("t", nobody, nobody).ratio, Spread("t", nobody, nobody).loss) == (1.0, 0.0)


def test_the_invented_city_has_nothing_to_reach() -> None:
    assert exposure_section([Spread(INVENTED.name, STAR, STAR)]).required == ()
