"""A fairer assignment by trades, where proving the fairest takes too long.

The worst-off startup asks for a partner. One who is full lets another startup go, which takes its next
partner instead, and so on until somebody has room, or can do with one meeting less. Such a chain is made
when everybody in it ends above what the asker had: then fewer startups have so little, and nobody below is
touched, so that the assignment is fairer by leximin (a chain of transfers in the sense of Pigou and
Dalton). When no chain helps anybody, no assignment that differs by one chain is fairer; others may be.
Where everybody has one meeting this is the search for augmenting paths.

Limits that may give way are kept as those that must, unless they are broken already.
"""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.assignment.network import whole
from matcher.assignment.problem import Int64, Problem


@dataclass(frozen=True, slots=True)
class _Link:
    """A startup gives up `dropped` (−1: nothing) and takes `taken`; the link `before` made it do so."""

    startup: int
    dropped: int
    taken: int
    before: "_Link | None"


class _Market:
    """Who meets whom, with room and outcomes, kept up to date."""

    def __init__(self, problem: Problem, chosen: Int64) -> None:
        arcs, limits, (n, m) = problem.arcs, problem.limits, problem.shape
        self.startups, self.partners = arcs.startups.tolist(), arcs.partners.tolist()
        self.values: list[int] = whole(arcs.values).tolist()
        self.locked: list[bool] = problem.locked.tolist()
        self.arcs_of: list[list[int]] = [[] for _ in range(n)]
        for arc in np.lexsort((-arcs.values, arcs.startups)).tolist():
            self.arcs_of[self.startups[arc]].append(arc)
        self.least: list[list[int]] = [limits.startup_min.tolist(), limits.partner_min.tolist()]
        self.most: list[list[int]] = [limits.startup_max.tolist(), limits.partner_max.tolist()]
        self.firms: list[int] = [-1] * m
        if limits.firms is not None and limits.per_firm is not None:
            self.firms = limits.firms.tolist()
        self.per_firm: int = limits.per_firm or 0
        self.has: list[set[int]] = [set() for _ in range(n)]
        self.taken_by: list[set[int]] = [set() for _ in range(m)]
        self.outcomes = [0] * n
        for arc in np.flatnonzero(chosen).tolist():
            self.take(arc)

    def take(self, arc: int) -> None:
        """The pair meets."""
        self.has[self.startups[arc]].add(arc)
        self.taken_by[self.partners[arc]].add(arc)
        self.outcomes[self.startups[arc]] += self.values[arc]

    def drop(self, arc: int) -> None:
        """The pair does not meet any more."""
        self.has[self.startups[arc]].remove(arc)
        self.taken_by[self.partners[arc]].remove(arc)
        self.outcomes[self.startups[arc]] -= self.values[arc]

    def has_room(self, partner: int) -> bool:
        """Whether the partner can take one more."""
        return len(self.taken_by[partner]) < self.most[1][partner]

    def can_leave(self, arc: int) -> bool:
        """Whether the partner can do without the startup."""
        partner = self.partners[arc]
        return not self.locked[arc] and len(self.taken_by[partner]) > self.least[1][partner]

    def can_go(self, arc: int) -> bool:
        """Whether the startup can do with one meeting less."""
        startup = self.startups[arc]
        return not self.locked[arc] and len(self.has[startup]) > self.least[0][startup]

    def fits_firm(self, taken: int, dropped: int) -> bool:
        """Whether the startup may have one more partner of that firm, with another given up."""
        firm = self.firms[self.partners[taken]]
        others = [self.firms[self.partners[arc]] for arc in self.has[self.startups[taken]] if arc != dropped]
        return firm < 0 or others.count(firm) < self.per_firm

    def openings(self, startup: int) -> Iterator[_Link]:
        """What the startup could ask for: one partner more, or a better one for the one of least value."""
        dropped = -1
        if len(self.has[startup]) >= self.most[0][startup]:
            loose = [arc for arc in self.has[startup] if self.can_leave(arc)]
            dropped = min(loose, key=lambda arc: (self.values[arc], arc), default=-1)
            if dropped < 0:
                return
        least = self.values[dropped] if dropped >= 0 else 0
        for arc in self.arcs_of[startup]:
            if self.values[arc] <= least:
                return
            if arc not in self.has[startup] and self.fits_firm(arc, dropped):
                yield _Link(startup, dropped, arc, None)

    def moves(self, arc: int, above: int, before: _Link) -> Iterator[_Link]:
        """What the startup of a pair that is given up could take instead, and be above."""
        startup = self.startups[arc]
        needed = above - self.outcomes[startup] + self.values[arc]
        for other in self.arcs_of[startup]:
            if self.values[other] <= needed:
                return
            if other not in self.has[startup] and self.fits_firm(other, arc):
                yield _Link(startup, arc, other, before)


def traded(problem: Problem, chosen: Int64, deadline: float) -> Int64:
    """A fairer assignment than `chosen` (0 or 1 by arc), or the same: chains until none helps or time is
    over."""
    market = _Market(problem, chosen)
    content: set[int] = set()
    while len(content) < len(market.has) and time.monotonic() < deadline:
        asking = (one for one in range(len(market.has)) if one not in content)
        asker = min(asking, key=market.outcomes.__getitem__)
        toggles = _chain(market, asker)
        if toggles is None:
            content.add(asker)
        else:
            _apply(market, *toggles)
            content.clear()
    better = np.zeros_like(chosen)
    better[[arc for has in market.has for arc in has]] = 1
    return better


def _chain(market: _Market, asker: int) -> tuple[list[int], list[int]] | None:
    """Pairs to drop and pairs to take so that the asker has more and everybody in the chain ends above what
    it had; None where there is no such chain. The shortest first."""
    above = market.outcomes[asker]
    waiting = deque(market.openings(asker))
    reached, moved = {market.partners[link.taken] for link in waiting}, {asker}
    while waiting:
        link = waiting.popleft()
        partner = market.partners[link.taken]
        if market.has_room(partner):
            return _toggles(link, -1)
        for arc in sorted(market.taken_by[partner]):
            startup = market.startups[arc]
            if startup in moved or market.locked[arc]:
                continue
            if market.can_go(arc) and market.outcomes[startup] - market.values[arc] > above:
                return _toggles(link, arc)
            moved.add(startup)
            for further in market.moves(arc, above, link):
                if market.partners[further.taken] not in reached:
                    reached.add(market.partners[further.taken])
                    waiting.append(further)
    return None


def _toggles(link: _Link | None, last: int) -> tuple[list[int], list[int]]:
    """What a chain drops and takes, with the pair that is given up at its end."""
    dropped, taken = [last], []
    while link is not None:
        dropped.append(link.dropped)
        taken.append(link.taken)
        link = link.before
    return [arc for arc in dropped if arc >= 0], taken


def _apply(market: _Market, dropped: list[int], taken: list[int]) -> None:
    for arc in dropped:
        market.drop(arc)
    for arc in taken:
        market.take(arc)
