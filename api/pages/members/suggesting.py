"""The suggestions of a startup: each partner with its reasons, its room, and what was asked of it already."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from api.access import Scope
from api.answering import current_moment
from api.introductions import as_told
from api.pages.parameters import MUST_HAVES, Asked
from api.recording import record_shown
from api.services import NO_FILTERS
from matcher.cohorts.introducing.introduction import Introduction, Side
from matcher.errors import InvalidInput
from matcher.interactions import qualified
from matcher.matching.answers import MatchList, PairScore
from matcher.profiles import Profile
from matcher.remarks import Remark, RemarkKind

MOST_INTRODUCTIONS = 300
"""The latest introductions of a member that a page looks at."""


@dataclass(frozen=True, slots=True)
class Card:
    """One partner: the pair, the partner's public part, its places that are free (None: it names no limit)
    and the pair's latest introduction, if any."""

    pair: PairScore
    profile: Profile
    free: int | None
    introduction: Introduction | None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The cards of one list, where it came from, and the must-have that nobody could have, if any."""

    found: MatchList
    cards: Sequence[Card]
    refused: InvalidInput | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a startup asked and said: its introductions, the latest first, and what it waved away a moment
    ago, which may still be taken back."""

    introductions: Sequence[Introduction]
    waved: Sequence[Remark]

    @property
    def to_answer(self) -> Sequence[Introduction]:
        """The introductions that wait for the startup."""
        return [each for each in self.introductions if each.is_open and Side.STARTUP not in each.agreed]

    def latest(self) -> Mapping[str, Introduction]:
        """The latest introduction of each partner, by its key."""
        return {each.partner_key: each for each in reversed(self.introductions)}


def standing_of(scope: Scope, now: dt.datetime) -> Standing:
    """What the startup behind the principal asked and said. What it may not take back goes on record."""
    member = scope.principal.profile_id
    found = scope.store.introductions.all(
        scope.organisation, member=member, newest_first=True, limit=MOST_INTRODUCTIONS
    )
    said = scope.store.remarks.of(scope.organisation, member)
    open_ = [each for each in said if each.recorded_at is None]
    if any(each.record_at <= now for each in open_):
        scope.store.remarks.record()
    waved = [each for each in open_ if each.kind is RemarkKind.DISMISSED and each.record_at > now]
    return Standing([as_told(scope, each) for each in found], waved)


def suggestions(scope: Scope, startup: Profile, wanted: Asked, standing: Standing) -> Suggestions:
    """The startup's list, without those it waved away a moment ago; where nobody could have a must-have, the
    list without must-haves and the refusal."""
    try:
        found, refused = _found(scope, startup, wanted, standing), None
    except InvalidInput as error:
        if error.field not in MUST_HAVES:
            raise
        found, refused = _found(scope, startup, replace(wanted, filters=NO_FILTERS), standing), error
    record_shown(found, startup)
    pairs = [match.pair for match in found.matches]
    return Suggestions(found, cards_of(scope, pairs, standing), refused)


def cards_of(scope: Scope, pairs: Sequence[PairScore], standing: Standing) -> list[Card]:
    """The pairs as cards, without those whose partner was deleted since."""
    profiles, latest = scope.known(pair.partner_id for pair in pairs), standing.latest()
    limited = [each.key for each in profiles.values() if each.capacity is not None]
    used = scope.store.introductions.places_used(limited)
    return [
        Card(pair, profile, _free(profile, used), latest.get(profile.key))
        for pair in pairs
        if (profile := profiles.get(pair.partner_id)) is not None
    ]


def _found(scope: Scope, startup: Profile, wanted: Asked, standing: Standing) -> MatchList:
    waved = {each.partner_key for each in standing.waved}
    [found] = current_moment(startup).match(
        scope.organisation,
        [startup.id],
        role=wanted.role,
        k=wanted.k + len(waved),
        filters=wanted.filters,
    )
    left = [
        match for match in found.matches if qualified(scope.organisation, match.pair.partner_id) not in waved
    ]
    return replace(found, matches=tuple(left[: wanted.k]))


def _free(profile: Profile, used: Mapping[str, int]) -> int | None:
    return None if profile.capacity is None else max(profile.capacity - used.get(profile.key, 0), 0)


def named(scope: Scope, remarks: Sequence[Remark]) -> list[tuple[Remark, str]]:
    """The remarks with the names of the partners that they are about."""
    names = scope.store.names(each.partner_key for each in remarks) if remarks else {}
    return [(each, names.get(each.partner_key, "")) for each in remarks]
