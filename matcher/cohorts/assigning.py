"""The engine's question for a run, and its answer over the run's rows: with or without a meeting day."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.assignment.meeting_day import Availability
from matcher.assignment.problem import Arcs, Bool, Int64, Objective, Problem
from matcher.assignment.slots import solve_slots
from matcher.assignment.solving import Assignment
from matcher.assignment.widening import solve_wide
from matcher.cohorts.building import Order, Prepared
from matcher.cohorts.configuration import Slots
from matcher.errors import NotReady
from matcher.interactions import local
from matcher.vocabulary import Rows

EVERY_PAIR = 200_000
"""Up to so many pairs all are arcs: what is said of candidates is then said of every pair."""
SECONDS = 60.0
"""How long is looked for something better; what is proved by then is told."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """An `assignment` of a `problem` over the run's rows. `improving` pairs that are no arcs might still
    improve it, to `bound` at most. `slots` [arcs] is each chosen arc's slot, −1 for none, None without a
    meeting day."""

    problem: Problem
    assignment: Assignment
    improving: int
    bound: float
    slots: Int64 | None = None

    @property
    def chosen(self) -> tuple[Rows, Rows]:
        """Who meets whom, as rows."""
        arcs, chosen = self.problem.arcs, self.assignment.chosen
        return arcs.startups[chosen], arcs.partners[chosen]

    @property
    def proved(self) -> bool:
        """Whether nothing better is left in any question of the objective."""
        return not self.improving and self.assignment.gap == 0

    @property
    def gap(self) -> float:
        """How far the total (or, of the fairest, the worst-off place that is not proved) may be from the
        best, as a share of the bound."""
        if self.proved or self.assignment.fairness is not None:
            return self.assignment.gap
        return (self.bound - self.assignment.total) / max(self.bound, 1e-9)


def assigned(ready: Prepared, order: Order, objective: Objective) -> Assigned:
    """The best assignment.

    Raises:
        Infeasible: no assignment keeps all limits that must hold. NotReady: no timetable was found in time.
    """
    slots, small = order.configuration.slots, ready.values.size <= EVERY_PAIR
    if slots is not None and small:
        return _on_a_day(ready, order, slots, objective, problem_of(ready))
    arcs = order.configuration.arcs
    found = solve_wide(
        lambda rows: ready.values[rows],
        ready.limits,
        objective,
        k=max(arcs, *ready.values.shape) if small else arcs,
        locked=ready.locked,
        published=ready.published,
        seconds=SECONDS,
    )
    if slots is not None:
        return _on_a_day(ready, order, slots, objective, found.problem)
    certificate = found.certificate
    bound = max(certificate.bound, found.assignment.total)
    return Assigned(found.problem, found.assignment, certificate.improving, bound)


def problem_of(ready: Prepared) -> Problem:
    """The problem with every pair that may meet."""
    may_meet = ready.values > -np.inf
    startups, partners = np.nonzero(may_meet)
    locked, published = (_marked(may_meet, pairs) for pairs in (ready.locked, ready.published))
    return Problem(Arcs(startups, partners, ready.values[may_meet]), ready.limits, locked, published)


def _marked(may_meet: Bool, pairs: tuple[Rows, Rows]) -> Bool:
    marks = np.zeros(may_meet.shape, dtype=bool)
    marks[pairs] = True
    return np.asarray(marks[may_meet])


def _on_a_day(
    ready: Prepared, order: Order, slots: Slots, objective: Objective, problem: Problem
) -> Assigned:
    partners = [local(order.organisation, partner.key) for partner in ready.grid.partners]
    availability = Availability(_there(slots, ready.startup_ids), _there(slots, partners))
    try:
        found = solve_slots(problem, availability, objective, seconds=SECONDS)
    except TimeoutError as error:
        raise NotReady(
            f"no timetable was found within {SECONDS:.0f} s: give more slots, or fewer meetings"
        ) from error
    left_out = int((ready.values > -np.inf).sum()) - len(problem.arcs)
    return Assigned(problem, found.assignment, left_out, found.assignment.bound, found.slots)


def _there(slots: Slots, people: Sequence[str]) -> Bool:
    """When each of the people is there, [people, slots]."""
    away = [set(slots.away.get(who, ())) for who in people]
    there = [[label not in mine for label in slots.labels] for mine in away]
    return np.array(there, dtype=bool).reshape(len(people), len(slots.labels))
