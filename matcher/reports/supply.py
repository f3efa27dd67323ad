"""What startups need, beside who gives it and how many places are free: by service, and by industry."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from matcher.features.attributes import Family, industry_terms
from matcher.features.supply import needed_of, offered_of
from matcher.profiles import Profile

_INDUSTRY = f"{Family.INDUSTRY}:"
Given = Callable[[Profile, Collection[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Supply:
    """One service or industry: so many startups want it, so many partners give it with so many free places
    (those without a stated limit count as `unlimited`, not as places)."""

    code: str
    wanted: int
    partners: int
    places: int
    unlimited: int

    @property
    def short(self) -> int:
        """How many startups would be left over if partners did nothing else; 0 where one has no limit."""
        return 0 if self.unlimited else max(self.wanted - self.places, 0)


@dataclass(frozen=True, slots=True)
class SupplyReport:
    """What is wanted, the scarcest first: by service and by broad industry; of so many active profiles."""

    startups: int
    partners: int
    services: tuple[Supply, ...]
    industries: tuple[Supply, ...]


def supply_report(startups: Sequence[Profile], partners: Sequence[tuple[Profile, float]]) -> SupplyReport:
    """The report of those who take part; partners with the places that each has left, +inf where unknown."""
    seeking = [startup for startup in startups if startup.takes_part]
    giving = [(partner, room) for partner, room in partners if partner.takes_part]
    return SupplyReport(
        len(seeking),
        len(giving),
        _lines([needed_of(startup) for startup in seeking], giving, offered_of),
        _lines([_broad(startup.industries) for startup in seeking], giving, _serves),
    )


def _lines(
    wishes: Iterable[Iterable[str]], partners: Iterable[tuple[Profile, float]], given: Given
) -> tuple[Supply, ...]:
    wanted = Counter(code for wish in wishes for code in wish)
    people, places, unlimited = Counter[str](), Counter[str](), Counter[str]()
    for partner, room in partners:
        codes, endless = given(partner, wanted), math.isinf(room)
        people.update(codes)
        (unlimited if endless else places).update(dict.fromkeys(codes, 1 if endless else max(int(room), 0)))
    found = [Supply(code, wanted[code], people[code], places[code], unlimited[code]) for code in wanted]
    return tuple(sorted(found, key=lambda line: (-line.short, line.partners / line.wanted, line.code)))


def _broad(labels: Iterable[str]) -> tuple[str, ...]:
    """The broadest industry of each label, once; one that no catalogue knows as it was written."""
    firsts = (terms[0] for label in labels if (terms := industry_terms((label,))))
    return tuple(dict.fromkeys(term.removeprefix(_INDUSTRY) for term in firsts))


def _serves(partner: Profile, wanted: Collection[str]) -> set[str]:
    """The wanted industries that a partner serves; all of them where it names none."""
    named = set(_broad(partner.industries))
    return {code for code in wanted if code in named} if named else set(wanted)
