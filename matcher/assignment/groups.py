"""Where the limit on partners of one firm can matter."""

from dataclasses import dataclass

import numpy as np

from matcher.assignment.problem import Int64, Problem


@dataclass(frozen=True, slots=True)
class Groups:
    """Where a startup has more pairs with partners of a firm than it may have meetings: the rows in
    `startups`, the codes in `firms`, and how many pairs there are (`sizes`); `of` [pairs] is the group of
    each pair, −1 where it has none. A group's node comes after those of startups and partners."""

    startups: Int64
    firms: Int64
    sizes: Int64
    of: Int64


def groups_of(problem: Problem) -> Groups:
    """The (startup, firm) pairs of which the firms' limit can matter."""
    limits, arcs = problem.limits, problem.arcs
    none = np.full(len(arcs), -1, dtype=np.int64)
    empty = np.zeros(0, dtype=np.int64)
    if limits.firms is None or limits.per_firm is None:
        return Groups(empty, empty, empty, none)
    firms = limits.firms[arcs.partners]
    numbers = np.where(firms >= 0, arcs.startups * (int(limits.firms.max()) + 1) + firms, -1)
    names, of, sizes = np.unique(numbers, return_inverse=True, return_counts=True)
    limited = (names >= 0) & (sizes > limits.per_firm)
    places = np.where(limited, np.cumsum(limited) - 1, -1)
    startups, codes = np.divmod(names[limited], int(limits.firms.max()) + 1)
    return Groups(startups, codes, sizes[limited], places[of])


def group_nodes(problem: Problem, groups: Groups) -> Int64:
    """Each group's node."""
    return 1 + sum(problem.shape) + np.arange(len(groups.startups))
