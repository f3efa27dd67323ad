"""The best assignment for an objective, with what one more place would bring."""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.bottleneck import fairest_single, is_single
from matcher.assignment.fairness import Fairness
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
    `firm_excess` those beyond the firms' limit. The prices are exact: what solving again with one more
    place would change. The fairest and those with slots have none. The fairest says in `fairness` what is
    proved of it; what everybody has fixes its total.
    """

    chosen: Bool
    total: float
    bound: float
    startup_short: Int64
    partner_short: Int64
    firm_excess: int
    startup_prices: Prices | None
    partner_prices: Prices | None
    fairness: Fairness | None = None

    @property
    def gap(self) -> float:
        """How far the total, or the worst-off place that is not proved, may be from the best, as a share of
        the bound; 0 where it is proved the best."""
        if self.fairness is not None:
            return self.fairness.gap
        return (self.bound - self.total) / self.bound if self.bound > self.total else 0.0


def solve(problem: Problem, objective: Objective, *, seconds: float = 60.0) -> Assignment:
    """The best assignment. `seconds` limits the search for the fairest; the others take moments.

    Raises:
        Infeasible: no assignment keeps all limits that must hold.
    """
    if objective is Objective.FAIREST:
        return _fairest(problem, seconds)
    return assignment_of(problem, objective, *best_flow(problem, objective))


def best_flow(problem: Problem, objective: Objective) -> tuple[Network, Int64]:
    """The objective's network and a circulation of least cost in it, [arcs of the network].

    Raises:
        Infeasible: no assignment keeps all limits that must hold.
    """
    network = network_of(problem, objective)
    flows = cheapest(network)
    if flows is None:
        raise Infeasible("no assignment keeps all limits")
    return network, flows


def assignment_of(problem: Problem, objective: Objective, network: Network, flows: Int64) -> Assignment:
    """The assignment that a circulation of least cost is."""
    chosen = flows[: network.pairs] > 0
    total = float(problem.arcs.values[chosen].sum())
    prices = _prices(problem, objective, network, flows)
    return Assignment(chosen, total, total, *_gave_way(problem, chosen), *prices)


def _fairest(problem: Problem, seconds: float) -> Assignment:
    """The search begins where nobody is left out."""
    network, flows = best_flow(problem, Objective.NOBODY_LEFT_OUT)
    if is_single(problem):
        fairest = fairest_single
    else:
        from matcher.assignment.leximin import fairest  # slow to load, and a web process never needs it
    values, fairness = fairest(problem, flows[: network.pairs], seconds)
    return unpriced(problem, values > 0, fairness=fairness)


def unpriced(problem: Problem, chosen: Bool, fairness: Fairness | None = None) -> Assignment:
    """An assignment without prices; its bound is the total."""
    total = float(problem.arcs.values[chosen].sum())
    return Assignment(chosen, total, total, *_gave_way(problem, chosen), None, None, fairness)


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


def _prices(problem: Problem, objective: Objective, network: Network, flows: Int64) -> tuple[Prices, Prices]:
    """A further arc between the hub and a node closes a cycle with the cheapest way back. Into a startup
    that may meet nobody it is that of a first meeting."""
    left = residual(network, flows)
    to_hub = lengths_to_hub(left)[startup_nodes(problem)]
    if objective is Objective.NOBODY_LEFT_OUT:
        to_hub = to_hub - network.first * ((to_hub < FAR) & (problem.limits.startup_max == 0))
    from_hub = lengths_from_hub(left)[partner_nodes(problem)]
    return _gains(to_hub, network.first), _gains(from_hub, network.first)


def _gains(lengths: Int64, first: int) -> Prices:
    """Nothing is gained by a way that costs something."""
    saved = np.where(lengths < FAR, np.maximum(-lengths, 0), 0)
    if first == 1:
        return Prices(np.zeros_like(saved), saved / SCALE)
    units = (saved + first // 2) // first
    return Prices(units, (saved - units * first) / SCALE)
