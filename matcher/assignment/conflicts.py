"""Why no assignment keeps all limits, and what would help.

A bottleneck is a set of startups and partners where more meetings must take place than can. Its limits are
thinned until every proper subset can hold (an irreducible infeasible set; Chinneck 2008, chapter 6), by
cuts instead of one test for each limit: with the demand lowered so far that one meeting is missing, a limit
is needed just when it crosses the smallest and the largest of all cuts that miss one, since it then crosses
them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from matcher.assignment.bounds import LEAST, Bounds, Limit, LimitKind, bounds_of
from matcher.assignment.network import HUB, partner_nodes, startup_nodes
from matcher.assignment.problem import Arcs, Bool, Importance, Int64, Problem
from matcher.assignment.ways_out import WayOut, ways_out
from matcher.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Conflict:
    """A bottleneck: its `startups` and `partners` (rows), the meetings that its limits demand and those
    that they can supply.

    `bottleneck` are all its limits, `limits` an irreducible set of them: they cannot hold together, and can
    as soon as one is left out (or one that demands is lowered by 1: their amounts may be lower than what
    was set). `ways_out` each mend it, or the part they say.
    """

    startups: Rows
    partners: Rows
    demand: int
    supply: int
    bottleneck: tuple[Limit, ...]
    limits: tuple[Limit, ...]
    ways_out: tuple[WayOut, ...]

    @property
    def shortage(self) -> int:
        """How many meetings are missing."""
        return self.demand - self.supply


MOST_TOLD = 10
"""For so many bottlenecks it is worked out what would help."""
NOTHING: Mapping[str, Arcs] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Bottleneck:
    """Nodes into which more must flow than can leave by the bounds; `given_up` [arcs] less would do. `cut`
    is the number of the cut that it is part of."""

    inside: Bool
    bounds: Bounds
    given_up: Int64
    cut: int


def conflicts(
    problem: Problem, removed: Mapping[str, Arcs] = NOTHING, *, most: int = MOST_TOLD
) -> tuple[Conflict, ...]:
    """The bottlenecks of which none is mended with the others, the largest shortage first, so many at most;
    none where an assignment exists.

    `removed` are pairs that are no arcs of the problem, by the name of what removed them (a must-have, the
    bans): where they would help, letting them meet is a way out. Ways out are those of a bottleneck by
    itself.
    """
    bounds = bounds_of(problem)
    found = sorted(_needed(bounds, list(_bottlenecks(bounds))), key=lambda one: -int(one.given_up.sum()))
    return tuple(
        _conflict(problem, one, _with_demand(problem, bounds, _mended(bounds, found, one).lower), removed)
        for one in found[:most]
    )


def _needed(bounds: Bounds, found: list[_Bottleneck]) -> list[_Bottleneck]:
    """Without those that are gone when the others are mended. Those of one cut never are."""
    if len({one.cut for one in found}) > 1:
        for one in found[:-1]:
            if not _mended(bounds, found, one).cut().short:
                found = [other for other in found if other is not one]
    return found


def _mended(bounds: Bounds, found: list[_Bottleneck], but: _Bottleneck) -> Bounds:
    """The bounds with all bottlenecks mended but one."""
    given_up = [one.given_up for one in found if one is not but]
    return replace(bounds, lower=bounds.lower - np.sum(given_up, axis=0, dtype=np.int64))


def _bottlenecks(bounds: Bounds) -> Iterator[_Bottleneck]:
    """One after the other, each mended by lower demands before the next is looked for."""
    for number in count():
        cut = bounds.cut()
        if not cut.short:
            return
        for inside in _parts(bounds, cut.inner):
            lowered = bounds.lowered(inside, bounds.demand(inside) - bounds.supply(inside))
            yield _Bottleneck(inside, bounds, bounds.lower - lowered.lower, number)
            bounds = lowered


def _parts(bounds: Bounds, inner: Bool) -> Iterator[Bool]:
    """The cut falls apart where nothing but the hub joins its parts; those that are short themselves."""
    far = ~inner if inner[HUB] else inner
    tails, heads = far[bounds.tails], far[bounds.heads]
    within = tails & heads
    ends = (bounds.tails[within], bounds.heads[within])
    graph = sp.coo_matrix((np.ones(len(ends[0])), ends), shape=(bounds.nodes, bounds.nodes))
    _, of = connected_components(graph, directed=False)
    nodes_in, nodes_out = (bounds.tails, bounds.heads) if inner[HUB] else (bounds.heads, bounds.tails)
    enters, leaves = bounds.entering(inner), bounds.leaving(inner)
    short = np.bincount(of[nodes_in[enters]], bounds.lower[enters], len(far))
    short -= np.bincount(of[nodes_out[leaves]], bounds.upper[leaves], len(far))
    for part in np.flatnonzero(short > 0).tolist():
        nodes = far & (of == part)
        yield ~nodes if inner[HUB] else nodes


def _conflict(problem: Problem, one: _Bottleneck, alone: Problem, removed: Mapping[str, Arcs]) -> Conflict:
    """`alone` is the problem with the other bottlenecks mended."""
    bounds, inside = one.bounds.around(one.inside), one.inside
    part = inside != inside[HUB]
    return Conflict(
        startups=np.flatnonzero(part[startup_nodes(problem)]),
        partners=np.flatnonzero(part[partner_nodes(problem)]),
        demand=bounds.demand(inside),
        supply=bounds.supply(inside),
        bottleneck=bounds.across(inside).limits(),
        limits=_irreducible(bounds, inside).limits(),
        ways_out=tuple(ways_out(alone, inside, removed)),
    )


def _irreducible(bounds: Bounds, inside: Bool) -> Bounds:
    """The bounds of as few limits as still contradict one another."""
    while True:
        bounds = bounds.across(inside)
        bounds = bounds.lowered(inside, bounds.demand(inside) - bounds.supply(inside) - 1)
        cut = bounds.cut()
        wider = [nodes for nodes in (cut.inner, cut.outer) if _narrows(bounds, nodes)]
        if cut.short == 1 and not wider:
            return bounds
        inside = cut.inner if cut.short > 1 else wider[0]


def _narrows(bounds: Bounds, nodes: Bool) -> bool:
    """Whether some limit does not cross the border of these nodes."""
    across = bounds.across(nodes)
    return bool(np.any(across.lower != bounds.lower) or np.any(across.upper != bounds.upper))


def _with_demand(problem: Problem, bounds: Bounds, lower: Int64) -> Problem:
    """The problem with other least numbers and locks (where they must be kept)."""
    limits, must = problem.limits, Importance.MUST
    locked, startup_min, partner_min = (
        lower[bounds.blocks == LEAST.index(kind)]
        for kind in (LimitKind.LOCK, LimitKind.STARTUP_MIN, LimitKind.PARTNER_MIN)
    )
    least = replace(
        limits,
        startup_min=startup_min if limits.startup_importance is must else limits.startup_min,
        partner_min=partner_min if limits.partner_importance is must else limits.partner_min,
    )
    return replace(problem, limits=least, locked=locked > 0)
