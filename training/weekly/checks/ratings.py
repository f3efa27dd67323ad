"""Whether ratings say anything: a form that sends its default gives everybody the same."""

import numpy as np

from matcher.interactions import InteractionType
from training.weekly.checks.evidence import Evidence
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity


def ratings(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """ratings_same, else ratings_ok; a warning where ratings differed before and no longer do, a note where
    they never did: polite people give fives."""
    rated = evidence.events.of(InteractionType.RATED)
    first = evidence.today - settings.earlier_days
    recent, earlier = rated.values[rated.days >= first], rated.values[rated.days < first]
    if len(recent) < settings.least_ratings or len(np.unique(recent)) > 1:
        return [Finding("ratings_ok", Severity.OK, {"ratings": len(rated)})]
    facts = {"ratings": len(recent), "value": float(recent[0])}
    changed = len(np.unique(earlier)) > 1
    return [Finding("ratings_same", Severity.WARNING if changed else Severity.NOTE, facts)]
