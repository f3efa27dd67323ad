"""Earlier runs, for the line of learning over the weeks."""

from matcher.errors import InvalidInput, NotFound
from matcher.model.registry import Registry
from training.weekly.quality import CANDIDATE, LIVE
from training.weekly.record import PastRun, WeeklyRecord
from training.weekly.report import REPORT_JSON

MOST = 52
"""A year of weeks."""


def history_of(registry: Registry) -> tuple[PastRun, ...]:
    """The latest runs that left a report, oldest first; one whose report is damaged is left out."""
    found = (_past(registry, run) for run in registry.reports()[:MOST])
    return tuple(reversed([past for past in found if past is not None]))


def _past(registry: Registry, run: str) -> PastRun | None:
    try:
        record = WeeklyRecord.from_json(registry.report(run, REPORT_JSON))
    except (InvalidInput, NotFound):
        return None
    return PastRun(
        run=record.run,
        at=record.started_at,
        outcome=record.outcome,
        version=record.candidate,
        ndcg=_figures(record, CANDIDATE),
        live_ndcg=_figures(record, LIVE),
    )


def _figures(record: WeeklyRecord, name: str) -> dict[str, float]:
    return {role: one.models[name].ndcg for role, one in record.quality.items() if name in one.models}
