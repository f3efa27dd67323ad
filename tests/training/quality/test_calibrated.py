"""Calibration as a section."""

import numpy as np
import pytest

from training.quality.calibrated import MOST, Predicted, calibration_section


def predicted(score: float) -> Predicted:
    """A hundred pairs of which ten came true, all said to be as probable as `score`."""
    names = ("score", "p_startup", "p_partner")
    came_true = np.arange(100) < 10
    return Predicted("toy", {name: np.full(100, score) for name in names}, came_true, came_true)


@pytest.mark.parametrize(("score", "reached"), [(0.1, True), (0.1 + MOST - 0.01, True), (0.3, False)])
def test_the_score_must_be_near_what_came_true(score: float, reached: bool):
    (wanted,) = calibration_section([predicted(score)]).required

    assert wanted.value == pytest.approx(abs(score - 0.1))
    assert wanted.reached is reached


def test_the_score_and_both_halves_have_a_row_and_a_line():
    section = calibration_section([predicted(0.1)])
    (chart,) = section.charts

    assert [row[1] for row in section.rows] == ["score", "p_startup", "p_partner"]
    assert [name for name, _ in chart.series] == ["score", "p_startup", "p_partner"]
