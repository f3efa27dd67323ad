"""What a new model changes in the lists that people see: overlap, movers and why, exposure, speed."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from matcher.interactions import local
from matcher.matching.answering import pair_score
from matcher.matching.answers import Filters
from matcher.matching.batch import rank_all
from matcher.matching.eligibility import Request
from matcher.matching.ranking import Question, candidate_at, question, rank
from matcher.matching.snapshot import Snapshot
from matcher.matching.wording import sentence
from matcher.profiles import PARTNER_ROLES, Profile, Role
from matcher.reports.evenness import gini, lorenz
from training.measures.lists import DEPTH
from training.weekly.record import Exposure, Lists, Mover, ShownPartner, Told

MOST_STARTUPS = 300
TIMED_STARTUPS = 20
MOVERS = 10
_MOST_SHOWN = 10
_REASONS = 3
_OUTSIDE = DEPTH + 1
"""The place of who is not in the list, when places are compared."""
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Listed:
    """One startup's list under one model: who stands in it, best first."""

    query: Profile
    keys: tuple[str, ...]

    @property
    def places(self) -> dict[str, int]:
        """The place of each partner by key, 1 for the best."""
        return {key: place for place, key in enumerate(self.keys, start=1)}


def startups_of(snapshot: Snapshot, most: int = MOST_STARTUPS) -> list[Profile]:
    """Active startups, evenly spread over the keys where there are more than `most`."""
    active = [profile for profile in _present(snapshot, Role.STARTUP) if profile.takes_part]
    places = np.linspace(0, max(len(active) - 1, 0), min(len(active), most)).astype(int)
    return [active[place] for place in np.unique(places).tolist()] if active else []


def partners_of(snapshot: Snapshot) -> dict[Role, dict[str, str]]:
    """Names of the partners of each role by key."""
    return {
        role: {profile.key: profile.name for profile in _present(snapshot, role)} for role in PARTNER_ROLES
    }


def _present(snapshot: Snapshot, role: Role) -> Iterator[Profile]:
    for pool in snapshot.pools[role]:
        yield from (
            profile for profile, there in zip(pool.profiles, pool.present.tolist(), strict=True) if there
        )


def lists_of(snapshot: Snapshot, startups: Sequence[Profile], role: Role) -> list[Listed]:
    """The list of ten of each startup."""
    asked = [_asked(snapshot, startup, role) for startup in startups]
    found = zip(startups, rank_all(asked, DEPTH), strict=True)
    return [Listed(startup, tuple(one.key for one in ranking.best)) for startup, ranking in found]


def median_milliseconds(snapshot: Snapshot, role: Role) -> float:
    """Half of the lists of some startups, each asked for alone as a request does, took less; 0 of none."""
    startups = startups_of(snapshot, TIMED_STARTUPS)
    return float(np.median([_milliseconds(snapshot, one, role) for one in startups])) if startups else 0.0


def overlap(before: Listed, after: Listed) -> float:
    """The share of the longer list that both name, 0…1; 1 where both are empty."""
    longer = max(len(before.keys), len(after.keys))
    return len(before.places.keys() & after.places.keys()) / longer if longer else 1.0


def mean_overlap(before: Sequence[Listed], after: Sequence[Listed]) -> float:
    """Mean overlap of aligned lists; 1 of none."""
    found = [overlap(one, other) for one, other in zip(before, after, strict=True)]
    return float(np.mean(found)) if found else 1.0


def changed(before: Sequence[Listed], after: Sequence[Listed], snapshot: Snapshot, role: Role) -> Lists:
    """What became of aligned lists; `snapshot` made those after, and explains them."""
    shares = [overlap(one, other) for one, other in zip(before, after, strict=True)]
    counts = Counter(round(share * DEPTH) for share in shares)
    return Lists(
        overlap=float(np.mean(shares)) if shares else 1.0,
        histogram=tuple(counts[common] for common in range(DEPTH + 1)),
        movers=tuple(_mover(snapshot, role, move) for move in _moves(before, after)),
    )


def exposed(before: Sequence[Listed], after: Sequence[Listed], partners: Mapping[str, str]) -> Exposure:
    """How often each partner stands in the lists; `partners` gives the name of each key."""
    old, new = (Counter(key for one in lists for key in one.places) for lists in (before, after))
    top = sorted(partners, key=lambda key: (-new[key], key))[:_MOST_SHOWN]
    counts = [[shown[key] for key in partners] for shown in (old, new)]
    return Exposure(
        gini_before=gini(counts[0]),
        gini_after=gini(counts[1]),
        most_shown=tuple(ShownPartner(key, partners[key], old[key], new[key]) for key in top if new[key]),
        never_shown=sum(not new[key] for key in partners),
        lorenz_before=lorenz(counts[0]),
        lorenz_after=lorenz(counts[1]),
    )


def _milliseconds(snapshot: Snapshot, startup: Profile, role: Role) -> float:
    began = time.perf_counter()
    rank(_asked(snapshot, startup, role), DEPTH)
    return (time.perf_counter() - began) * 1000


def _asked(snapshot: Snapshot, startup: Profile, role: Role) -> Question:
    return question(snapshot, Request(startup.organisation, startup, np.inf, _NO_FILTERS), role)


class _Move(NamedTuple):
    """A partner of a startup's new list, and its places; `old` is _OUTSIDE where it is new."""

    startup: Profile
    key: str
    old: int
    new: int

    @property
    def distance(self) -> int:
        """How many places it moved."""
        return abs(self.old - self.new)


def _moves(before: Sequence[Listed], after: Sequence[Listed]) -> list[_Move]:
    """The partners whose place changed most, one for each startup, the furthest moved first."""
    furthest = (_furthest(one, other) for one, other in zip(before, after, strict=True))
    moved = [move for move in furthest if move is not None and move.distance]
    return sorted(moved, key=lambda move: (-move.distance, move.startup.key))[:MOVERS]


def _furthest(before: Listed, after: Listed) -> _Move | None:
    """Of several that moved as far, the one that now stands highest; None for an empty list."""
    old = before.places
    moves = [_Move(after.query, key, old.get(key, _OUTSIDE), new) for key, new in after.places.items()]
    return max(moves, key=lambda move: (move.distance, -move.new), default=None)


def _mover(snapshot: Snapshot, role: Role, move: _Move) -> Mover:
    pool, row = snapshot.find(move.key, move.key)
    asked, partner = _asked(snapshot, move.startup, role), pool.profiles[row]
    reasons = pair_score(asked, candidate_at(asked, pool, row)).reasons
    told = (reason for reason in reasons if reason.signal != "other")
    return Mover(
        query=local(move.startup.organisation, move.startup.key),
        name=move.startup.name,
        partner=local(move.startup.organisation, partner.key),
        partner_name=partner.name,
        before=move.old if move.old < _OUTSIDE else None,
        after=move.new,
        reasons=tuple(Told(sentence(one, "zh"), sentence(one, "en")) for one in islice(told, _REASONS)),
    )
