"""Whether profiles say what matching can read: a text, anything at all, labels of the catalogues."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

import numpy as np

from matcher.features.attributes import attributes_of
from matcher.profiles import Profile, Role
from training.weekly.checks.evidence import Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.portrait import LABELLED, UNKNOWN, labels_of, term_of
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity


def texts(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """profiles_without_text and profiles_incomparable by role, else texts_ok."""
    met = _met(evidence)
    found = [
        finding
        for role, profiles in evidence.by_role.items()
        if len(profiles) >= settings.least_profiles
        for finding in (*_textless(role, profiles, settings), *_incomparable(role, profiles, met, settings))
    ]
    facts = {"profiles": sum(bool(profile.text) for profile in evidence.data.profiles)}
    return found or [Finding("texts_ok", Severity.OK, facts)]


def labels(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """labels_unknown by role and column, else labels_ok."""
    found = [
        finding
        for role, profiles in evidence.by_role.items()
        for column in LABELLED[role]
        for finding in _unknown(role, column, profiles, settings)
    ]
    return found or [Finding("labels_ok", Severity.OK, {})]


def _textless(role: Role, profiles: Sequence[Profile], settings: CheckSettings) -> Iterator[Finding]:
    silent = Part(sum(not profile.text for profile in profiles), len(profiles))
    limits = settings.textless_note_share, settings.textless_warning_share
    yield from _told("profiles_without_text", role, silent, limits)


def _met(evidence: Evidence) -> Set[str]:
    """The keys of the profiles that something happened to."""
    rows = np.union1d(evidence.events.startups, evidence.events.partners)
    return {evidence.data.profiles[row].key for row in rows.tolist()}


def _incomparable(
    role: Role, profiles: Sequence[Profile], met: Set[str], settings: CheckSettings
) -> Iterator[Finding]:
    """Profiles of which nothing but the name is known, no past either: everybody fits them as well."""
    empty = sum(not (profile.text or attributes_of(profile) or profile.key in met) for profile in profiles)
    limits = settings.incomparable_note_share, settings.incomparable_warning_share
    yield from _told("profiles_incomparable", role, Part(empty, len(profiles)), limits)


def _told(code: str, role: Role, part: Part, limits: tuple[float, float]) -> Iterator[Finding]:
    severity = graded(part.share, note=limits[0], warning=limits[1])
    if severity is not Severity.OK:
        yield Finding(code, severity, part.facts("profiles") | {"role": role.value})


def _unknown(
    role: Role, column: str, profiles: Sequence[Profile], settings: CheckSettings
) -> Iterator[Finding]:
    counts = Counter(label for profile in profiles for label in labels_of(profile, column) if label.strip())
    strange = {label: count for label, count in counts.items() if term_of(column, label) == UNKNOWN}
    part = Part(sum(strange.values()), counts.total())
    limits = settings.unknown_label_note_share, settings.unknown_label_warning_share
    severity = graded(part.share, note=limits[0], warning=limits[1])
    if part.of >= settings.least_events and severity is not Severity.OK:
        example = max(strange, key=lambda label: (strange[label], label))
        facts = part.facts("labels") | {"role": role.value, "field": column, "example": example}
        yield Finding("labels_unknown", severity, facts)
