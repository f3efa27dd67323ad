"""Settings chosen on an earlier cut."""

from pathlib import Path

import numpy as np

from tests.training.quality.toys import two_fields
from training.quality.tuning import chosen_by, figure


def test_the_setting_of_most_worth_wins_and_the_first_of_equals():
    assert chosen_by(lambda setting: -abs(setting - 5), [1, 4, 6, 9]) == 4


def test_the_figure_is_the_mean_over_the_queries(tmp_path: Path):
    records = two_fields(tmp_path)
    perfect_for_one = np.where(records.truth, 1.0, np.nan)
    perfect_for_one[1] = np.nan

    assert figure(perfect_for_one, records) == 0.5
