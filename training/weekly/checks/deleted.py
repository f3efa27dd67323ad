"""How much of what happened lately is lost to training, because its startup or partner was deleted."""

from training.weekly.checks.evidence import Evidence
from training.weekly.checks.grading import Part, graded
from training.weekly.checks.settings import CheckSettings
from training.weekly.findings import Finding, Severity


def deleted(evidence: Evidence, settings: CheckSettings) -> list[Finding]:
    """events_orphaned or events_known: a whole list of startups that came back under new ids loses its
    past."""
    recent = evidence.data.interactions.days >= evidence.today - settings.earlier_days
    lost = Part(int((evidence.deleted & recent).sum()), int(recent.sum()))
    limits = settings.orphaned_note_share, settings.orphaned_warning_share
    severity = graded(lost.share, note=limits[0], warning=limits[1])
    if lost.of < settings.least_events or severity is Severity.OK:
        return [Finding("events_known", Severity.OK, lost.facts("interactions"))]
    return [Finding("events_orphaned", severity, lost.facts("interactions"))]
