"""The fairest assignment where nobody has more than one meeting: flows alone, one or two for each place.

A startup's outcome is the value of its only pair, so that "how many have at least t" is the cost of a flow.
The lexicographic bottleneck assignment (Burkard and Rendl 1991) is reached level by level: on the
circulations that were best so far as many startups as possible have at least t, and of these as many as
possible more, where t is what the next worst-off has now. Who cannot have more is settled; else t rises.
The best circulations of a step are those that agree with its dual prices: an arc whose reduced cost is not
0 keeps its flow (complementary slackness).
"""

import time
from dataclasses import replace

import numpy as np

from matcher.assignment.fairness import Fairness, most_alone, outcomes_of
from matcher.assignment.flow import cheapest
from matcher.assignment.network import SCALE, Network, network_of, whole
from matcher.assignment.problem import Importance, Int64, Objective, Problem
from matcher.assignment.residual import potentials, residual


def is_single(problem: Problem) -> bool:
    """Whether nobody may have more than one meeting, and no limit gives way."""
    limits = problem.limits
    soft = {limits.startup_importance, limits.partner_importance, limits.firm_importance} - {Importance.MUST}
    return bool(limits.startup_max.max(initial=0) <= 1) and not soft


def fairest_single(problem: Problem, start: Int64, seconds: float) -> tuple[Int64, Fairness]:
    """As `leximin.fairest`, for problems that are single; exact within the time."""
    deadline = time.monotonic() + seconds
    network = network_of(problem, Objective.HIGHEST_TOTAL)
    n, values = problem.shape[0], whole(problem.arcs.values)
    chosen, outcomes, settled = start, _sorted(problem, start), 0
    while settled < n and time.monotonic() < deadline:
        level = int(outcomes[settled])
        at_least = (values >= level) & (level > 0)  # without a meeting one has 0 too
        network, flows = _step(network, (n + 1) * at_least + (values > level))
        chosen = flows[: len(values)]
        outcomes = _sorted(problem, chosen)
        settled += int((outcomes[settled:] == level).sum())
    highest = np.sort(most_alone(problem))
    bound = int(highest[settled]) if settled < n else int(outcomes.max(initial=0))
    return chosen, Fairness(outcomes / SCALE, settled, bound / SCALE)


def _sorted(problem: Problem, chosen: Int64) -> Int64:
    return np.sort(outcomes_of(problem, chosen > 0))


def _step(network: Network, worth: Int64) -> tuple[Network, Int64]:
    """A circulation that is worth the most, and the network of all that are."""
    costs = np.zeros(len(network), dtype=np.int64)
    costs[: network.pairs] = -worth
    asked = replace(network, costs=costs)
    flows = cheapest(asked)
    assert flows is not None  # the one before is still there
    duals = potentials(residual(asked, flows))
    reduced = costs + duals[network.tails] - duals[network.heads]
    lower = np.where(reduced < 0, network.upper, network.lower)
    upper = np.where(reduced > 0, network.lower, network.upper)
    return replace(network, lower=lower, upper=upper), flows
