"""Circulations of least cost, by OR-tools. The one module that imports it."""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.assignment.network import Network
from matcher.assignment.problem import Int64


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
