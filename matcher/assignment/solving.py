"""The best assignment for an objective, with what one more place would bring."""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.flow import cheapest
from matcher.assignment.network import SCALE, Network, network_of, partner_nodes, startup_nodes
from matcher.assignment.problem import Bool, Float64, Int64, Objective, Problem
from matcher.assignment.residual import FAR, lengths_from_hub, lengths_to_hub, residual
from matcher.errors import Infeasible


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more meeting would bring each row: `first` [n] in units of the objective's first question
    (startups met, published pairs kept), and `values` [n], the change of the total beside that."""

    first: Int64
    values: Float64


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which pairs meet (`chosen` [arcs]), their `total` value, and what it can at most be (`bound`).

    `startup_short`, `partner_short` [n], [m] are meetings short of a least number that gave way, and
    `firm_excess` those beyond the firms' limit. The prices are exact: what solving again with one more place
    would change.
    """

    chosen: Bool
    total: float
    bound: float
    startup_short: Int64
    partner_short: Int64
    firm_excess: int
    startup_prices: Prices
    partner_prices: Prices

    @property
    def gap(self) -> float:
        """How far the total may be from the best, as a share of the bound; 0 where it is proved the best."""
        return (self.bound - self.total) / self.bound if self.bound > self.total else 0.0


def solve(problem: Problem, objective: Objective) -> Assignment:
    """The best assignment.

    Raises:
        Infeasible: no assignment keeps all limits that must hold.
    """
    network = network_of(problem, objective)
    flows = cheapest(network)
    if flows is None:
        raise Infeasible("no assignment keeps all limits")
    chosen = flows[: network.pairs] > 0
    total = float(problem.arcs.values[chosen].sum())
    return Assignment(chosen, total, total, *_gave_way(problem, chosen), *_prices(problem, network, flows))


def _gave_way(problem: Problem, chosen: Bool) -> tuple[Int64, Int64, int]:
    limits, (startups, partners) = problem.limits, problem.shape
    met = np.bincount(problem.arcs.startups[chosen], minlength=startups)
    taken = np.bincount(problem.arcs.partners[chosen], minlength=partners)
    return (
        np.maximum(limits.startup_min - met, 0),
        np.maximum(limits.partner_min - taken, 0),
        _firm_excess(problem, chosen),
    )


def _firm_excess(problem: Problem, chosen: Bool) -> int:
    limits, arcs = problem.limits, problem.arcs
    if limits.firms is None or limits.per_firm is None:
        return 0
    firms = limits.firms[arcs.partners[chosen]]
    pairs = np.stack((arcs.startups[chosen], firms))[:, firms >= 0]
    _, counts = np.unique(pairs, axis=1, return_counts=True)
    return int(np.maximum(counts - limits.per_firm, 0).sum())


def _prices(problem: Problem, network: Network, flows: Int64) -> tuple[Prices, Prices]:
    """A further arc between the hub and a node closes a cycle with the cheapest way back."""
    left = residual(network, flows)
    return (
        _gains(lengths_to_hub(left)[startup_nodes(problem)], network.first),
        _gains(lengths_from_hub(left)[partner_nodes(problem)], network.first),
    )


def _gains(lengths: Int64, first: int) -> Prices:
    """Nothing is gained by a way that costs something."""
    saved = np.where(lengths < FAR, np.maximum(-lengths, 0), 0)
    if first == 1:
        return Prices(np.zeros_like(saved), saved / SCALE)
    units = (saved + first // 2) // first
    return Prices(units, (saved - units * first) / SCALE)
