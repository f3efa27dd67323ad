"""Random subsamples of interactions."""

from training.quality.subsamples import subsample


def test_a_larger_subsample_of_the_same_seed_holds_the_smaller():
    assert {*subsample(100, 10, seed=1)} < {*subsample(100, 30, seed=1)}


def test_rows_stay_in_order_and_differ():
    rows = subsample(100, 30, seed=1).tolist()

    assert rows == sorted({*rows})
    assert len(rows) == 30


def test_another_seed_draws_others():
    assert {*subsample(100, 10, seed=1)} != {*subsample(100, 10, seed=2)}


def test_everything_is_everything_whatever_the_seed():
    assert subsample(5, 5, seed=1).tolist() == subsample(5, 5, seed=2).tolist() == [0, 1, 2, 3, 4]
