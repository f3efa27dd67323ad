"""From the store to the solver: what a match run is solved with, and what is kept of an earlier result."""

from collections.abc import Callable

from matcher.cohorts.books import Books
from matcher.cohorts.building import Order
from matcher.cohorts.commitments import NOTHING, Commitments, Pairs
from matcher.cohorts.result import Impasse, Result
from matcher.cohorts.run import EventKind, MatchRun
from matcher.cohorts.solving import solved
from matcher.matching.snapshot import Snapshot


def found_for(
    books: Books, snapshot: Snapshot, run: MatchRun, seconds: Callable[[], float]
) -> Result | Impasse:
    """The result of the run as it stands.

    Where it was solved before and only edited since (and nobody asked to solve it afresh), as few pairs of
    that result as possible are dropped. So it is with pairs of the published run that it goes on from where
    that is the run's objective.
    """
    commitments = books.match_runs.commitments(run.organisation, run.id)
    before, against = _before(books, run, commitments)
    order = Order(
        organisation=run.organisation,
        startups=books.cohorts.get(run.organisation, run.cohort).startups,
        configuration=run.configuration,
        edits=books.match_runs.edits(run.organisation, run.id),
        commitments=commitments,
        before=before,
    )
    return solved(snapshot, order, seconds, against=against)


def _before(books: Books, run: MatchRun, commitments: Commitments) -> tuple[Pairs, str]:
    """The pairs of which few are to be dropped, and the run they are from ("" for none)."""
    earlier = books.match_runs.result(run.organisation, run.id)
    if earlier is not None and _goes_on(books, run):
        return _pairs(earlier), run.id
    base = commitments.kept | commitments.offered
    asked = run.configuration.objective.value == "fewest_changes"
    return (base, commitments.base) if asked and commitments.base else (NOTHING, "")


def _goes_on(books: Books, run: MatchRun) -> bool:
    """Whether the result is of the same configuration, was edited since, and is not to be made afresh."""
    since = books.match_runs.events(run.organisation, run.id, run.solved_version or 0)
    afresh = any(event.kind is EventKind.QUEUED and event.details.get("afresh") for event in since[-2:])
    kinds = {event.kind for event in since}
    edits = {EventKind.LOCKED, EventKind.BANNED, EventKind.SWAPPED, EventKind.ADDED, EventKind.UNDONE}
    return not afresh and EventKind.CONFIGURED not in kinds and bool(kinds & edits)


def _pairs(result: Result) -> Pairs:
    return frozenset((each.pair.startup_id, each.pair.partner_id) for each in result.meetings)
