"""What could still be moved in a circulation of least cost: shortest ways, and from them exact prices.

In the residual network of an optimum no cycle has a negative cost, so that shortest ways exist. One more
place with a partner is worth what the cheapest cycle through that place saves (Ahuja, Magnanti and Orlin
1993, chapter 9).
"""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.network import HUB, Network
from matcher.assignment.problem import Int64

FAR = np.int64(1) << 60
"""The length of a way that does not exist."""


@dataclass(frozen=True, slots=True)
class Residual:
    """The moves that a circulation leaves: one more unit along an arc, or one less."""

    nodes: int
    tails: Int64
    heads: Int64
    costs: Int64


def residual(network: Network, flows: Int64) -> Residual:
    """The residual network of a circulation."""
    more, less = flows < network.upper, flows > network.lower
    return Residual(
        network.nodes,
        np.concatenate((network.tails[more], network.heads[less])),
        np.concatenate((network.heads[more], network.tails[less])),
        np.concatenate((network.costs[more], -network.costs[less])),
    )


def lengths_from_hub(left: Residual) -> Int64:
    """The cheapest way from the hub to each node; FAR where there is none."""
    return _shortest(left.tails, left.heads, left.costs, _from_one(left.nodes))


def lengths_to_hub(left: Residual) -> Int64:
    """The cheapest way from each node to the hub; FAR where there is none."""
    return _shortest(left.heads, left.tails, left.costs, _from_one(left.nodes))


def potentials(left: Residual) -> Int64:
    """Dual prices of the nodes: no move along an arc costs less than the price of its head minus that of its
    tail."""
    return _shortest(left.tails, left.heads, left.costs, np.zeros(left.nodes, dtype=np.int64))


def _from_one(nodes: int) -> Int64:
    lengths = np.full(nodes, FAR, dtype=np.int64)
    lengths[HUB] = 0
    return lengths


def _shortest(tails: Int64, heads: Int64, costs: Int64, lengths: Int64) -> Int64:
    """Bellman–Ford: each round tries the arcs out of the nodes that the round before brought nearer."""
    nearer = lengths < FAR
    while nearer.any():
        tried = np.flatnonzero(nearer[tails])
        before = lengths.copy()
        np.minimum.at(lengths, heads[tried], lengths[tails[tried]] + costs[tried])
        nearer = lengths < before
    return lengths
