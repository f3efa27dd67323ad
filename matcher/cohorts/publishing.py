"""What is offered to people when a run is published, and what is taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.cohorts.introducing.introduction import Introduction, IntroductionStatus
from matcher.cohorts.result import Alternate, Meeting
from matcher.cohorts.run import MatchRun
from matcher.cohorts.wishes import Pair

_GOES_ON = frozenset({IntroductionStatus.OFFERED, IntroductionStatus.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A run that has just been published, or closed: its pairs, to be offered, and the alternates of each
    startup, in order.

    `replaced` is the run of the same cohort and role that was published before and is closed by this one, ""
    where there was none: what it offered and nobody has answered is withdrawn, unless it is offered again.
    """

    run: MatchRun
    meetings: tuple[Meeting, ...]
    alternates: tuple[Alternate, ...]
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What publishing a run does: pairs that are `new` are offered, introductions of the run before that go
    on under this one are `carried`, others of it that are open are `withdrawn`."""

    new: tuple[Pair, ...]
    carried: tuple[Introduction, ...]
    withdrawn: tuple[Introduction, ...]


def offers_of(pairs: Iterable[Pair], earlier: Iterable[Introduction]) -> Offers:
    """What becomes of the pairs of a run, and of the introductions of the one that it replaces."""
    wanted, carried, withdrawn = dict.fromkeys(pairs), dict[Pair, Introduction](), list[Introduction]()
    for each in earlier:
        pair = (each.pair.startup_id, each.pair.partner_id)
        if pair in wanted and each.status in _GOES_ON:
            carried[pair] = each
        elif each.is_open:
            withdrawn.append(each)
    new = tuple(pair for pair in wanted if pair not in carried)
    return Offers(new, tuple(carried.values()), tuple(withdrawn))
