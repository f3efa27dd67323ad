"""Publishing and closing runs: what people may see, and the one run of a cohort and role that is theirs."""

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from matcher.cohorts.publishing import Publication
from matcher.cohorts.result import Result, Summary
from matcher.cohorts.run import Change, EventKind, MatchRun
from matcher.cohorts.status import RunStatus, moved
from matcher.profiles import Role
from matcher.store import match_results
from matcher.store.cohort_schema import match_runs
from matcher.store.cohorts import number_of
from matcher.store.match_run_changes import following, listed, record
from matcher.store.match_run_rows import summary_of

Then = Callable[[sa.Connection, Publication], None]
"""What else happens in the transaction that publishes or closes a run."""


def published(connection: sa.Connection, organisation: str, cohort: str, role: Role) -> MatchRun | None:
    """The one run of the cohort and role that is published now; None where none is."""
    conditions = (
        match_runs.c.cohort == number_of(connection, organisation, cohort),
        match_runs.c.role == role.value,
        match_runs.c.status == RunStatus.PUBLISHED.value,
    )
    return next(iter(listed(connection, 1, *conditions)), None)


def publish(
    connection: sa.Connection, run: MatchRun, change: Change, now: dt.datetime, then: Then
) -> MatchRun:
    """Let startups and partners see the run's pairs, in place of those of an earlier run.

    Raises:
        Conflict: it is not solved.
    """
    status = moved(run.status, RunStatus.PUBLISHED)
    number_of(connection, run.organisation, run.cohort, lock=True)  # two at once would not see each other
    earlier = published(connection, run.organisation, run.cohort, run.configuration.role)
    if earlier is not None:
        told = following(earlier, EventKind.CLOSED, change, now, {"replaced_by": run.id})
        record(connection, earlier, told, status=RunStatus.CLOSED.value, closed_at=now)
    event = following(run, EventKind.PUBLISHED, change, now, {"replaces": earlier.id} if earlier else {})
    after = record(connection, run, event, status=status.value, published_at=now)
    then(connection, _publication(connection, after, earlier.id if earlier else ""))
    return after


def close(connection: sa.Connection, run: MatchRun, change: Change, now: dt.datetime, then: Then) -> MatchRun:
    """End the run.

    Raises:
        Conflict: it is being solved, or closed already.
    """
    status = moved(run.status, RunStatus.CLOSED)
    event = following(run, EventKind.CLOSED, change, now)
    after = record(connection, run, event, status=status.value, closed_at=now)
    then(connection, _publication(connection, after, ""))
    return after


def result(
    connection: sa.Connection, run: MatchRun, *of: sa.ColumnElement[bool], alternates: bool = True
) -> Result | None:
    """The latest result, or the pairs `of` somebody in it, perhaps without `alternates`; None where the run
    was never solved."""
    figures = summary(connection, run)
    if figures is None:
        return None
    return Result(
        summary=figures,
        meetings=match_results.meetings(connection, run.organisation, run.id, *of),
        alternates=match_results.alternates(connection, run.organisation, run.id, *of) if alternates else (),
    )


def summary(connection: sa.Connection, run: MatchRun) -> Summary | None:
    """The latest result in figures; None where the run was never solved."""
    kept = connection.execute(sa.select(match_runs.c.summary).where(match_runs.c.id == run.id)).scalar_one()
    return None if kept is None else summary_of(kept)


def _publication(connection: sa.Connection, run: MatchRun, replaced: str) -> Publication:
    found = result(connection, run)
    meetings, alternates = (found.meetings, found.alternates) if found else ((), ())
    return Publication(run=run, meetings=meetings, alternates=alternates, replaced=replaced)
