"""What would mend a bottleneck at the least: more places, lower minimums, fewer locks, more pairs.

Every way out is found as a flow of least cost in which the limits it may move give way at a price a
meeting, and is tried out: with it as a change of the problem, the meetings it mends are no longer missing. Of
ways that move as little, one is found that asks little of each: a row's first meetings are a trifle cheaper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matcher.assignment.bounds import LEAST, MOST, Bounds, LimitKind, bounds_of
from matcher.assignment.flow import cheapest
from matcher.assignment.network import Network, partner_nodes, startup_nodes
from matcher.assignment.problem import Arcs, Bool, Int64, Limits, Problem
from matcher.vocabulary import Rows

ALONE = 3
"""For so many partners it is said what raising one capacity alone would take."""
UNIT, DEAR = 100_000, 100_000_000
"""What it costs that a limit gives way by a meeting, and a meeting short where none may: more than any way
round."""
STEPS = 8
"""So many meetings of a row are each dearer by 1 than the one before."""


class Change(StrEnum):
    """What is changed."""

    RAISE_CAPACITY = "raise_capacity"
    """Partners in `rows` take so many more startups (`by`)."""
    RAISE_MEETINGS = "raise_meetings"
    """Startups in `rows` may have so many more meetings."""
    LOWER_MINIMUM = "lower_minimum"
    """Startups in `rows` need so many fewer meetings."""
    LOWER_LOAD = "lower_load"
    """Partners in `rows` need so many fewer startups."""
    UNLOCK = "unlock"
    """Arcs in `rows` are no longer locked."""
    RAISE_PER_FIRM = "raise_per_firm"
    """A startup may meet so many more partners of one firm; `rows` are those whom it helps."""
    ALLOW = "allow"
    """Pairs that `name` removed may meet: `rows` of those that were passed under that name."""


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of change, by so much for each of the rows; `name` is what removed the pairs that may
    meet."""

    change: Change
    rows: Rows
    by: Int64
    name: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    """Moves to be made together (mostly one), how many of the missing meetings they mend, and how many are
    missing still."""

    moves: tuple[Move, ...]
    mends: int
    left: int


_CHANGES = {
    LimitKind.PARTNER_MAX: Change.RAISE_CAPACITY,
    LimitKind.STARTUP_MAX: Change.RAISE_MEETINGS,
    LimitKind.STARTUP_MIN: Change.LOWER_MINIMUM,
    LimitKind.PARTNER_MIN: Change.LOWER_LOAD,
    LimitKind.LOCK: Change.UNLOCK,
}
"""What becomes of a limit that gives way for each row by itself."""
_LEAST = tuple(kind for kind in LEAST if kind is not None)


def ways_out(problem: Problem, inside: Bool, removed: Mapping[str, Arcs]) -> list[WayOut]:
    """Ways to mend the only bottleneck of the problem (`inside` [nodes]).

    The least change of each kind that mends it; what raising one capacity alone would take; which removed
    pairs would mend the most of it. Where no single kind mends it, the least lowering of all demands at
    once.
    """
    bounds = bounds_of(problem)
    shortage = bounds.cut().short
    near = bounds.around(inside)
    found = [way for kind in _CHANGES for way in _of_kind(problem, near, inside, kind, shortage)]
    found += _more_per_firm(problem, bounds, inside, shortage)
    for name, arcs in removed.items():
        found += _allowed(problem, inside, name, arcs, shortage)
    if any(not way.left for way in found):
        return found
    every_demand = _moves(bounds, _movable(bounds, inside, *_LEAST), lowers=True)
    return [*found, *_tried(problem, every_demand, shortage)]


def _of_kind(
    problem: Problem, bounds: Bounds, inside: Bool, kind: LimitKind, shortage: int
) -> Iterator[WayOut]:
    movable = _movable(bounds, inside, kind)
    together = _moves(bounds, movable, lowers=kind in LEAST)
    yield from _tried(problem, together, shortage)
    for one in _alone(bounds, movable) if kind is LimitKind.PARTNER_MAX else ():
        moves = _moves(bounds, one, lowers=False)
        if [move.rows.tolist() for move in moves] != [move.rows.tolist() for move in together]:
            yield from _tried(problem, moves, shortage)


def changed(problem: Problem, move: Move, removed: Mapping[str, Arcs]) -> Problem:
    """The problem after a move."""
    if move.change is Change.UNLOCK:
        locked = problem.locked.copy()
        locked[move.rows] = False
        return replace(problem, locked=locked)
    if move.change is Change.ALLOW:
        return _with_pairs(problem, removed[move.name], move.rows)
    return replace(problem, limits=_changed_limits(problem.limits, move))


def _changed_limits(limits: Limits, move: Move) -> Limits:
    if move.change is Change.RAISE_PER_FIRM:
        return replace(limits, per_firm=(limits.per_firm or 0) + int(move.by[0]))
    [name] = [kind.value for kind, change in _CHANGES.items() if change is move.change]
    numbers = getattr(limits, name).copy()
    numbers[move.rows] += -move.by if name in LEAST else move.by
    return replace(limits, **{name: numbers})


def _with_pairs(problem: Problem, arcs: Arcs, rows: Rows) -> Problem:
    own, none = problem.arcs, np.zeros(len(rows), dtype=bool)
    joined = Arcs(
        np.concatenate((own.startups, arcs.startups[rows])),
        np.concatenate((own.partners, arcs.partners[rows])),
        np.concatenate((own.values, arcs.values[rows])),
    )
    locked, published = (np.concatenate((one, none)) for one in (problem.locked, problem.published))
    return Problem(joined, problem.limits, locked, published)


def _movable(bounds: Bounds, inside: Bool, *kinds: LimitKind) -> Bool:
    """The arcs whose limit of these kinds (one of MOST, or some of LEAST) is part of the bottleneck."""
    least, most = (
        np.isin(bounds.blocks, [of.index(kind) for kind in kinds if kind in of]) for of in (LEAST, MOST)
    )
    demands: Bool = bounds.entering(inside) & least & (bounds.lower > 0)
    return demands | (bounds.leaving(inside) & most)


def _alone(bounds: Bounds, movable: Bool) -> Iterator[Bool]:
    """A few of the partners, each alone: first those with the most pairs."""
    pairs = np.bincount(bounds.heads[bounds.blocks == 0], minlength=bounds.nodes)
    arcs = np.flatnonzero(movable)
    if len(arcs) > 1:
        for arc in arcs[np.argsort(-pairs[bounds.tails[arcs]], kind="stable")][:ALONE].tolist():
            yield np.arange(len(movable)) == arc


def _tried(problem: Problem, moves: tuple[Move, ...], shortage: int) -> Iterator[WayOut]:
    """The moves as a way out, if nothing is missing after them."""
    for move in moves:
        problem = changed(problem, move, {})
    if moves and not bounds_of(problem).cut().short:
        yield WayOut(moves, shortage, 0)


def _moves(bounds: Bounds, movable: Bool, *, lowers: bool) -> tuple[Move, ...]:
    """The least moves of the movable limits that mend everything, by kind; none where they move nothing."""
    kinds, least = LEAST if lowers else MOST, _least_moves(bounds, movable, lowers=lowers)
    return tuple(
        Move(change, bounds.rows[arcs], least[arcs])
        for kind, change in _CHANGES.items()
        if kind in kinds and len(arcs := np.flatnonzero((least > 0) & (bounds.blocks == kinds.index(kind))))
    )


def _least_moves(bounds: Bounds, movable: Bool, *, lowers: bool) -> Int64:
    """How far each movable limit gives way, [arcs]."""
    network, beside = _easier(bounds, np.flatnonzero(movable & (not lowers)), movable & lowers)
    flows = cheapest(network)
    assert flows is not None  # every demand may stay unmet
    used = np.bincount(beside, flows[len(network) - len(beside) :], len(movable)).astype(np.int64)
    return np.where(movable, bounds.lower - used if lowers else used, 0)


def _easier(bounds: Bounds, wider: Rows, lowered: Bool, prices: Int64 | None = None) -> tuple[Network, Rows]:
    """Each bound as free flow at a price, each demand as arcs that pay to be used, and room beyond the bounds
    of the `wider` arcs at a price. The last arcs are those that give way; beside which of the bounds they
    stand comes with the network."""
    asked = np.flatnonzero(bounds.lower)
    firm, soft = asked[~lowered[asked]], asked[lowered[asked]]
    usage = np.zeros(len(bounds.lower), dtype=np.int64) if prices is None else prices
    held = [
        (np.arange(len(bounds.lower)), bounds.upper - bounds.lower, usage),
        (firm, bounds.lower[firm], np.full(len(firm), -DEAR)),
    ]
    giving = [
        *_in_steps(soft, bounds.lower[soft], -UNIT - STEPS),
        *_in_steps(wider, np.full(len(wider), bounds.free), UNIT),
    ]
    arcs, upper, costs = (np.concatenate(column) for column in zip(*held, *giving, strict=True))
    beside = np.concatenate([arcs_ for arcs_, _, _ in giving])
    tails, heads = bounds.tails[arcs], bounds.heads[arcs]
    return Network(bounds.nodes, 0, tails, heads, np.zeros_like(upper), upper, costs, 1), beside


def _in_steps(arcs: Rows, upper: Int64, first: int) -> list[tuple[Rows, Int64, Int64]]:
    """The same arcs again and again, a unit each, the first ones cheapest; the last have what is left."""
    steps = [(np.clip(upper - step, 0, 1), first + step) for step in range(STEPS)]
    steps.append((np.maximum(upper - STEPS, 0), first + STEPS))
    return [(arcs, room, np.full(len(arcs), cost)) for room, cost in steps]


def _more_per_firm(problem: Problem, bounds: Bounds, inside: Bool, shortage: int) -> Iterator[WayOut]:
    movable = np.flatnonzero(_movable(bounds, inside, LimitKind.PER_FIRM))
    rows = np.unique(bounds.rows[movable])
    for by in range(1, len(problem.limits.partner_max) + 1 if len(rows) else 0):
        move = Move(Change.RAISE_PER_FIRM, rows, np.array([by]))
        after = bounds_of(changed(problem, move, {}))
        if not after.cut().short:
            yield WayOut((move,), shortage, 0)
        if not after.cut().short or not (after.blocks == MOST.index(LimitKind.PER_FIRM)).any():
            return


def _allowed(problem: Problem, inside: Bool, name: str, arcs: Arcs, shortage: int) -> Iterator[WayOut]:
    """As few of the pairs that leave the bottleneck as mend the most of it."""
    useful = np.flatnonzero(
        inside[startup_nodes(problem)[arcs.startups]]
        & ~inside[partner_nodes(problem)[arcs.partners]]
        & ~_among(problem, arcs)
    )
    bounds = bounds_of(_with_pairs(problem, arcs, useful))
    new = (bounds.blocks == 0) & (bounds.rows >= len(problem.arcs))
    nothing = np.zeros(len(new), dtype=bool)
    flows = cheapest(_easier(bounds, np.zeros(0, dtype=np.intp), nothing, new.astype(np.int64))[0])
    assert flows is not None
    rows = useful[flows[: len(new)][new] > 0]
    mends = shortage - bounds_of(_with_pairs(problem, arcs, rows)).cut().short
    if mends > 0:
        move = Move(Change.ALLOW, rows, np.ones(len(rows), dtype=np.int64), name)
        yield WayOut((move,), mends, shortage - mends)


def _among(problem: Problem, arcs: Arcs) -> Bool:
    """Which pairs are arcs of the problem already."""
    width = problem.shape[1]
    own = problem.arcs.startups * width + problem.arcs.partners
    return np.isin(arcs.startups * width + arcs.partners, own)
