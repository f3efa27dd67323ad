"""Meetings in slots as a program in whole numbers: for days on which not everybody is always there."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from matcher.assignment.leximin import fairest
from matcher.assignment.meeting_day import Timetable
from matcher.assignment.network import SCALE, first_worth
from matcher.assignment.problem import Bool, Int64, Objective, Problem
from matcher.assignment.program import Program, best, program_of
from matcher.assignment.solving import unpriced
from matcher.vocabulary import Rows


def placed(startups: Rows, partners: Rows, common: Bool, seconds: float) -> Int64:
    """A slot for each pair among those in `common` [pairs, slots], nobody in two places.

    Raises:
        Infeasible: there is no such timetable.
        TimeoutError: neither was found within the seconds.
    """
    model = CpModel()
    places = _places(model, startups, partners, common)
    found = best(model, places, seconds)
    if found is None:
        raise TimeoutError(f"no timetable was found within {seconds:.0f} s, nor that there is none")
    return _slots(common, found.values)


def best_slots(problem: Problem, common: Bool, objective: Objective, seconds: float) -> Timetable:
    """The best assignment with slots (not the fairest). Its bound is what the total would be if the
    search's bound were reached; a unit of the objective's first question counts for more than all values.

    Raises:
        Infeasible: nothing keeps all limits and fits.
        TimeoutError: nothing was found within the seconds.
    """
    program = _program(problem, common)
    program.model.maximize(_worth(problem, program, objective))
    found = best(program.model, program.variables, seconds)
    if found is None:
        raise TimeoutError(f"no timetable was found within {seconds:.0f} s, nor that there is none")
    table = _timetable(problem, common, found.values)
    bound = table.assignment.total + (found.bound - found.objective) / SCALE
    return replace(table, assignment=replace(table.assignment, bound=bound))


def fairest_slots(problem: Problem, common: Bool, start: Timetable, seconds: float) -> Timetable:
    """The fairest assignment with slots found within the time, beginning with a timetable that keeps all
    limits."""
    slots = (start.slots[:, None] == np.arange(common.shape[1]))[common]
    values = np.concatenate((start.slots >= 0, slots)).astype(np.int64)
    values, fairness = fairest(problem, values, seconds, lambda: _program(problem, common))
    table = _timetable(problem, common, values)
    return replace(table, assignment=replace(table.assignment, fairness=fairness))


def _program(problem: Problem, common: Bool) -> Program:
    """The problem's program, with every chosen pair in one slot."""
    program = program_of(problem)
    chosen = program.chosen
    places = _places(program.model, problem.arcs.startups, problem.arcs.partners, common, chosen)
    return replace(program, variables=[*chosen, *places])


def _places(
    model: CpModel, startups: Rows, partners: Rows, common: Bool, chosen: Sequence[IntVar] | None = None
) -> list[IntVar]:
    """Whether a pair meets in a slot, for each place that is true in `common`; every pair that is chosen
    does."""
    pairs, slots = np.nonzero(common)
    places = [model.new_bool_var("") for _ in pairs]
    for pair, mine in enumerate(_grouped(places, pairs, len(common))):
        model.add(LinearExpr.sum(mine) == (1 if chosen is None else chosen[pair]))
    width = common.shape[1]
    for rows in (startups, partners):
        together = rows[pairs] * width + slots
        for those in _grouped(places, together, int(together.max(initial=-1)) + 1):
            if len(those) > 1:
                model.add_at_most_one(those)
    return places


def _grouped(places: Sequence[IntVar], numbers: Rows, n: int) -> list[list[IntVar]]:
    groups: list[list[IntVar]] = [[] for _ in range(n)]
    for place, number in zip(places, numbers.tolist(), strict=True):
        groups[number].append(place)
    return groups


def _worth(problem: Problem, program: Program, objective: Objective) -> LinearExpr:
    """What the objective counts, in whole units: its first question, then the values less what gave way."""
    worth = LinearExpr.sum(program.outcomes) - program.partners_cost
    first = first_worth(problem)
    if objective is Objective.FEWEST_CHANGES:
        kept = np.flatnonzero(problem.published).tolist()
        worth += first * LinearExpr.sum([program.chosen[arc] for arc in kept])
    if objective is Objective.NOBODY_LEFT_OUT:
        for mine in _grouped(program.chosen, problem.arcs.startups, problem.shape[0]):
            met = program.model.new_bool_var("")
            program.model.add(LinearExpr.sum(mine) >= met)
            worth += first * met
    return worth


def _timetable(problem: Problem, common: Bool, values: Int64) -> Timetable:
    chosen = values[: len(common)] > 0
    return Timetable(unpriced(problem, chosen), _slots(common, values[len(common) :]))


def _slots(common: Bool, places: Int64) -> Int64:
    """The slot of each pair, −1 where it has none."""
    pairs, slots = (part[places > 0] for part in np.nonzero(common))
    slot_of = np.full(len(common), -1, dtype=np.int64)
    slot_of[pairs] = slots
    return slot_of
