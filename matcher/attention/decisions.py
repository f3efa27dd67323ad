"""What staff made of a signal, and when it is raised again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.attention.months import month_number
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Signal, rank
from matcher.errors import InvalidInput


class Verdict(StrEnum):
    """Confirmed: the startup does need help. Dismissed: it does not."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


MOST_REASON = 2_000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody made of a signal: `who`, `at` which moment (UTC) and why.

    `need` is the code of the service that confirming added to the startup's needs, "" where dismissed.

    Raises:
        InvalidInput: no reason, one that is too long, or a need that does not go with the verdict.
    """

    organisation: str
    signal: Signal
    verdict: Verdict
    need: str = ""
    who: str
    at: dt.datetime
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip() or len(self.reason) > MOST_REASON:
            rule = f"must be 1 to {MOST_REASON:,} characters"
            raise InvalidInput("reason", self.reason, rule, "say why, for those who will ask")
        if bool(self.need) != (self.verdict is Verdict.CONFIRMED):
            raise InvalidInput(
                "need", self.need, f"does not go with {self.verdict}", "only confirming adds one"
            )


@dataclass(frozen=True, slots=True)
class Raised:
    """A signal, and the decision that settles it; None where it is open."""

    signal: Signal
    decision: Decision | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to look at it."""
        return self.decision is None


def settled(signal: Signal, decisions: Iterable[Decision], settings: AttentionSettings) -> Raised:
    """The signal with the last of its startup's decisions on the rule, unless that is overtaken.

    A decision is overtaken by a worse signal, and by any after `quiet_months`: by then it is another story.
    """
    made = [decision for decision in decisions if decision.signal.rule is signal.rule]
    last = max(made, key=lambda decision: decision.at, default=None)
    return Raised(signal, None if last is None or _overtaken(last.signal, signal, settings) else last)


def _overtaken(before: Signal, now: Signal, settings: AttentionSettings) -> bool:
    later = month_number(now.month) - month_number(before.month)
    worse = now.gravity >= settings.worse_times * before.gravity
    return worse or rank(now.severity) > rank(before.severity) or later >= settings.quiet_months
