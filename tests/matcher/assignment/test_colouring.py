"""As many colours as the busiest has edges suffice."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.assignment.colouring import coloured


@settings(max_examples=200, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_the_busiest_nodes_edges_are_enough_colours_for_all(edges: set[tuple[int, int]]):
    ends = np.array(sorted(edges), dtype=np.intp).reshape(-1, 2)
    startups, partners = ends[:, 0], ends[:, 1]
    busiest = max((int(np.bincount(side).max()) for side in (startups, partners) if len(side)), default=0)
    colours = coloured(startups, partners, busiest)
    assert ((colours >= 0) & (colours < max(busiest, 1))).all()
    for side in (startups, partners):
        assert len(set(zip(side.tolist(), colours.tolist(), strict=True))) == len(edges)


def test_a_path_is_recoloured_when_no_colour_is_free_at_both_ends():
    """The last edge finds colour 1 free at its startup and colour 0 at its partner."""
    colours = coloured(np.array([0, 1, 1, 0]), np.array([0, 1, 0, 1]), 2)
    assert colours.tolist() in ([0, 0, 1, 1], [1, 1, 0, 0])
