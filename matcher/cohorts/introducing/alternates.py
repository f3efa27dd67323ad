"""Who is offered to a startup next, where an introduction came to nothing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.firms import firm_of
from matcher.cohorts.result import Alternate
from matcher.interactions import qualified
from matcher.matching.relations import Relation
from matcher.profiles import Profile
from matcher.text.comparable import comparable


class Obstacle(StrEnum):
    """Why an alternate is passed over."""

    GONE = "gone"
    INACTIVE = "inactive"
    OFFERED_BEFORE = "offered_before"
    CONFLICT = "conflict"
    ANSWERED_BEFORE = "answered_before"
    """The two said no to each other before, or are in contact already."""
    NO_ROOM = "no_room"
    FIRM = "firm"
    SLOT = "slot"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alternate as things stand now. `partner` is None where it was deleted or is no longer shared;
    `used` are the places that were taken and those that wait for an answer, of `capacity`."""

    alternate: Alternate
    partner: Profile | None
    capacity: int
    used: int
    relation: Relation = Relation.NONE
    away: bool = False
    """It has another meeting in the slot that became free, or cannot come then."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place in a startup's schedule: what it was `offered` before in this run (keys), and the `others` whom
    it has accepted or is still offered."""

    startup: Profile
    offered: Collection[str]
    others: Sequence[Profile]


def next_best(
    vacancy: Vacancy, candidates: Iterable[Candidate], configuration: Configuration
) -> tuple[Alternate | None, list[tuple[str, Obstacle]]]:
    """The first of the candidates that nothing stands against, None where there is none or the startup has
    all its meetings; and those (ids) that were passed over on the way, with the reason."""
    passed: list[tuple[str, Obstacle]] = []
    if len(vacancy.others) >= configuration.startup_max or not vacancy.startup.takes_part:
        return None, passed
    for candidate in candidates:
        obstacle = next(_obstacles(vacancy, candidate, configuration), None)
        if obstacle is None:
            return candidate.alternate, passed
        passed.append((candidate.alternate.pair.partner_id, obstacle))
    return None, passed


def _obstacles(vacancy: Vacancy, candidate: Candidate, configuration: Configuration) -> Iterator[Obstacle]:
    partner = candidate.partner
    if partner is None:
        yield Obstacle.GONE
        return
    if not partner.takes_part or partner.deploying is False:
        yield Obstacle.INACTIVE
    if partner.key in vacancy.offered:
        yield Obstacle.OFFERED_BEFORE
    if refuses(vacancy.startup, partner) or refuses(partner, vacancy.startup):
        yield Obstacle.CONFLICT
    if candidate.relation:
        yield Obstacle.ANSWERED_BEFORE
    if candidate.used >= candidate.capacity:
        yield Obstacle.NO_ROOM
    firm = firm_of(partner)
    alike = sum(firm_of(other) == firm for other in vacancy.others)
    if firm and configuration.per_firm is not None and alike >= configuration.per_firm:
        yield Obstacle.FIRM
    if candidate.away:
        yield Obstacle.SLOT


def refuses(one: Profile, other: Profile) -> bool:
    """Whether one names the other, by id, key or name, among those it excludes or is in conflict with."""
    references = (*one.exclude, *one.conflicts)
    named = {comparable(reference) for reference in references}
    keys = {qualified(one.organisation, reference) for reference in references}
    return not (keys.isdisjoint(other.keys) and named.isdisjoint(map(comparable, other.names)))


def capacity_of(configuration: Configuration, partner: Profile, partner_id: str) -> int:
    """The partner's places in a run, of which it is `partner_id`."""
    declared = configuration.capacity if partner.capacity is None else partner.capacity
    return configuration.capacities.get(partner_id, declared)
