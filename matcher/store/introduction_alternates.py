"""The next alternate of a startup, chosen among those that its run has kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.cohorts.introducing.alternates import Candidate, Obstacle, Vacancy, capacity_of, next_best
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.cohorts.result import Alternate
from matcher.cohorts.run import Change, MatchRun
from matcher.cohorts.status import RunStatus
from matcher.matching.relations import Relation
from matcher.profiles import Profile
from matcher.store import introduction_room, match_results
from matcher.store.introduction_offers import Offer, offer, partners_of
from matcher.store.introduction_rows import partners, read, startups
from matcher.store.introduction_schema import introductions
from matcher.store.match_results import numbers_of
from matcher.store.match_run_changes import find

_LIVE = {IntroductionStatus.OFFERED, IntroductionStatus.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Succession:
    """Who follows on an introduction that came to nothing (None: nobody), and whom that passed over."""

    run: MatchRun | None
    alternate: Alternate | None
    passed: Sequence[tuple[str, Obstacle]] = ()

    @property
    def details(self) -> dict[str, Any]:
        """What the event of the end tells of it."""
        told: dict[str, Any] = {"passed_over": [[who, why.value] for who, why in self.passed]}
        return {**told, "next": "" if self.alternate is None else self.alternate.pair.partner_id}


def successor(connection: sa.Connection, ended: Introduction, now: dt.datetime) -> Succession:
    """Who is offered to the startup next. Nobody once the run is closed, nor after what it asked for itself.

    Whoever changes introductions holds the lock on the revision, so that two of them see each other's offers.
    """
    if not ended.run:
        return Succession(None, None)
    run = find(connection, ended.organisation, ended.run)
    if run.status is not RunStatus.PUBLISHED:
        return Succession(run, None)
    mine = match_results.of_startup(ended.startup_key)
    alternates = match_results.alternates(connection, run.organisation, run.id, mine)
    names = {each.pair.partner_id for each in alternates} | {ended.startup_key}
    numbers = numbers_of(connection, run.organisation, names)
    people = partners_of(connection, numbers.values())
    startup = people.get(numbers[ended.startup_key])
    if startup is None:
        return Succession(run, None)
    candidates = _candidates(connection, run, alternates, numbers, people, ended, now)
    vacancy = _vacancy(connection, run, ended, startup)
    return Succession(run, *next_best(vacancy, candidates, run.configuration))


def promote(
    connection: sa.Connection, ended: Introduction, succession: Succession, change: Change, now: dt.datetime
) -> Introduction | None:
    """Offer the one who follows, in the slot that became free; None where nobody does."""
    if succession.alternate is None or succession.run is None:
        return None
    place = {"place": succession.alternate.place, "slot": ended.slot, "instead_of": ended.id}
    offers: list[Offer] = [(succession.alternate.pair, place)]
    [made] = offer(connection, succession.run, offers, Change(by=change.by), now)
    return made


def _vacancy(connection: sa.Connection, run: MatchRun, ended: Introduction, startup: Profile) -> Vacancy:
    """The startup's place: whom it was offered in any run of the cohort for this role, and whom it has still
    in this one."""
    of_startup = startups.c.key == ended.startup_key
    of_role = partners.c.role == run.configuration.role.value
    cohort = sa.select(introductions.c.cohort).where(introductions.c.id == ended.id).scalar_subquery()
    all_ = list(read(connection, run.organisation, of_startup, of_role, introductions.c.cohort == cohort))
    live = [each for each in all_ if each.run == run.id and each.status in _LIVE and each.id != ended.id]
    numbers = numbers_of(connection, run.organisation, [each.partner_key for each in live])
    people = partners_of(connection, numbers.values())
    others = [people[numbers[each.partner_key]] for each in live if numbers[each.partner_key] in people]
    return Vacancy(startup, {each.partner_key for each in all_}, others)


def _candidates(
    connection: sa.Connection,
    run: MatchRun,
    alternates: Sequence[Alternate],
    numbers: Mapping[str, int],
    people: Mapping[int, Profile],
    ended: Introduction,
    now: dt.datetime,
) -> list[Candidate]:
    theirs = [numbers[each.pair.partner_id] for each in alternates]
    used = introduction_room.used(connection, theirs, now.date())
    relations = introduction_room.relations_of(connection, numbers[ended.startup_key], theirs)
    away = _away(connection, run, ended.slot)
    found = []
    for alternate, number in zip(alternates, theirs, strict=True):
        partner, own_id = people.get(number), alternate.pair.partner_id
        if partner is not None and not (partner.shared or partner.organisation == run.organisation):
            partner = None
        capacity = 0 if partner is None else capacity_of(run.configuration, partner, own_id)
        relation = Relation.NONE if partner is None else relations.between(ended.startup_key, partner.key)
        found.append(Candidate(alternate, partner, capacity, used[number], relation, own_id in away))
    return found


def _away(connection: sa.Connection, run: MatchRun, slot: str) -> set[str]:
    """Partners who have another meeting of the run in the slot, or cannot come then."""
    if not slot or run.configuration.slots is None:
        return set()
    taken = (introductions.c.run == run.id, introductions.c.slot == slot)
    busy = {
        each.pair.partner_id for each in read(connection, run.organisation, *taken) if each.status in _LIVE
    }
    away = run.configuration.slots.away.items()
    return busy | {who for who, slots in away if slot in slots}
