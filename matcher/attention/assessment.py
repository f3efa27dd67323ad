"""The assessment table: what each startup reported, how it grew, what it needed, what came of its matches."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.attention.books import Books, raised
from matcher.attention.decisions import Decision, Verdict
from matcher.attention.months import is_reported, month_number
from matcher.attention.needs import needs_of
from matcher.attention.outcomes import Outcome, Outcomes, is_met
from matcher.attention.periods import Span
from matcher.attention.settings import AttentionSettings
from matcher.attention.summary import Changes, Summary, changes, summary_of
from matcher.interactions import InteractionType, day_number
from matcher.profiles import Profile


@dataclass(frozen=True, slots=True)
class Dealings:
    """How often what happened between a startup and its partners; meetings of the same two on one day count
    once. `rating` is the mean (1–5), None of none; `amounts` are those invested, by currency ("" unknown)."""

    requested: int
    accepted: int
    declined: int
    meetings: int
    mentored: int
    invested: int
    rating: float | None
    amounts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One startup over some months.

    `months_due` counts from its first report ever, None where it never reported. `changes` are against as
    many months just before. `needs` are codes of what the profile says now and of what staff confirmed within
    the span; `met` are those for which a partner who offers them met, mentored or invested within it.
    `signals` are open now; `confirmed` and `dismissed` were decided within the span.
    """

    profile: Profile
    months_due: int | None
    summary: Summary
    changes: Changes
    needs: tuple[str, ...]
    met: tuple[str, ...]
    dealings: Dealings
    signals: int
    confirmed: int
    dismissed: int


def assess(books: Books, settings: AttentionSettings, outcomes: Outcomes, span: Span) -> list[Assessment]:
    """A line for each active startup, by id; `outcomes` are those of the span."""
    opened = Counter(each.signal.startup_id for each in raised(books, settings) if each.is_open)
    return [
        _assessed(books, profile, outcomes.get(profile.key, ()), span, opened[id_])
        for id_, profile in books.startups.items()
    ]


def _assessed(
    books: Books, profile: Profile, outcomes: Sequence[Outcome], span: Span, opened: int
) -> Assessment:
    entries = [entry for entry in books.ledgers.get(profile.id, ()) if is_reported(entry)]
    now, before = (summary_of(entries, each) for each in (span, span.before))
    decided = [each for each in books.decisions.get(profile.id, ()) if each.at.date() in span]
    confirmed = _of(decided, Verdict.CONFIRMED)
    needs = tuple(dict.fromkeys((*needs_of(profile), *(decision.need for decision in confirmed))))
    since = day_number(span.first)
    return Assessment(
        profile=profile,
        months_due=_due(month_number(entries[0].month), span) if entries else None,
        summary=now,
        changes=changes([now], [before]),
        needs=needs,
        met=tuple(need for need in needs if is_met(need, outcomes, since=since)),
        dealings=dealings(outcomes),
        signals=opened,
        confirmed=len(confirmed),
        dismissed=len(_of(decided, Verdict.DISMISSED)),
    )


def _of(decisions: Iterable[Decision], verdict: Verdict) -> list[Decision]:
    return [decision for decision in decisions if decision.verdict is verdict]


def _due(first_report: int, span: Span) -> int:
    return max(0, span.start + span.months - max(span.start, first_report))


def dealings(outcomes: Sequence[Outcome]) -> Dealings:
    """The outcomes counted."""
    count = Counter(outcome.type for outcome in outcomes)
    met = {(each.partner_key, each.day) for each in outcomes if each.type is InteractionType.MET}
    rated = [outcome.value for outcome in outcomes if outcome.type is InteractionType.RATED]
    return Dealings(
        requested=count[InteractionType.REQUESTED],
        accepted=count[InteractionType.ACCEPTED],
        declined=count[InteractionType.DECLINED],
        meetings=len(met),
        mentored=count[InteractionType.MENTORED],
        invested=count[InteractionType.INVESTED],
        rating=sum(rated) / len(rated) if rated else None,
        amounts=_amounts(outcomes),
    )


def _amounts(outcomes: Iterable[Outcome]) -> dict[str, float]:
    amounts: dict[str, float] = {}
    for outcome in outcomes:
        if outcome.type is InteractionType.INVESTED and not math.isnan(outcome.amount):
            amounts[outcome.currency] = amounts.get(outcome.currency, 0) + outcome.amount
    return amounts
