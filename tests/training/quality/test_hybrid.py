"""LightFM as its users run it."""

from pathlib import Path

import numpy as np
import scipy.sparse as sp

from tests.training.quality.toys import two_fields, write_task
from training.measures.lists import best
from training.quality.hybrid import INSTALLED, Setting, hybrid, partner_features, shared, startup_features
from training.quality.records import read_records


def test_a_new_startup_gets_the_partners_of_its_field(tmp_path: Path):
    records = two_fields(tmp_path)
    lists = best(hybrid(records, INSTALLED, records.asked), records.allowed)

    assert {*lists[0, :3].tolist()} == {0, 1, 2}
    assert {*lists[1, :3].tolist()} == {3, 4, 5}


def test_the_same_setting_gives_the_same_scores_again(tmp_path: Path):
    records = two_fields(tmp_path)
    one, other = (hybrid(records, Setting(dimensions=4, epochs=3), records.asked) for _ in range(2))

    assert one.tolist() == other.tolist()


def test_without_deals_nobody_is_known(tmp_path: Path):
    records = read_records(write_task(tmp_path, {"q": "x"}, ["a"], [], [("q", "a")]))

    assert np.isnan(hybrid(records, INSTALLED, records.asked)).all()


def test_a_startup_has_a_feature_of_its_own_only_where_told(tmp_path: Path):
    records = two_fields(tmp_path)
    own = np.zeros(len(records.startups), dtype=bool)
    own[0] = True
    features = startup_features(records, own)

    assert features[0].data.tolist() == [1.0, 1.0]
    assert features[1].data.tolist() == [1.0]


def test_shared_features_sum_to_one_and_none_stay_none():
    rows = sp.csr_matrix([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])

    assert shared(rows).toarray().tolist() == [[0.5, 0.5], [0.0, 1.0], [0.0, 0.0]]


def test_every_partner_has_a_feature_of_its_own(tmp_path: Path):
    assert partner_features(two_fields(tmp_path)).toarray().tolist() == np.identity(6).tolist()


def test_a_setting_says_what_it_is():
    assert str(Setting(32, 30, 1e-5)) == "d 32, 30 epochs, α 1e-05"
    assert str(Setting(own=True, shared=True)).endswith("α 0, a feature of each startup's own, rows of 1")
