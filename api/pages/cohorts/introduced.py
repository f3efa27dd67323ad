"""The introductions of a published run as its page shows them: by startup, those first that wait for
somebody, a page at a time or those in one state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.access import Scope
from api.pages.parameters import text
from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.cohorts.introducing.outcomes import Outcome
from matcher.errors import InvalidInput

STARTUPS = 12
"""How many startups' introductions stand on one page of them."""
EVERY = "all"
"""Instead of a page's number: all of them, to print."""
STATES = ("offered", "agreed", "outcome", "declined", "expired", "withdrawn")
"""In the order in which they ask for something to be done: an answer, then what came of it."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """One page of a run's introductions, by startup. `counts` are of all of the run, by state; `number` is
    the page (0: all on one), of `last`."""

    groups: Sequence[Sequence[Introduction]]
    counts: Mapping[str, int]
    outcomes: Mapping[str, Sequence[Outcome]]
    names: Mapping[str, str]
    followers: Mapping[str, str]
    state: str
    number: int
    last: int

    def __bool__(self) -> bool:
        return bool(self.counts)


def introduced(scope: Scope, found: Sequence[Introduction]) -> Introduced:
    """The part that the address asks for of a run's introductions.

    Raises:
        InvalidInput: there is no such state or page.
    """
    accepted = [each.id for each in found if each.status is IntroductionStatus.ACCEPTED]
    outcomes = scope.store.introductions.outcomes(accepted)
    states = {each.id: _state(each, outcomes) for each in found}
    wanted = _asked_state()
    groups = _by_startup([each for each in found if not wanted or states[each.id] == wanted], states)
    last = max(-(-len(groups) // STARTUPS), 1)
    number = _asked_number(last)
    shown = groups[(number - 1) * STARTUPS : number * STARTUPS] if number else groups
    return Introduced(
        groups=shown,
        counts=Counter(states.values()),
        outcomes=outcomes,
        names={each.id: each.partner_name for each in found},
        followers={each.instead_of: each.partner_name for each in found if each.instead_of},
        state=wanted,
        number=number,
        last=last,
    )


def _state(introduction: Introduction, outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    if introduction.status is IntroductionStatus.ACCEPTED:
        return "outcome" if introduction.id in outcomes else "agreed"
    return introduction.status.value


def _by_startup(found: Sequence[Introduction], states: Mapping[str, str]) -> list[list[Introduction]]:
    """The introductions of each startup; those first of whom one waits for an answer, then for an outcome."""
    rank = {state: place for place, state in enumerate(STATES)}
    by_startup = sorted(found, key=lambda each: (each.startup_key, rank[states[each.id]]))
    groups = [list(own) for _, own in groupby(by_startup, key=lambda each: each.startup_key)]
    return sorted(groups, key=lambda own: (min(rank[states[own[0].id]], 2), own[0].startup_name))


def _asked_state() -> str:
    given = text("state")
    if given and given not in STATES:
        raise InvalidInput("state", given[:80], f"must be one of {', '.join(STATES)}")
    return given


def _asked_number(last: int) -> int:
    given = text("introductions") or "1"
    if given == EVERY:
        return 0
    if not (given.isascii() and given.isdigit() and len(given) < 7 and 1 <= int(given) <= last):
        raise InvalidInput("introductions", given[:80], f"must be {EVERY} or a whole number from 1 to {last}")
    return int(given)
