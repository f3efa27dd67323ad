"""Data checks before training. An error stops the run: the live model goes on serving, untouched.

What stops a run, and why:

| code | at the defaults | why no model may be made of it |
|---|---|---|
| profiles_none | there is no profile | there is nothing to match |
| role_vanished | startups, mentors or investors are gone | every list of theirs would be empty |
| profiles_dropped | half of a role's profiles are gone | a cut export, or another database |
| profiles_jumped | ten times a role's profiles (+200) | a test import, in which real ones drown |
| interactions_dropped | half of the interactions are gone | none is ever deleted: another database |
| field_emptied | a column that matching reads is almost empty | a column lost in an import |
| duplicate_profiles | 30 % of a role repeat another profile | imported again: lists name all twice |
| duplicate_events | 40 % of the decided events repeat another | imported again: choices count twice |
| dates_in_future | 20 % since a quarter ago are still to come | a wrong year, or days from another epoch |
| dates_implausible | 20 % of the events are before 1990 | empty dates, read as day 0 |
| dates_before_founding | 30 % precede their startup by a year | days counted from another epoch |
| dates_swapped | 40 % of doubtful dates fit as month/day only | a sheet of another country's order |
| timing_impossible | 40 % of the answers precede the request | days are not those of the events |

Warnings are to be looked at and notes worth knowing; both are reported, and the run goes on. Checks that
found nothing say so. What a person looked at and lets pass is named in `CheckSettings.accepted`.
"""

from collections.abc import Callable
from dataclasses import replace

from training.weekly.checks.capacity import capacity
from training.weekly.checks.columns import columns
from training.weekly.checks.content import labels, texts
from training.weekly.checks.dates import dates
from training.weekly.checks.deleted import deleted
from training.weekly.checks.dominance import dominance
from training.weekly.checks.duplicates import duplicate_events, duplicate_profiles
from training.weekly.checks.evidence import CheckedData, Evidence, evidence_of
from training.weekly.checks.mix import mix
from training.weekly.checks.order import order
from training.weekly.checks.portrait import NO_PORTRAIT, Portrait, portrait_from, portrait_of
from training.weekly.checks.presence import presence
from training.weekly.checks.ratings import ratings
from training.weekly.checks.settings import ERRORS, CheckSettings, settings_from
from training.weekly.checks.swaps import swaps
from training.weekly.checks.volume import volume
from training.weekly.findings import Finding, Severity, worst_first

__all__ = [
    "ERRORS",
    "NO_PORTRAIT",
    "CheckSettings",
    "CheckedData",
    "Portrait",
    "check",
    "portrait_from",
    "portrait_of",
    "settings_from",
]

Check = Callable[[Evidence, CheckSettings], list[Finding]]

CHECKS: tuple[Check, ...] = (
    presence,
    columns,
    duplicate_profiles,
    texts,
    labels,
    capacity,
    volume,
    dates,
    swaps,
    order,
    duplicate_events,
    dominance,
    mix,
    ratings,
    deleted,
)
"""In the order in which findings of one severity are told."""


def check(data: CheckedData, settings: CheckSettings) -> list[Finding]:
    """What every check found, worst first, also where all is well. Without profiles that is all there is to
    say."""
    evidence = evidence_of(data)
    checks = CHECKS if data.profiles else (presence,)
    found = [finding for one in checks for finding in one(evidence, settings)]
    return worst_first(_accepted(finding, settings) for finding in found)


def _accepted(finding: Finding, settings: CheckSettings) -> Finding:
    """An error that a person let pass is a warning that says so."""
    if finding.severity is not Severity.ERROR or finding.code not in settings.accepted:
        return finding
    return replace(finding, severity=Severity.WARNING, facts={**finding.facts, "accepted": True})
