"""The best few pairs of each startup and of each partner, found block by block."""

import numpy as np
import pytest

from matcher.assignment import candidates
from matcher.assignment.candidates import best_of_each, top_of_rows

NONE = np.zeros(0, dtype=np.int64)
VALUES = np.array(
    [
        [0.9, 0.1, 0.2, 0.3],
        [0.8, 0.2, 0.3, 0.1],
        [0.7, 0.3, 0.1, -np.inf],
        [0.6, -np.inf, 0.0, 0.2],
    ]
)


def found(k: int, named: np.ndarray = NONE) -> set[tuple[int, int]]:
    best = best_of_each(lambda rows: VALUES[rows], VALUES.shape, k, named)
    arcs = best.arcs(VALUES.shape[1])
    assert (arcs.values == VALUES[arcs.startups, arcs.partners]).all()
    assert (np.diff(best.keys) > 0).all()
    return set(zip(arcs.startups.tolist(), arcs.partners.tolist(), strict=True))


@pytest.mark.parametrize("cells", [1, 8, 1000])
def test_whatever_the_blocks_the_best_of_each_side_are_found(monkeypatch: pytest.MonkeyPatch, cells: int):
    monkeypatch.setattr(candidates, "CELLS", cells)
    best_of_startups = {(0, 0), (1, 0), (2, 0), (3, 0)}
    assert found(1) == best_of_startups | {(2, 1), (1, 2), (0, 3)}


def test_pairs_that_may_not_meet_are_no_candidates_even_where_everything_is_asked_for():
    assert found(9) == {(i, j) for i, j in np.ndindex(4, 4) if VALUES[i, j] > -np.inf}


def test_named_pairs_are_candidates_too_if_they_may_meet():
    assert found(1, np.array([3 * 4 + 1, 3 * 4 + 2])) - found(1) == {(3, 2)}


def test_the_top_of_rows_counts_places_through_the_whole_array():
    assert sorted(top_of_rows(VALUES[:2], 2).tolist()) == [0, 3, 4, 6]
