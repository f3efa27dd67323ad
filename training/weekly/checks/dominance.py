"""One startup, partner or organisation behind much of what happened lately: an assistant who clicks on
everything, a script, a test."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows, Vocabulary
from training.weekly.checks.duplicates import DECIDED
from training.weekly.checks.evidence import Events, Evidence
from training.weekly.checks.grading import share
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity

Counts = npt.NDArray[np.int64]


def dominance(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """partner_dominates, startup_dominates, organisation_dominates, else dominance_ok.

    Of all events, and of what people decide: who accepts everybody hides among what is shown and viewed.
    """
    looked_at = {"all": evidence.events, "decided": evidence.events.of(*DECIDED)}
    found = {
        finding.code: replace(finding, facts={**finding.facts, "among": name})
        for name, events in looked_at.items()
        for finding in _dominant(evidence, events, settings)
    }
    facts = {"interactions": len(evidence.recent(settings.recent_days))}
    return [*found.values()] or [Finding("dominance_ok", Severity.OK, facts)]


def _dominant(evidence: Evidence, events: Events, settings: CheckSettings) -> Iterator[Finding]:
    first = evidence.today - settings.recent_days
    earlier = events.between(first - settings.earlier_days, first)
    recent = events.between(first, evidence.today)
    profiles = evidence.data.profiles
    owners = Vocabulary(profile.organisation for profile in profiles)
    owner_of = owners.rows((profile.organisation for profile in profiles), unknown=-1)
    sides: Sequence[tuple[str, Rows, Rows]] = (
        ("partner", recent.partners, earlier.partners),
        ("startup", recent.startups, earlier.startups),
        ("organisation", owner_of[recent.startups], owner_of[earlier.startups]),
    )
    for side, now, before in sides:
        counts, past = (np.bincount(rows, minlength=len(profiles)) for rows in (now, before))
        top = int(counts.argmax())
        if _dominates(top, counts, past, settings):
            yield _finding(side, counts, past, top, _named(side, top, evidence, owners.terms))


def _dominates(top: int, counts: Counts, past: Counts, settings: CheckSettings) -> bool:
    """Much of the whole, many times an even share, and many times what it was."""
    even = share(1, int((counts + past > 0).sum()))
    least = max(
        settings.dominant_warning_share,
        settings.dominant_even_times * even,
        settings.dominant_warning_times * share(int(past[top]), int(past.sum())),
    )
    enough = int(counts[top]) >= settings.dominant_least_events
    return enough and share(int(counts[top]), int(counts.sum())) >= least


def _named(side: str, row: int, evidence: Evidence, organisations: Sequence[str]) -> dict[str, str]:
    if side == "organisation":
        return {"key": organisations[row], "name": organisations[row]}
    profile = evidence.data.profiles[row]
    return {"key": profile.key, "name": profile.name}


def _finding(side: str, counts: Counts, past: Counts, top: int, named: dict[str, str]) -> Finding:
    facts = {
        **named,
        "interactions": int(counts[top]),
        "share": share(int(counts[top]), int(counts.sum())),
        "before": share(int(past[top]), int(past.sum())),
    }
    return Finding(f"{side}_dominates", Severity.WARNING, facts)
