"""A run solved: the engine's arrays as meetings, alternates and figures, or why it cannot be done."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from matcher.assignment.problem import Bool, Float64, Importance, Objective
from matcher.assignment.stability import blocking_pairs
from matcher.cohorts.assigning import Assigned, assigned
from matcher.cohorts.building import BANNED, UNANSWERED, Order, Prepared, prepared
from matcher.cohorts.clashing import impasse_of, impasse_of_hands
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.result import (
    Alternate,
    Impasse,
    LeftOut,
    Meeting,
    Origin,
    Price,
    Result,
    Summary,
)
from matcher.cohorts.supply import shortages, supply_of
from matcher.errors import Infeasible
from matcher.interactions import local
from matcher.matching.eligibility import Rule
from matcher.matching.snapshot import Snapshot


def solved(
    snapshot: Snapshot, order: Order, seconds: Callable[[], float], *, against: str = ""
) -> Result | Impasse:
    """The best assignment, or the limits that cannot hold together. `seconds` is a clock that only grows.

    Where there are pairs `before`, as few of them as possible are dropped, and the rest has the highest
    total; `against` names the run that they are from. A run that is to leave nobody out does not leave
    anybody out for their sake.

    Raises:
        InvalidInput: a must-have that nobody could have.
    """
    began = seconds()
    ready = prepared(snapshot, order)
    if ready.impossible:
        return impasse_of_hands(ready, order)
    try:
        found = _going_on(ready, order) if against else assigned(ready, order, order.configuration.objective)
    except Infeasible:
        return impasse_of(snapshot, ready, order)
    meetings = _meetings(ready, found, order.configuration)
    alternates = _alternates(ready, found, order.configuration.alternates)
    summary = _summary(snapshot, order, ready, found, against, seconds() - began)
    return Result(summary=summary, meetings=meetings, alternates=alternates)


def _going_on(ready: Prepared, order: Order) -> Assigned:
    """As few pairs of before dropped as can be: of those assignments in which as many startups meet somebody
    as can be, where that is what is asked for first."""
    configuration = order.configuration
    if configuration.objective is not Objective.NOBODY_LEFT_OUT:
        return assigned(ready, order, Objective.FEWEST_CHANGES)
    rows, _ = assigned(ready, order, Objective.NOBODY_LEFT_OUT).chosen
    met = np.bincount(rows, minlength=len(ready.values)) > 0
    least = np.maximum(ready.limits.startup_min, met)
    must = ready.limits.startup_importance is Importance.MUST
    limits = replace(ready.limits, startup_min=least) if must else ready.limits
    return assigned(replace(ready, limits=limits), order, Objective.FEWEST_CHANGES)


def _meetings(ready: Prepared, found: Assigned, configuration: Configuration) -> tuple[Meeting, ...]:
    """The chosen pairs, by startup, the better pair first."""
    rows, columns = found.chosen
    order = np.lexsort((columns, -ready.values[rows, columns], rows))
    times = _times(found, configuration)
    pairs = ready.grid.pairs(rows[order], columns[order])
    return tuple(
        Meeting(
            pair=pair,
            origin=ready.origins.get((pair.startup_id, pair.partner_id), Origin.SOLVED),
            slot=times[place] if times else "",
        )
        for place, pair in zip(order.tolist(), pairs, strict=True)
    )


def _times(found: Assigned, configuration: Configuration) -> list[str]:
    """The slots of the chosen pairs by name, none without a meeting day."""
    if found.slots is None or configuration.slots is None:
        return []
    chosen = found.slots[found.assignment.chosen].tolist()
    return [configuration.slots.labels[slot] for slot in chosen]


def _alternates(ready: Prepared, found: Assigned, most: int) -> tuple[Alternate, ...]:
    """The best of those that each startup may meet and does not, of partners that have places at all."""
    values = np.where(ready.limits.partner_max > 0, ready.values, -np.inf)
    values[found.chosen] = -np.inf
    listed = [(row, column) for row, line in enumerate(values) for column in _best(line, most)]
    rows, columns = (
        (np.array(side, dtype=np.intp) for side in zip(*listed, strict=True)) if listed else _NOBODY
    )
    places: Counter[str] = Counter()
    found_: list[Alternate] = []
    for pair in ready.grid.pairs(rows, columns):
        places[pair.startup_id] += 1
        found_.append(Alternate(place=places[pair.startup_id], pair=pair))
    return tuple(found_)


_NOBODY = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))


def _best(line: Float64, most: int) -> list[int]:
    """The columns of the largest values, the largest first, of equals the first; −inf never."""
    order = np.argsort(-line, kind="stable")[:most]
    return [column for column in order.tolist() if line[column] > -np.inf]


def _summary(
    snapshot: Snapshot,
    order: Order,
    ready: Prepared,
    found: Assigned,
    against: str,
    seconds: float,
) -> Summary:
    assignment, (rows, columns) = found.assignment, found.chosen
    sums = np.bincount(rows, ready.values[rows, columns], len(ready.values))
    met = np.bincount(rows, minlength=len(ready.values)) > 0
    kept = set(zip(rows.tolist(), columns.tolist(), strict=True))
    return Summary(
        startups=len(ready.values),
        partners=int((ready.values > -np.inf).any(axis=0).sum()),
        met=int(met.sum()),
        pairs=len(rows),
        total=assignment.total,
        bound=found.bound,
        gap=found.gap,
        proved=found.proved,
        worst=float(sums[met].min(initial=np.inf)) if met.any() else 0.0,
        gave_way={
            "startup_min": int(assignment.startup_short.sum()),
            "partner_min": int(assignment.partner_short.sum()),
            "per_firm": assignment.firm_excess,
        },
        blocking=_blocking(ready, found),
        candidates=len(found.problem.arcs),
        seconds=seconds,
        model_version=snapshot.model.version,
        against=against,
        dropped=sum(
            pair not in kept for pair in zip(*(side.tolist() for side in ready.published), strict=True)
        ),
        prices=tuple(_prices(ready, found, order)),
        left_out=tuple(_left_out(ready, met)),
        supply=shortages(ready.grid.startups, *supply_of(snapshot, order, ready)),
    )


def _blocking(ready: Prepared, found: Assigned) -> int:
    arcs = found.problem.arcs
    halves = ready.grid.halves(arcs.startups, arcs.partners)
    return len(blocking_pairs(found.problem, found.assignment.chosen, *halves))


def _prices(ready: Prepared, found: Assigned, order: Order) -> Iterator[Price]:
    """What one more place with each partner would bring whom any startup may meet; the dearest first. None
    where the objective has no such price (the fairest)."""
    prices = found.assignment.partner_prices
    if prices is None:
        return
    taken = np.bincount(found.chosen[1], minlength=len(ready.grid.partners))
    open_ = np.flatnonzero((ready.values > -np.inf).any(axis=0))
    for column in open_[np.lexsort((open_, -prices.values[open_], -prices.first[open_]))].tolist():
        yield Price(
            partner_id=local(order.organisation, ready.grid.partners[column].key),
            places=int(ready.limits.partner_max[column]),
            taken=int(taken[column]),
            first=int(prices.first[column]),
            value=float(prices.values[column]),
        )


def _left_out(ready: Prepared, met: Bool) -> Iterator[LeftOut]:
    for row in np.flatnonzero(~met).tolist():
        counts = Counter(_RULES[code] for code in ready.codes[row].tolist() if code)
        eligible = int((ready.values[row] > -np.inf).sum())
        yield LeftOut(
            startup_id=ready.startup_ids[row], eligible=eligible, removed=dict(sorted(counts.items()))
        )


_RULES = {
    **{int(rule): rule.name.lower() for rule in Rule},
    int(BANNED): "banned",
    int(UNANSWERED): "unanswered",
}
"""The names of the codes."""
