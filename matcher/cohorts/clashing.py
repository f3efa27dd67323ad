"""Why a run cannot be solved: the engine's bottlenecks by the ids of the cohort, with what mends each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from matcher.assignment import ways_out as engine
from matcher.assignment.conflicts import Conflict, conflicts
from matcher.assignment.problem import Arcs, Bool, Problem
from matcher.cohorts.assigning import problem_of
from matcher.cohorts.building import BANNED, UNANSWERED, Order, Prepared, filters_of
from matcher.cohorts.result import Clash, Impasse, Move, WayOut
from matcher.features.attributes import service_terms
from matcher.interactions import local
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Codes, Rule
from matcher.matching.grid import grid_of
from matcher.matching.snapshot import Snapshot
from matcher.vocabulary import Rows

_NAMES: Mapping[str, np.int8] = {
    "ban": BANNED,
    "unanswered": UNANSWERED,
    "connected": np.int8(Rule.CONNECTED),
    "declined": np.int8(Rule.DECLINED),
    "dismissed": np.int8(Rule.DISMISSED),
}
"""Rules that may be set aside pair by pair, beside the must-haves, as ways out name them."""
_OF_STARTUPS = frozenset(
    {engine.Change.RAISE_MEETINGS, engine.Change.LOWER_MINIMUM, engine.Change.RAISE_PER_FIRM}
)


def impasse_of_hands(ready: Prepared, order: Order) -> Impasse:
    """Pairs that staff want and that a conflict of interest, an exclusion or a closed profile forbids."""
    wanted = list(ready.impossible.items())
    undone = [edit for edit in order.edits if (edit.startup_id, edit.partner_id) in ready.impossible]
    moves = tuple(Move(action="undo", what=str(edit.number)) for edit in undone)
    clash = Clash(
        limits=("wanted",),
        startups=tuple(dict.fromkeys(startup for (startup, _), _ in wanted)),
        partners=tuple(dict.fromkeys(partner for (_, partner), _ in wanted)),
        demand=len(wanted),
        supply=0,
        rules=tuple(dict.fromkeys(rule.name.lower() for _, rule in wanted)),
        ways_out=(WayOut(moves=moves, mends=len(wanted), left=0),),
    )
    return Impasse(clashes=(clash,))


def impasse_of(snapshot: Snapshot, ready: Prepared, order: Order) -> Impasse:
    """Every bottleneck of the run, among all pairs that may meet."""
    problem = problem_of(ready)
    removed = dict(_removed(snapshot, ready, order))
    told = _Telling(ready, order, problem, removed)
    found = tuple(told.clash(one) for one in conflicts(problem, removed))
    return Impasse(clashes=found or (_clash_of_slots(ready, order),))


def _clash_of_slots(ready: Prepared, order: Order) -> Clash:
    """All limits hold together, but not on the day: its slots are too few, or people are away."""
    slots = order.configuration.slots
    return Clash(
        limits=("slots",),
        startups=tuple(ready.startup_ids),
        partners=(),
        demand=int(ready.limits.startup_min.sum()) + len(ready.locked[0]),
        supply=len(slots.labels) if slots else 0,
    )


def _arcs(pairs: Bool) -> Arcs:
    startups, partners = np.nonzero(pairs)
    return Arcs(startups, partners, np.zeros(len(startups)))


def _removed(snapshot: Snapshot, ready: Prepared, order: Order) -> Iterator[tuple[str, Arcs]]:
    """Pairs by the one thing that removes them."""
    for name, code in _NAMES.items():
        yield name, _arcs(ready.codes == code)
    for name, codes in _without_each(snapshot, ready, order):
        yield name, _arcs((ready.codes == np.int8(Rule.FILTERED)) & np.isin(codes, (0, int(Rule.NO_ROOM))))


def _without_each(snapshot: Snapshot, ready: Prepared, order: Order) -> Iterator[tuple[str, Codes]]:
    """The rules of all pairs without one of the must-haves, by its name."""
    configuration = order.configuration
    for name in Filters.__dataclass_fields__:
        if getattr(configuration.must_have, name):
            eased = replace(configuration, must_have=replace(configuration.must_have, **{name: ()}))
            yield f"must_have.{name}", _codes(snapshot, ready, replace(order, configuration=eased))
    if configuration.must_meet:
        eased = replace(configuration, must_meet=())
        yield "must_meet", _codes(snapshot, ready, replace(order, configuration=eased))


def _codes(snapshot: Snapshot, ready: Prepared, order: Order) -> Codes:
    people, role = ready.grid.startups, order.configuration.role
    filters = filters_of(order.configuration, people)
    return grid_of(snapshot, order.organisation, ready.startup_ids, role, filters).codes()


class _Telling:
    """Rows of one problem as ids."""

    def __init__(self, ready: Prepared, order: Order, problem: Problem, removed: Mapping[str, Arcs]) -> None:
        self._startups = ready.startup_ids
        self._partners = [local(order.organisation, each.key) for each in ready.grid.partners]
        self._needs = [set(service_terms(startup.needs)) for startup in ready.grid.startups]
        self._must_meet = order.configuration.must_meet
        self._arcs = {"": problem.arcs, **removed}

    def clash(self, found: Conflict) -> Clash:
        """The bottleneck."""
        return Clash(
            limits=tuple(dict.fromkeys(limit.kind.value for limit in found.limits)),
            startups=tuple(self._startups[row] for row in found.startups.tolist()),
            partners=tuple(self._partners[row] for row in found.partners.tolist()),
            demand=found.demand,
            supply=found.supply,
            services=tuple(self._services(found.startups)),
            ways_out=tuple(
                WayOut(moves=tuple(map(self._move, way.moves)), mends=way.mends, left=way.left)
                for way in found.ways_out
            ),
        )

    def _services(self, rows: Rows) -> Iterator[str]:
        for label in self._must_meet:
            if len(rows) and all(service_terms((label,))[-1] in self._needs[row] for row in rows.tolist()):
                yield label

    def _move(self, move: engine.Move) -> Move:
        action, by = move.change.value, tuple(move.by.tolist())
        if move.change in (engine.Change.ALLOW, engine.Change.UNLOCK):
            return Move(action=action, pairs=tuple(self._pairs(move.name, move.rows)), what=move.name)
        names = self._startups if move.change in _OF_STARTUPS else self._partners
        return Move(action=action, who=tuple(names[row] for row in move.rows.tolist()), by=by)

    def _pairs(self, name: str, rows: Rows) -> Iterator[tuple[str, str]]:
        arcs = self._arcs[name]
        for startup, partner in zip(arcs.startups[rows].tolist(), arcs.partners[rows].tolist(), strict=True):
            yield self._startups[startup], self._partners[partner]
