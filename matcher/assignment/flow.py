"""Flows by OR-tools: circulations of least cost, largest flows. The one module that imports its graph
solvers."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.assignment.network import Network
from matcher.assignment.problem import Bool, Int64


def cheapest(network: Network) -> Int64 | None:
    """A circulation of least cost, int64 by arc; None where no circulation keeps all bounds.

    Least flows are taken off first: what they carry is demanded at one end and supplied at the other.
    """
    solver = SimpleMinCostFlow()
    free = network.upper - network.lower
    arcs = solver.add_arcs_with_capacity_and_unit_cost(network.tails, network.heads, free, network.costs)
    supplies = np.bincount(network.heads, network.lower, network.nodes)
    supplies -= np.bincount(network.tails, network.lower, network.nodes)
    solver.set_nodes_supplies(np.arange(network.nodes), supplies.astype(np.int64))
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise OverflowError(f"the costs are too large for the solver: {status}")
    flows: Int64 = network.lower + solver.flows(arcs)
    return flows


@dataclass(frozen=True, slots=True)
class Cut:
    """How much the least flows are `short` of at least, in any circulation; 0 where one keeps all bounds.

    Of the sets of nodes into which more must flow than can leave, by `short` (as much as in any), `inner`
    [nodes] is the smallest and `outer` the largest.
    """

    short: int
    inner: Bool
    outer: Bool


def worst_cut(nodes: int, tails: Int64, heads: Int64, lower: Int64, upper: Int64) -> Cut:
    """By a largest flow from what least flows supply to what they demand (Hoffman 1960)."""
    into, out = (np.bincount(ends, lower, nodes).astype(np.int64) for ends in (heads, tails))
    every, source, sink = np.arange(nodes), np.full(nodes, nodes), np.full(nodes, nodes + 1)
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate((tails, source, every)),
        np.concatenate((heads, every, sink)),
        np.concatenate((upper - lower, into, out)),
    )
    status = solver.solve(nodes, nodes + 1)
    if status != solver.OPTIMAL:
        raise OverflowError(f"the limits are too large for the solver: {status}")
    inner, outer = np.zeros(nodes + 2, dtype=bool), np.ones(nodes + 2, dtype=bool)
    inner[solver.get_source_side_min_cut()] = True
    outer[solver.get_sink_side_min_cut()] = False
    return Cut(int(lower.sum()) - solver.optimal_flow(), inner[:nodes], outer[:nodes])
