"""Who reads which application: no conflict, even loads, the most expertise. The engine is that of match runs.

Loads are as even as the limits let them be. First the largest load is as small as it can be, then all rise
together from below; a reviewer who cannot rise further (conflicts, own limits) stays behind without holding
the others. The loads of all assignments form an integral polymatroid, so that neither end costs the other
anything (Frank and Murota 2022, "Decreasing minimization on M-convex sets"): where loads within one of each
other are possible, they are what comes out. Among the assignments of such loads expertise is highest in sum.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.assignment.problem import Arcs, Bool, Importance, Int64, Limits, Objective, Problem
from matcher.assignment.solving import Assignment, solve
from matcher.errors import Infeasible

Float64 = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be assigned: n applications to m reviewers.

    `expertise` [n, m] is 0…1, `free` [n, m] says where there is no conflict. `kept` [n, m] are reviews that
    stay (their scores are in), `before` [n, m] those of the assignment that this one replaces. `least` and
    `most` [m] bound loads; `firms` [m] are codes, −1 for none.
    """

    each: int
    expertise: Float64
    free: Bool
    kept: Bool
    before: Bool
    least: Int64
    most: Int64
    firms: Int64
    per_firm: int | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """`chosen` [n, m]; `behind` [m] are reviewers whose conflicts or limits keep them below the others, whose
    loads lie from `lowest` to `highest` (more only where a reviewer's own least number is more). `floors` [m]
    are what each has at least: who stays behind keeps what it reached."""

    chosen: Bool
    lowest: int
    highest: int
    behind: Bool
    floors: Int64

    @property
    def loads(self) -> Int64:
        """How many applications each reviewer reads, [m]."""
        return np.asarray(self.chosen.sum(axis=0), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What cannot be had even where as many reviews as possible are assigned: how many each application
    lacks (`short` [n]) of the `each` wanted, how many reviewers without a conflict it has (`free` [n]), how
    many each reviewer lacks of its own least number (`idle` [m]), and how many there are places for."""

    each: int
    short: Int64
    free: Int64
    idle: Int64
    places: int


def assign(wanted: Wanted) -> Assigned | Shortfall:
    """The assignment, or why there is none.

    Of an assignment that replaces another as few reviews as possible are dropped.
    """
    shape = _Shape(wanted)
    highest = _least_highest(shape)
    if highest is None:
        return _shortfall(shape)
    lowest, reached = _most_lowest(shape, highest)
    floors = shape.floors(lowest, reached)
    changed = Objective.FEWEST_CHANGES if wanted.before.any() else Objective.HIGHEST_TOTAL
    found = solve(shape.problem(floors, highest), changed)
    return Assigned(shape.chosen(found), lowest, highest, reached >= 0, floors)


class _Shape:
    """The pairs without a conflict as the engine's arcs."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.rows, self.columns = np.nonzero(wanted.free)
        kept = wanted.kept & wanted.free
        self.needed = np.maximum(wanted.each, kept.sum(axis=1)).astype(np.int64)
        self.held = kept.sum(axis=0).astype(np.int64)

    def floors(self, level: int, reached: Int64) -> Int64:
        """The load that each reviewer has at least, [m]: `level`, or what it `reached` where it stays behind
        (−1: it does not)."""
        return np.maximum(self.wanted.least, np.where(reached >= 0, reached, level))

    def problem(self, floors: Int64, highest: int, *, soft: bool = False) -> Problem:
        """The problem with loads from `floors` to `highest`, as far as each reviewer's own limits let it."""
        wanted, at = self.wanted, (self.rows, self.columns)
        most = np.maximum(np.minimum(wanted.most, np.maximum(highest, wanted.least)), self.held)
        least = np.minimum(floors, most)
        return Problem(
            Arcs(self.rows, self.columns, np.zeros(len(self.rows)) if soft else wanted.expertise[at]),
            Limits(
                startup_min=self.needed,
                startup_max=self.needed,
                partner_min=least,
                partner_max=most,
                firms=wanted.firms,
                per_firm=wanted.per_firm,
                startup_importance=Importance.HIGH if soft else Importance.MUST,
                partner_importance=Importance.HIGH if soft else Importance.MUST,
            ),
            locked=wanted.kept[at],
            published=wanted.before[at],
        )

    def chosen(self, found: Assignment) -> Bool:
        """The assignment as [n, m]."""
        chosen = np.zeros_like(self.wanted.free)
        chosen[self.rows[found.chosen], self.columns[found.chosen]] = True
        return chosen

    def holds(self, floors: Int64, highest: int) -> bool:
        """Whether loads from `floors` to `highest` can be had at all."""
        problem = self.problem(floors, highest)
        bare = replace(problem, arcs=replace(problem.arcs, values=np.zeros(len(problem.arcs))))
        try:
            solve(bare, Objective.HIGHEST_TOTAL)
        except Infeasible:
            return False
        return True


def _least_highest(shape: _Shape) -> int | None:
    """The smallest largest load, by halving; None where there is none."""
    applications, reviewers = map(int, shape.wanted.free.shape)
    own, total = shape.wanted.least, int(shape.needed.sum())
    if not shape.holds(own, applications):
        return None
    low, high = -(-total // reviewers), applications
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if shape.holds(own, middle) else (middle + 1, high)
    return high


def _most_lowest(shape: _Shape, highest: int) -> tuple[int, Int64]:
    """The largest load that all reach who do not stay behind, and what those who do have reached [m], −1 for
    the others."""
    reached = np.full(shape.wanted.free.shape[1], -1, dtype=np.int64)
    for level in range(1, highest + 1):
        if shape.holds(shape.floors(level, reached), highest):
            continue
        stuck = np.where((reached < 0) & _unable(shape, level, highest), level - 1, reached)
        if (stuck >= 0).all() or not shape.holds(shape.floors(level, stuck), highest):
            return level - 1, reached
        reached = stuck
    return highest, reached


def _unable(shape: _Shape, level: int, highest: int) -> Bool:
    """Those who cannot reach the level even where nobody else has to."""
    own, everyone = np.zeros(shape.wanted.free.shape[1], dtype=np.int64), range(shape.wanted.free.shape[1])
    alone = [np.where(np.arange(len(own)) == row, -1, own) for row in everyone]
    return np.array([not shape.holds(shape.floors(level, others), highest) for others in alone], dtype=bool)


def _shortfall(shape: _Shape) -> Shortfall:
    """As many reviews as possible: with no values but the price of each that is missing."""
    problem = shape.problem(shape.wanted.least, shape.wanted.free.shape[0], soft=True)
    found = solve(problem, Objective.HIGHEST_TOTAL)
    places = np.minimum(problem.limits.partner_max, shape.wanted.free.sum(axis=0)).sum()
    free = shape.wanted.free.sum(axis=1)
    return Shortfall(shape.wanted.each, found.startup_short, free, found.partner_short, int(places))
