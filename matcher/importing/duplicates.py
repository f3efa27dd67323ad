"""Probable duplicates: one organisation under two spellings. A person decides; nothing is merged."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz import fuzz, process

from matcher.profiles import Role

ALIKE = 93.0
SHORTEST = 6
"""In shorter names one letter is too much of the whole to be a slip."""
WINDOW = 6
"""How many neighbours in alphabetical order (forwards and backwards) each name is compared with."""
_FIGURES = re.compile("[0-9]+|[一二三四五六七八九十]+(?=期|号|分|$)")


@dataclass(frozen=True, slots=True)
class Named:
    """What the search looks at: `core` and `region` are made for comparison (see `organisation_core`)."""

    id: str
    role: Role
    name: str
    core: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two profiles that may be one: `reason` is "same core" or "similar", `likeness` 0–100."""

    role: Role
    id: str
    name: str
    other_id: str
    other_name: str
    reason: str
    likeness: float

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "role": str(self.role),
            "id": self.id,
            "name": self.name,
            "other_id": self.other_id,
            "other_name": self.other_name,
            "reason": self.reason,
            "likeness": round(self.likeness, 1),
        }


def probable_duplicates(profiles: Sequence[Named], fresh: Collection[str]) -> Iterator[Duplicate]:
    """Pairs of one role, at least one of them `fresh` (its id is in the collection), each pair once.

    Equal cores pair with the first of their group. Similar names (likeness 93 or more, same region, same
    figures) are sought among neighbours in sorted order, as Hernández and Stolfo's merge/purge does (1995):
    one slip leaves either the beginning or the end of a name intact. Time grows as n log n.
    """
    by_core: dict[tuple[Role, str], list[Named]] = defaultdict(list)
    for profile in profiles:
        by_core[profile.role, profile.core].append(profile)
    yield from chain.from_iterable(_same_core(group, fresh) for group in by_core.values())
    yield from _similar([group[0] for group in by_core.values()], fresh)


def _same_core(group: list[Named], fresh: Collection[str]) -> Iterator[Duplicate]:
    first = group[0]
    for other in group[1:]:
        if first.id in fresh or other.id in fresh:
            yield Duplicate(first.role, other.id, other.name, first.id, first.name, "same core", 100.0)


def _similar(profiles: list[Named], fresh: Collection[str]) -> Iterator[Duplicate]:
    long_enough = [profile for profile in profiles if len(profile.core) >= SHORTEST]
    seen: set[tuple[str, str]] = set()
    for step in (1, -1):
        ordered = sorted(
            long_enough, key=lambda profile: (profile.role, profile.region, profile.core[::step])
        )
        for one, other, likeness in _alike_neighbours(ordered):
            pair = (min(one.id, other.id), max(one.id, other.id))
            if pair not in seen and _may_be_one(one, other, fresh):
                seen.add(pair)
                yield Duplicate(one.role, one.id, one.name, other.id, other.name, "similar", likeness)


def _alike_neighbours(ordered: list[Named]) -> Iterator[tuple[Named, Named, float]]:
    cores = [profile.core for profile in ordered]
    for distance in range(1, min(WINDOW + 1, len(cores))):
        likeness = process.cpdist(cores[:-distance], cores[distance:], scorer=fuzz.ratio, score_cutoff=ALIKE)
        for place in likeness.nonzero()[0]:
            yield ordered[place], ordered[place + distance], float(likeness[place])


def _may_be_one(one: Named, other: Named, fresh: Collection[str]) -> bool:
    if (
        one.role is not other.role
        or one.region != other.region
        or (one.id not in fresh and other.id not in fresh)
    ):
        return False
    return _FIGURES.findall(one.core) == _FIGURES.findall(other.core)
