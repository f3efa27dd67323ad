"""What pairs that are no arcs could bring, by the dual prices of those that are."""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.candidates import Block, Candidates, top_of_rows
from matcher.assignment.groups import group_nodes, groups_of
from matcher.assignment.network import Network, partner_nodes, startup_nodes, whole
from matcher.assignment.problem import Int64, Problem
from matcher.assignment.residual import potentials, residual


@dataclass(frozen=True, slots=True)
class DualPrices:
    """Potentials in whole units: of each partner's node and of the node that a startup's pairs with
    partners of a firm leave, [n, firms + 1], the last column for those without a firm; `firms` [m] are the
    columns."""

    tails: Int64
    heads: Int64
    firms: Int64


def dual_prices(problem: Problem, network: Network, flows: Int64) -> DualPrices:
    """Those of a circulation of least cost. A (startup, firm) without a node has the price of its startup:
    its limit holds without one."""
    duals = potentials(residual(network, flows))
    groups, limits = groups_of(problem), problem.limits
    firms = np.full(problem.shape[1], -1) if limits.firms is None else limits.firms
    tails = np.repeat(duals[startup_nodes(problem)][:, None], firms.max(initial=-1) + 2, axis=1)
    tails[groups.startups, groups.firms] = duals[group_nodes(problem, groups)]
    return DualPrices(tails, duals[partner_nodes(problem)], firms)


@dataclass(frozen=True, slots=True)
class Priced:
    """Of a block's pairs left out: how many there are, how many are `improving`, what these bring at most
    (the `largest` and all together, whole units), and the best of each startup."""

    left_out: int
    improving: int
    largest: int
    together: int
    best: Candidates


def priced_block(prices: DualPrices, block: Block, arcs: Int64, k: int) -> Priced:
    """The block's pairs that are no `arcs` (keys, ascending). Up to k of each startup are the best."""
    left_out = block.eligible
    left_out.ravel()[block.places(arcs)] = False
    gains = whole(np.where(left_out, block.values, 0.0))
    gains += prices.heads - prices.tails[block.rows][:, prices.firms]
    gains[~left_out] = 0
    best = top_of_rows(gains, k)
    improving = gains[gains > 0]
    return Priced(
        int(left_out.sum()),
        len(improving),
        int(improving.max(initial=0)),
        int(improving.sum()),
        block.picked(best[gains.ravel()[best] > 0]),
    )
