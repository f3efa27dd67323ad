"""The attention list: which of an organisation's startups need care first, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.attention.books import Books, raised
from matcher.attention.decisions import Decision, Verdict
from matcher.attention.needs import has_need
from matcher.attention.outcomes import Outcome, Outcomes, is_met
from matcher.attention.settings import AttentionSettings
from matcher.attention.signals import Severity, Signal, rank
from matcher.interactions import day_number
from matcher.profiles import Profile


@dataclass(frozen=True, slots=True)
class Care:
    """A startup that needs care: its open signals, the worst first, and the decisions that confirmed a need
    which nobody has met yet, the latest first."""

    profile: Profile
    signals: tuple[Signal, ...]
    unmet: tuple[Decision, ...]

    @property
    def severity(self) -> Severity:
        """That of the most severe signal, open or confirmed."""
        return max((signal.severity for signal in self._every()), key=rank)

    @property
    def gravity(self) -> float:
        """The largest of the signals of that severity."""
        return max(signal.gravity for signal in self._every() if signal.severity is self.severity)

    def _every(self) -> Iterable[Signal]:
        yield from self.signals
        yield from (decision.signal for decision in self.unmet)


def attention(books: Books, settings: AttentionSettings, outcomes: Outcomes) -> list[Care]:
    """Who needs care, the most severe first; among equals whom more signals are about, then the gravest, then
    by id. `outcomes` are those since the first decision."""
    opened = _open(books, settings)
    cares = [
        Care(
            profile,
            opened.get(id_, ()),
            _unmet(profile, books.decisions.get(id_, ()), outcomes.get(profile.key, ())),
        )
        for id_, profile in books.startups.items()
    ]
    return sorted((care for care in cares if care.signals or care.unmet), key=_urgency)


def _open(books: Books, settings: AttentionSettings) -> dict[str, tuple[Signal, ...]]:
    """The open signals of each startup that has some, the worst first."""
    found: dict[str, list[Signal]] = {}
    for each in raised(books, settings):
        if each.is_open:
            found.setdefault(each.signal.startup_id, []).append(each.signal)
    return {id_: tuple(sorted(signals, key=_worst_first)) for id_, signals in found.items()}


def _worst_first(signal: Signal) -> tuple[int, float]:
    return -rank(signal.severity), -signal.gravity


def _urgency(care: Care) -> tuple[int, int, float, str]:
    count = len(care.signals) + len(care.unmet)
    return -rank(care.severity), -count, -care.gravity, care.profile.id


def _unmet(
    profile: Profile, decisions: Sequence[Decision], outcomes: Sequence[Outcome]
) -> tuple[Decision, ...]:
    """The last decision on each need that was confirmed, that the startup still has, and that no partner has
    met since. Staff who strike a need from the profile say that it is no more."""
    latest = {
        decision.need: decision
        for decision in decisions
        if decision.verdict is Verdict.CONFIRMED and has_need(profile, decision.need)
    }
    unmet = [
        decision
        for need, decision in latest.items()
        if not is_met(need, outcomes, since=day_number(decision.at.date()))
    ]
    return tuple(sorted(unmet, key=lambda decision: decision.at, reverse=True))
