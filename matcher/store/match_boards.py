"""All that is shown of a run at once, in few queries and from one moment."""

from typing import Any

import sqlalchemy as sa

from matcher.cohorts.board import Around, Placed, Standing
from matcher.cohorts.cohort import Cohort
from matcher.cohorts.result import Origin
from matcher.cohorts.run import MatchRun
from matcher.cohorts.status import RunStatus
from matcher.interactions import local, qualified
from matcher.store import cohorts, match_edits, match_results
from matcher.store.cohort_schema import match_alternates, match_pairs, match_run_events, match_runs
from matcher.store.match_run_changes import listed, row_of
from matcher.store.match_run_rows import event_of, impasse_of, run_of, summary_of
from matcher.store.schema import profiles

MOST_OTHERS = 50
MOST_EVENTS = 20
_startups, _partners = profiles.alias("startups"), profiles.alias("partners")


def standing(connection: sa.Connection, organisation: str, run: str) -> Standing:
    """The run with its cohort, edits and latest result.

    Raises:
        NotFound: the organisation has none of this id.
    """
    row = row_of(connection, match_runs.c.organisation == organisation, match_runs.c.id == run)
    found = run_of(row)
    return Standing(
        run=found,
        cohort=_cohort(connection, row, found),
        summary=None if row["summary"] is None else summary_of(row["summary"]),
        impasse=None if row["clash"] is None else impasse_of(row["clash"]),
        edits=tuple(match_edits.of_run(connection, organisation, run)),
        pairs=_placed(connection, organisation, run),
        events=_last_events(connection, run),
        others=tuple(listed(connection, MOST_OTHERS, match_runs.c.cohort == row["cohort"])),
        published=next(iter(listed(connection, 1, *_published_beside(row))), None),
    )


def around(connection: sa.Connection, organisation: str, run: str, startup: str) -> Around:
    """The run around one startup.

    Raises:
        NotFound: the organisation has no such run.
    """
    row = row_of(connection, match_runs.c.organisation == organisation, match_runs.c.id == run)
    found, its = run_of(row), match_results.of_startup(qualified(organisation, startup))
    edits = match_edits.of_run(connection, organisation, run)
    return Around(
        run=found,
        cohort=_cohort(connection, row, found),
        edits=tuple(edit for edit in edits if edit.startup_id == startup),
        meetings=match_results.meetings(connection, organisation, run, its),
        alternates=match_results.alternates(connection, organisation, run, its),
    )


def _cohort(connection: sa.Connection, row: sa.RowMapping, run: MatchRun) -> Cohort:
    return Cohort(
        organisation=run.organisation,
        id=run.cohort,
        name=row["cohort_name"],
        created_at=row["cohort_created_at"],
        startups=cohorts.members_of(connection, row["cohort"]),
    )


def _published_beside(row: sa.RowMapping) -> list[sa.ColumnElement[bool]]:
    """The one run of the same cohort and role that is published now."""
    return [
        match_runs.c.cohort == row["cohort"],
        match_runs.c.role == row["role"],
        match_runs.c.status == RunStatus.PUBLISHED.value,
    ]


def _placed(connection: sa.Connection, organisation: str, run: str) -> tuple[Placed, ...]:
    """Pairs and alternates by startup's key, the better pair first, without their reasons."""
    pairs = _of(match_pairs, run, match_pairs.c.origin, sa.literal(0), match_pairs.c.slot)
    alternates = _of(match_alternates, run, sa.literal(""), match_alternates.c.place, sa.literal(""))
    both = sa.union_all(pairs, alternates).subquery()
    wanted = sa.select(both).order_by(both.c.startup, both.c.place, both.c.score.desc(), both.c.partner)
    return tuple(
        Placed(
            startup_id=local(organisation, row.startup),
            partner_id=local(organisation, row.partner),
            score=row.score,
            origin=Origin(row.origin) if row.origin else None,
            place=row.place,
            slot=row.slot,
        )
        for row in connection.execute(wanted)
    )


def _of(table: sa.Table, run: str, origin: Any, place: Any, slot: Any) -> sa.Select[Any]:
    joined = table.join(_startups, table.c.startup == _startups.c.number)
    return (
        sa.select(
            _startups.c.key.label("startup"),
            _partners.c.key.label("partner"),
            table.c.score.label("score"),
            origin.label("origin"),
            place.label("place"),
            slot.label("slot"),
        )
        .select_from(joined.join(_partners, table.c.partner == _partners.c.number))
        .where(table.c.run == run)
    )


def _last_events(connection: sa.Connection, run: str) -> tuple[Any, ...]:
    wanted = sa.select(match_run_events).where(match_run_events.c.run == run)
    latest = wanted.order_by(match_run_events.c.version.desc()).limit(MOST_EVENTS)
    return tuple(event_of(row) for row in connection.execute(latest).mappings())
