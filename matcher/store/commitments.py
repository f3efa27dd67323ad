"""What a run to be solved finds promised: places that others offer, and the run that it goes on from."""

from collections import Counter

import sqlalchemy as sa

from matcher.cohorts.commitments import Commitments
from matcher.cohorts.run import MatchRun
from matcher.cohorts.status import RunStatus
from matcher.store import match_results
from matcher.store.cohort_schema import match_pairs, match_runs
from matcher.store.match_publishing import published
from matcher.store.schema import profiles


def of(connection: sa.Connection, run: MatchRun) -> Commitments:
    """The commitments that count for the run: its own cohort's published run gives its places back."""
    base = published(connection, run.organisation, run.cohort, run.configuration.role)
    name = base.id if base else ""
    offered = match_results.meetings(connection, run.organisation, name) if base else ()
    return Commitments(
        promised=_promised(connection, {name, run.id}),
        base=name,
        offered=frozenset((each.pair.startup_id, each.pair.partner_id) for each in offered),
    )


def _promised(connection: sa.Connection, besides: set[str]) -> dict[str, int]:
    """Places by the partner's key that published runs of any organisation offer."""
    wanted = (
        sa.select(profiles.c.key)
        .join_from(match_pairs, match_runs)
        .join(profiles, match_pairs.c.partner == profiles.c.number)
        .where(match_runs.c.status == RunStatus.PUBLISHED.value, match_runs.c.id.not_in(besides))
    )
    return dict(Counter(connection.execute(wanted).scalars()))
