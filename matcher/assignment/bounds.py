"""The limits that must hold, as bounds of a circulation: which of them contradict one another.

Arcs are those of `network`, one for each limit: pairs (least: a lock), startups' meetings with a firm,
startups' meetings, partners' places. A set of nodes into which more must flow than can leave is a
contradiction, and there is one wherever no circulation exists (Hoffman 1960).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matcher.assignment.flow import Cut, worst_cut
from matcher.assignment.groups import group_nodes, groups_of
from matcher.assignment.network import HUB, partner_nodes, startup_nodes
from matcher.assignment.problem import Bool, Importance, Int64, Problem


class LimitKind(StrEnum):
    """What a limit is on."""

    STARTUP_MIN = "startup_min"
    STARTUP_MAX = "startup_max"
    PARTNER_MIN = "partner_min"
    PARTNER_MAX = "partner_max"
    PER_FIRM = "per_firm"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the startup, the partner or (a lock) the arc in `row`: at least or at most `amount`
    meetings, of the startup with partners of `firm` where that is not −1."""

    kind: LimitKind
    row: int
    amount: int
    firm: int = -1


LEAST = (LimitKind.LOCK, None, LimitKind.STARTUP_MIN, LimitKind.PARTNER_MIN)
MOST = (None, LimitKind.PER_FIRM, LimitKind.STARTUP_MAX, LimitKind.PARTNER_MAX)
"""What the bounds of each block of arcs are: pairs, firms, startups, partners. A pair meets once at most,
which is no limit that could be given up."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Arcs with least and most flow; `blocks` are places in LEAST and MOST, `rows` count within a block. A
    bound that nobody set is 0, or as good as none (`free`)."""

    nodes: int
    tails: Int64
    heads: Int64
    lower: Int64
    upper: Int64
    blocks: Int64
    rows: Int64
    firms: Int64
    free: int

    def cut(self) -> Cut:
        """The worst contradiction."""
        return worst_cut(self.nodes, self.tails, self.heads, self.lower, self.upper)

    def entering(self, nodes: Bool) -> Bool:
        """The arcs into some nodes."""
        return nodes[self.heads] & ~nodes[self.tails]

    def leaving(self, nodes: Bool) -> Bool:
        """The arcs out of some nodes."""
        return nodes[self.tails] & ~nodes[self.heads]

    def demand(self, nodes: Bool) -> int:
        """How much must flow into some nodes."""
        return int(self.lower[self.entering(nodes)].sum())

    def supply(self, nodes: Bool) -> int:
        """How much can flow out of them."""
        return int(self.upper[self.leaving(nodes)].sum())

    def across(self, nodes: Bool) -> "Bounds":
        """The limits across the border of some nodes that hold back what must flow in; the others are given
        up."""
        lower = np.where(self.entering(nodes), self.lower, 0)
        kept = self.leaving(nodes) | (self.blocks == 0)
        return replace(self, lower=lower, upper=np.where(kept, self.upper, self.free))

    def lowered(self, nodes: Bool, by: int) -> "Bounds":
        """So much less that must flow into some nodes, taken from the last arcs first."""
        entering = np.flatnonzero(self.entering(nodes))
        lower = self.lower.copy()
        upto = np.cumsum(lower[entering])
        kept = int(upto[-1]) - by if len(upto) else 0
        lower[entering] = np.clip(kept - (upto - lower[entering]), 0, lower[entering])
        return replace(self, lower=lower)

    def around(self, nodes: Bool) -> "Bounds":
        """The arcs on that side of the border of some nodes where the hub is not; the other side is one
        node."""
        far = nodes != nodes[HUB]
        kept = far[self.tails] | far[self.heads]
        return replace(
            self,
            tails=np.where(far[self.tails], self.tails, HUB)[kept],
            heads=np.where(far[self.heads], self.heads, HUB)[kept],
            **{name: getattr(self, name)[kept] for name in ("lower", "upper", "blocks", "rows", "firms")},
        )

    def limits(self) -> tuple[Limit, ...]:
        """All limits that are set."""
        least = [self._limit(LEAST, arc, self.lower) for arc in np.flatnonzero(self.lower).tolist()]
        set_ = (self.upper < self.free) & (self.blocks > 0)
        return (*least, *(self._limit(MOST, arc, self.upper) for arc in np.flatnonzero(set_).tolist()))

    def _limit(self, kinds: tuple[LimitKind | None, ...], arc: int, amounts: Int64) -> Limit:
        kind = kinds[self.blocks[arc]]
        assert kind is not None
        return Limit(kind, int(self.rows[arc]), int(amounts[arc]), int(self.firms[arc]))


def bounds_of(problem: Problem) -> Bounds:
    """Every limit of the problem that must hold."""
    limits, groups = problem.limits, groups_of(problem)
    startups, partners, middle = startup_nodes(problem), partner_nodes(problem), group_nodes(problem, groups)
    sizes = [len(problem.arcs), len(middle), len(startups), len(partners)]
    pair_tails = startups[problem.arcs.startups]
    pair_tails[groups.of >= 0] = middle[groups.of[groups.of >= 0]]
    least = [
        problem.locked.astype(np.int64),
        np.zeros(sizes[1], dtype=np.int64),
        limits.startup_min * (limits.startup_importance is Importance.MUST),
        limits.partner_min * (limits.partner_importance is Importance.MUST),
    ]
    free = (
        int(sum(one.sum() for one in least))
        + int(max(limits.startup_max.sum(), limits.partner_max.sum()))
        + 1
    )
    firm = limits.per_firm if limits.firm_importance is Importance.MUST else free
    most = [
        np.ones(sizes[0], dtype=np.int64),
        np.full(sizes[1], firm or 0),
        limits.startup_max,
        limits.partner_max,
    ]
    hubs = [np.full(size, HUB) for size in sizes]
    return Bounds(
        nodes=1 + sum(sizes[1:]),
        tails=np.concatenate([pair_tails, startups[groups.startups], hubs[2], partners]),
        heads=np.concatenate([partners[problem.arcs.partners], middle, startups, hubs[3]]),
        lower=np.concatenate(least).astype(np.int64),
        upper=np.concatenate(most).astype(np.int64),
        blocks=np.repeat(np.arange(4), sizes),
        rows=np.concatenate([np.arange(sizes[0]), groups.startups, *(np.arange(size) for size in sizes[2:])]),
        firms=np.concatenate([np.full(sizes[0], -1), groups.firms, np.full(sum(sizes[2:]), -1)]),
        free=free,
    )
