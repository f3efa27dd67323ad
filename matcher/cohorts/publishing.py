"""What is offered to people when a run is published, and what is taken back."""

from dataclasses import dataclass

from matcher.cohorts.result import Alternate, Meeting
from matcher.cohorts.run import MatchRun


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
