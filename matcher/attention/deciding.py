"""Staff confirm or dismiss a signal; confirming adds the need to the startup's profile at once."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from matcher.attention.books import open_books, raised
from matcher.attention.decisions import Decision, Raised, Verdict
from matcher.attention.needs import need_code, with_need
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Rule, Signal
from matcher.errors import Conflict, NotFound
from matcher.matching.phrases import Language
from matcher.profiles import Profile
from matcher.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody says of a signal of the rule about a startup.

    `need` is a service (label or code) that confirming adds, "" for the one that the signal suggests first.
    `mark` is that of the signal as it was read, "" to take it as it is now.
    """

    startup_id: str
    rule: Rule
    verdict: Verdict
    reason: str
    need: str = ""
    mark: str = ""


def decide(
    store: Store,
    organisation: str,
    answer: Answer,
    settings: AttentionSettings,
    *,
    who: str,
    at: dt.datetime,
    language: Language = "zh",
) -> tuple[Decision, Profile]:
    """Record the answer; gives the decision, and the startup as it is now.

    A need is written under the catalogue's name in `language`.

    Raises:
        NotFound: no such startup, or the rule signals nothing about it.
        Conflict: the signal was decided on already, or is no longer as it was read.
        InvalidInput: no reason, an unknown need, a need for a signal that is dismissed.
    """
    signal = _open_signal(store, organisation, answer, settings, at)
    decision = Decision(
        organisation=organisation,
        signal=signal,
        verdict=answer.verdict,
        need=_need(answer, signal),
        who=who,
        at=at,
        reason=answer.reason,
    )
    amended = partial(with_need, code=decision.need, language=language) if decision.need else _unchanged
    return decision, store.attention.decide(decision, amended)


def _open_signal(
    store: Store, organisation: str, answer: Answer, settings: AttentionSettings, at: dt.datetime
) -> Signal:
    books = open_books(store, organisation, at.date(), startup_id=answer.startup_id)
    found = [each for each in raised(books, settings) if each.signal.rule is answer.rule]
    if not found:
        raise NotFound(f"nothing signals {answer.rule} of {answer.startup_id!r}")
    _refuse_settled(found[0])
    signal = found[0].signal
    if answer.mark not in ("", signal.mark):
        raise Conflict(f"{answer.rule} of {answer.startup_id!r} rests on other figures now: read it again")
    return signal


def _refuse_settled(found: Raised) -> None:
    if found.decision:
        made = found.decision
        what = f"{made.signal.rule} of {made.signal.startup_id!r} was {made.verdict}"
        raise Conflict(f"{what} by {made.who} at {made.at:%Y-%m-%d %H:%M} UTC: {made.reason}")


def _need(answer: Answer, signal: Signal) -> str:
    if answer.need:
        return need_code(answer.need)
    return signal.needs[0] if answer.verdict is Verdict.CONFIRMED else ""


def _unchanged(profile: Profile) -> Profile:
    return profile
