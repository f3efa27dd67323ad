"""A meeting day: who meets whom in which slot, with nobody in two places.

Pairs that are fixed are put into slots (`timetable`); or pairs and slots are chosen together
(`solve_slots`). The assignment without slots, in which nobody has more meetings than slots and every pair
has one in common, cannot be worse: where its pairs fit the day they are the best, and where they do not, it
bounds the search.
"""

import time
from dataclasses import replace

import numpy as np

from matcher.assignment.colouring import coloured
from matcher.assignment.meeting_day import Availability, Timetable
from matcher.assignment.problem import Arcs, Bool, Int64, Objective, Problem
from matcher.assignment.solving import solve, unpriced
from matcher.errors import Infeasible, InvalidInput
from matcher.vocabulary import Rows


def timetable(startups: Rows, partners: Rows, availability: Availability, *, seconds: float = 60.0) -> Int64:
    """A slot for each pair, in which both are there and meet nobody else.

    Raises:
        Infeasible: the pairs do not fit.
        TimeoutError: neither a timetable nor that there is none was found within the seconds.
    """
    common = availability.common(startups, partners)
    _check_fit(startups, partners, availability, common)
    if availability.startups[startups].all() and availability.partners[partners].all():
        return coloured(startups, partners, availability.slots)
    from matcher.assignment.slot_program import placed  # slow to load, and seldom needed

    return placed(startups, partners, common, seconds)


def solve_slots(
    problem: Problem, availability: Availability, objective: Objective, *, seconds: float = 60.0
) -> Timetable:
    """The best assignment that fits the slots, with them.

    Raises:
        Infeasible: no assignment keeps all limits that must hold and fits.
        InvalidInput: availability is of other startups or partners.
        TimeoutError: nothing was found within the seconds.
    """
    if (len(availability.startups), len(availability.partners)) != problem.shape:
        raise InvalidInput("availability", problem.shape, "must have a row for each startup and each partner")
    deadline = time.monotonic() + seconds
    common = availability.common(problem.arcs.startups, problem.arcs.partners)
    _check_locked(problem, common)
    first = Objective.NOBODY_LEFT_OUT if objective is Objective.FAIREST else objective
    found = _without_slots(problem, availability, common, first, seconds / 4)
    if found is None or objective is Objective.FAIREST:
        from matcher.assignment.slot_program import best_slots, fairest_slots  # as above

        found = found or best_slots(problem, common, first, deadline - time.monotonic())
        if objective is Objective.FAIREST:
            return fairest_slots(problem, common, found, deadline - time.monotonic())
    return found


def _check_fit(startups: Rows, partners: Rows, availability: Availability, common: Bool) -> None:
    for pair in np.flatnonzero(~common.any(axis=1))[:1].tolist():
        raise Infeasible(f"startup {startups[pair]} and partner {partners[pair]} have no slot in common")
    for side, rows, there in (
        ("startup", startups, availability.startups),
        ("partner", partners, availability.partners),
    ):
        meetings = np.bincount(rows, minlength=len(there))
        for row in np.flatnonzero(meetings > there.sum(axis=1))[:1].tolist():
            raise Infeasible(f"{side} {row} has {meetings[row]} meetings and {there[row].sum()} slots")


def _check_locked(problem: Problem, common: Bool) -> None:
    for arc in np.flatnonzero(problem.locked & ~common.any(axis=1))[:1].tolist():
        pair = problem.arcs.startups[arc], problem.arcs.partners[arc]
        raise Infeasible(f"locked startup {pair[0]} and partner {pair[1]} have no slot in common")


def _without_slots(
    problem: Problem, availability: Availability, common: Bool, objective: Objective, seconds: float
) -> Timetable | None:
    """The best assignment of pairs with a slot in common, if it fits; None where it does not, or was not
    fitted in time."""
    arcs = np.flatnonzero(common.any(axis=1))
    chosen = np.zeros(len(problem.arcs), dtype=bool)
    chosen[arcs] = solve(_relaxed(problem, availability, arcs), objective).chosen
    slots = np.full(len(chosen), -1, dtype=np.int64)
    pairs = (problem.arcs.startups[chosen], problem.arcs.partners[chosen])
    try:
        slots[chosen] = timetable(*pairs, availability, seconds=seconds)
    except (Infeasible, TimeoutError):
        return None
    return Timetable(unpriced(problem, chosen), slots)


def _relaxed(problem: Problem, availability: Availability, arcs: Rows) -> Problem:
    """Some arcs, and nobody with more meetings than slots (unless that many were demanded)."""
    old, limits = problem.arcs, problem.limits
    startups, partners = (there.sum(axis=1) for there in (availability.startups, availability.partners))
    fewer = replace(
        limits,
        startup_max=np.maximum(np.minimum(limits.startup_max, startups), limits.startup_min),
        partner_max=np.maximum(np.minimum(limits.partner_max, partners), limits.partner_min),
    )
    some = Arcs(old.startups[arcs], old.partners[arcs], old.values[arcs])
    return Problem(some, fewer, problem.locked[arcs], problem.published[arcs])
