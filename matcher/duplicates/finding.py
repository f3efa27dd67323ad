"""The search: pairs that share a block (a name, a sound, a number) or stand side by side in sorted order, and
of these the ones that nothing contradicts. All pairs are never looked at: time grows as n log n."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matcher.duplicates.named import Named
from matcher.duplicates.reasons import Reason
from matcher.profiles import Role

ALIKE = 93.0
SHORTEST = 6
"""In shorter names one letter is too much of the whole to be a slip."""
WINDOW = 6
"""How many neighbours in alphabetical order (forwards and backwards) each name is compared with."""
COMMON = 3
"""A name, number or address that more have is nobody's own: it takes something more to tell a duplicate."""
_FIGURES = re.compile("[0-9]+|[一二三四五六七八九十]+(?=期|号|分|$)")
_SURE = {Reason.SAME_NAME: 95.0, Reason.SAME_CORE: 92.0, Reason.SAME_SOUND: 85.0, Reason.SAME_BUT_TRADE: 80.0}
_REACHES = {"phone": Reason.PHONE, "email": Reason.EMAIL, "website": Reason.WEBSITE}
_ALONE = 75.0
_SUPPORT = 4.0

Pair = tuple[Named, Named]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two profiles that may be one: the `reasons`, what their names say first; `likeness` 0–100."""

    role: Role
    id: str
    name: str
    other_id: str
    other_name: str
    reasons: tuple[Reason, ...]
    likeness: float

    @property
    def reason(self) -> Reason:
        """The first of them."""
        return self.reasons[0]

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "role": str(self.role),
            "id": self.id,
            "name": self.name,
            "other_id": self.other_id,
            "other_name": self.other_name,
            "reason": str(self.reason),
            "reasons": [str(reason) for reason in self.reasons],
            "likeness": round(self.likeness, 1),
        }


def probable_duplicates(
    profiles: Sequence[Named], fresh: Collection[str] | None = None
) -> Iterator[Duplicate]:
    """Pairs of one role, each pair once; with `fresh`, those with at least one of these ids.

    Similar names (likeness 93 or more, same figures) are sought among neighbours in sorted order, as
    Hernández and Stolfo's merge/purge does (1995): one slip leaves either the beginning or the end of a name
    intact. Two in different regions are never a pair for their names alone.
    """
    seen: set[tuple[str, str]] = set()
    for one, other, reason, likeness, common in _candidates(profiles):
        pair = (min(one.id, other.id), max(one.id, other.id))
        if pair in seen or not (fresh is None or one.id in fresh or other.id in fresh):
            continue
        if found := _weighed(one, other, reason, likeness, common=common):
            seen.add(pair)
            yield found


def _candidates(profiles: Sequence[Named]) -> Iterator[tuple[Named, Named, Reason | None, float, bool]]:
    """Pairs with what their names say, how alike these are, and whether many have the same."""
    for reason, block in (
        (Reason.SAME_NAME, lambda each: [each.whole]),
        (Reason.SAME_CORE, lambda each: [each.core]),
        (Reason.SAME_BUT_TRADE, lambda each: [each.brand]),
    ):
        for one, other, common in _blocked(profiles, block):
            yield one, other, reason, _SURE[reason], common
    yield from _spelt(profiles)
    for one, other, common in _blocked(profiles, lambda each: each.reach):
        if not common:
            yield one, other, None, _ALONE, False
    for one, other, likeness in _neighbours(profiles):
        yield one, other, Reason.SIMILAR, likeness - 10, False


def _blocked(
    profiles: Iterable[Named], block: Callable[[Named], Iterable[str]]
) -> Iterator[tuple[Named, Named, bool]]:
    """Whoever shares a block with the first in it, later one first, and whether many do."""
    groups: dict[tuple[Role, str], list[Named]] = defaultdict(list)
    for profile in profiles:
        for name in block(profile):
            groups[profile.role, name].append(profile)
    for group in groups.values():
        first, common = group[0], len(group) > COMMON
        yield from ((other, first, common) for other in group[1:])


def _spelt(profiles: Sequence[Named]) -> Iterator[tuple[Named, Named, Reason, float, bool]]:
    """Names in Latin letters that are the pinyin of a Chinese one."""
    latin = {(each.role, each.core): each for each in reversed(profiles) if each.is_latin}
    if not latin:
        return
    for each in profiles:
        spelling = None if each.is_latin else latin.get((each.role, each.sound))
        if spelling is not None:
            yield each, spelling, Reason.SAME_SOUND, _SURE[Reason.SAME_SOUND], False


def _neighbours(profiles: Sequence[Named]) -> Iterator[tuple[Named, Named, float]]:
    first_of = {(each.role, each.core): each for each in reversed(profiles) if len(each.core) >= SHORTEST}
    ones = sorted(first_of.values(), key=lambda each: each.id)
    for step in (1, -1):
        yield from _alike(sorted(ones, key=lambda each: (each.role, each.core[::step])))


def _alike(ordered: Sequence[Named]) -> Iterator[tuple[Named, Named, float]]:
    cores = [each.core for each in ordered]
    for distance in range(1, min(WINDOW + 1, len(cores))):
        likeness = process.cpdist(cores[:-distance], cores[distance:], scorer=fuzz.ratio, score_cutoff=ALIKE)
        for place in likeness.nonzero()[0].tolist():
            one, other = sorted((ordered[place], ordered[place + distance]), key=lambda each: each.id)
            if one.role is other.role and _FIGURES.findall(one.core) == _FIGURES.findall(other.core):
                yield one, other, float(likeness[place])


def _weighed(
    one: Named, other: Named, reason: Reason | None, likeness: float, *, common: bool
) -> Duplicate | None:
    """The pair with all that speaks for it; None where something speaks against it, or too little for it."""
    reached = sorted({_REACHES[each.partition(":")[0]] for each in one.reach & other.reach})
    near, apart = _placed(one, other)
    supports = [*reached, *near]
    if not reached and (apart or not _enough(one, reason, supports, common=common)):
        return None
    reasons = (*([reason] if reason else []), *supports)
    sure = min(likeness + _SUPPORT * len(supports) + (4 * _SUPPORT if reached and reason else 0), 100.0)
    return Duplicate(one.role, one.id, one.name, other.id, other.name, reasons, sure)


def _placed(one: Named, other: Named) -> tuple[list[Reason], bool]:
    """What regions and industries say for the pair, and whether they speak against it. That both are in the
    same country says nothing."""
    shared = min(len(one.places), len(other.places))
    same_place = one.places[:shared] == other.places[:shared]
    common_fields = bool(one.fields & other.fields)
    near = [Reason.REGION] if same_place and shared > 1 else []
    near += [Reason.INDUSTRY] if common_fields else []
    elsewhere = not same_place or (bool(one.region.strip()) and bool(other.region.strip()) and not shared)
    other_trade = bool(one.fields) and bool(other.fields) and not common_fields
    return near, elsewhere or (other_trade and not (same_place and shared > 1))


def _enough(one: Named, reason: Reason | None, supports: Sequence[Reason], *, common: bool) -> bool:
    """Whether the names say enough: of people, of names that many have and of bare brands it takes more."""
    if reason is None:
        return False
    is_person = one.role is Role.MENTOR
    weak = reason is Reason.SAME_BUT_TRADE or (is_person and (common or reason is Reason.SIMILAR))
    return bool(supports) or not weak
