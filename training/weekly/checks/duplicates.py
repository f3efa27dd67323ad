"""The same thing twice: events of one pair, type and day; profiles that say the same; one text for many.

An import that is run again under new ids doubles everything. Lists are shown and profiles viewed many times a
day: only what people decide is counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from matcher.interactions import TYPES, InteractionType
from matcher.profiles import Profile, Role
from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

OFTEN = frozenset({InteractionType.SHOWN, InteractionType.VIEWED})
DECIDED = tuple(kind for kind in TYPES if kind not in OFTEN)
"""What happens to a pair at most once a day."""

_EXCERPT = 40


def duplicate_events(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """duplicate_events or events_distinct; of all events or of the last half-year, whichever is worse."""
    decided = evidence.events.of(*DECIDED)
    recent = decided.take(decided.days >= evidence.today - settings.earlier_days)
    parts = [
        Part(repeats(some), len(some)) for some in (decided, recent) if len(some) >= settings.least_events
    ]
    worst = max(parts, key=lambda part: part.share, default=Part(0, len(decided)))
    severity = graded(worst.share, warning=settings.repeats_warning_share, error=settings.repeats_error_share)
    code = "events_distinct" if severity is Severity.OK else "duplicate_events"
    return [Finding(code, severity, worst.facts("interactions"))]


def repeats(events: Events) -> int:
    """How many events repeat the pair, type and day of an earlier one."""
    ordered = np.lexsort((events.days, events.types, events.pairs))
    columns = [column[ordered] for column in (events.pairs, events.types, events.days)]
    same = [column[1:] == column[:-1] for column in columns]
    return int(np.logical_and.reduce(same).sum())


def duplicate_profiles(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """duplicate_profiles and texts_repeated by role, else profiles_distinct."""
    found = [
        finding
        for role, profiles in evidence.by_role.items()
        if len(profiles) >= settings.least_profiles
        for finding in (*_same(role, profiles, settings), *_one_text(role, profiles, settings))
    ]
    facts = {"profiles": len(evidence.data.profiles)}
    return found or [Finding("profiles_distinct", Severity.OK, facts)]


def _same(role: Role, profiles: Sequence[Profile], settings: CheckSettings) -> Iterator[Finding]:
    repeated = Part(len(profiles) - len({_content(profile) for profile in profiles}), len(profiles))
    limits = settings.same_profiles_warning_share, settings.same_profiles_error_share
    severity = graded(repeated.share, warning=limits[0], error=limits[1])
    if severity is not Severity.OK:
        facts = repeated.facts("profiles") | {"role": role.value}
        yield Finding("duplicate_profiles", severity, facts)


def _content(profile: Profile) -> tuple[object, ...]:
    """All that tells two profiles of an organisation apart, but their ids."""
    return (
        profile.organisation,
        profile.name.strip().casefold(),
        profile.text,
        profile.industries,
        profile.region,
        profile.needs or profile.offers,
    )


def _one_text(role: Role, profiles: Sequence[Profile], settings: CheckSettings) -> Iterator[Finding]:
    texts = Counter(profile.text for profile in profiles if profile.text)
    text, times = max(texts.items(), key=lambda item: item[1], default=("", 0))
    most = Part(times, len(profiles))
    if times > 1 and most.share >= settings.same_text_warning_share:
        facts = most.facts("profiles") | {"role": role.value, "text": text[:_EXCERPT]}
        yield Finding("texts_repeated", Severity.WARNING, facts)
