"""Slots for pairs when everybody is always there: edge colouring of a bipartite graph.

A bipartite graph needs as many colours as its busiest node has edges (König 1916). Edges are coloured one
after the other; where no colour is free at both ends, the path that alternates between a colour free at the
one and a colour free at the other changes its colours.
"""

import numpy as np

from matcher.assignment.problem import Int64
from matcher.vocabulary import Rows

NONE = -1


def coloured(startups: Rows, partners: Rows, colours: int) -> Int64:
    """A colour from 0 for each pair, no two of one startup or one partner alike.

    The pairs are each named once, and nobody has more of them than there are colours.
    """
    first = int(startups.max(initial=-1)) + 1
    tails, heads = startups.tolist(), (partners + first).tolist()
    used = np.full((first + int(partners.max(initial=-1)) + 1, colours), NONE).tolist()
    for pair, (one, other) in enumerate(zip(tails, heads, strict=True)):
        mine, theirs = used[one].index(NONE), used[other].index(NONE)
        if mine != theirs:
            _swap(used, [tails, heads], other, mine, theirs)
        used[one][mine] = used[other][mine] = pair
    colour_of = np.full(len(tails), NONE, dtype=np.int64)
    for colours_of_node in used[:first]:
        for colour, pair in enumerate(colours_of_node):
            if pair != NONE:
                colour_of[pair] = colour
    return colour_of


def _swap(used: list[list[int]], ends: list[list[int]], node: int, colour: int, other: int) -> None:
    """Exchange two colours along the path that leaves the node by the first; it frees that colour there."""
    path = []
    at, wanted = node, colour
    while (pair := used[at][wanted]) != NONE:
        path.append((pair, wanted))
        at = ends[0][pair] + ends[1][pair] - at
        wanted = other if wanted == colour else colour
    for pair, before in path:
        for end in ends:
            used[end[pair]][before] = NONE
    for pair, before in path:
        for end in ends:
            used[end[pair]][other if before == colour else colour] = pair
