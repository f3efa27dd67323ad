"""Blocking pairs: two who do not meet and would both rather.

Gale and Shapley (1962), for many on both sides as Roth (1984) has it, pair by pair. A pair blocks an
assignment where

* it is eligible and not chosen;
* the startup has an empty place, or prefers the partner to the one it likes least of those it has;
* the partner has an empty place, or prefers the startup to the one it likes least of those it has.

To prefer is to have a strictly higher probability of a yes (`p_startup` is what the startup thinks of the
partner, `p_partner` what the partner thinks of the startup); equals do not block. A place is empty where
fewer meet than the row's most. Whom a lock holds cannot be given up. A startup that has as many partners of
the firm as it may can take a further one only for one of that firm. Least numbers do not matter: a partner
who is given up may fall below its least load, as it may in the definition's literature.
"""

import numpy as np

from matcher.assignment.problem import Bool, Float64, Importance, Int64, Problem
from matcher.errors import InvalidInput
from matcher.vocabulary import Rows


def blocking_pairs(problem: Problem, chosen: Bool, p_startup: Float64, p_partner: Float64) -> Rows:
    """The arcs (rows of `problem.arcs`, ascending) that block the assignment; all arrays are [arcs].

    Raises:
        InvalidInput: an array is not of one number for each arc.
    """
    for name, values in (("chosen", chosen), ("p_startup", p_startup), ("p_partner", p_partner)):
        if values.shape != (len(problem.arcs),):
            raise InvalidInput(name, values.shape, f"must have a value for each of {len(problem.arcs)} pairs")
    startups_want = p_startup > _startups_bars(problem, chosen, p_startup)
    partners_want = p_partner > _partners_bars(problem, chosen, p_partner)
    return np.flatnonzero(~chosen & startups_want & partners_want)


def _startups_bars(problem: Problem, chosen: Bool, liked: Float64) -> Float64:
    """What a partner has to be liked more than, [arcs]: the firm's bar where the firm is full."""
    arcs, limits = problem.arcs, problem.limits
    own = _bars(arcs.startups, limits.startup_max, chosen, problem.locked, liked)[arcs.startups]
    groups = _firm_groups(problem)
    if groups is None:
        return own
    of, most = groups
    return np.maximum(own, _bars(of, most, chosen, problem.locked, liked)[of])


def _partners_bars(problem: Problem, chosen: Bool, liked: Float64) -> Float64:
    partners, most = problem.arcs.partners, problem.limits.partner_max
    return _bars(partners, most, chosen, problem.locked, liked)[partners]


def _bars(rows: Rows, most: Int64, chosen: Bool, locked: Bool, liked: Float64) -> Float64:
    """For each row what it takes to be let in: −inf with an empty place, else the least liked of those that
    may be given up; inf where there is none."""
    bars = np.full(len(most), np.inf)
    loose = chosen & ~locked
    np.minimum.at(bars, rows[loose], liked[loose])
    bars[np.bincount(rows[chosen], minlength=len(most)) < most] = -np.inf
    return bars


def _firm_groups(problem: Problem) -> tuple[Rows, Int64] | None:
    """The number of each arc's (startup, firm), and how many meetings each may have; one number a partner
    without a firm, who is never full. None where firms forbid nothing."""
    limits, arcs = problem.limits, problem.arcs
    if limits.firms is None or limits.per_firm is None or limits.firm_importance is not Importance.MUST:
        return None
    width = int(limits.firms.max(initial=-1)) + 2
    names, of = np.unique(arcs.startups * width + limits.firms[arcs.partners] + 1, return_inverse=True)
    limited = names % width > 0
    return of, np.where(limited, limits.per_firm, len(arcs) + 1)
