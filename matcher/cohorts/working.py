"""What is done to a match run, from the store to the solver and back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from matcher.cohorts.building import Order
from matcher.cohorts.cohort import Cohort
from matcher.cohorts.commitments import NOTHING, Commitments, Pairs
from matcher.cohorts.edits import Edit
from matcher.cohorts.learning import preferences_of
from matcher.cohorts.result import Impasse, Result
from matcher.cohorts.run import Change, EventKind, MatchRun, RunEvent
from matcher.cohorts.solving import solved
from matcher.errors import InvalidInput, NotFound
from matcher.interactions import qualified
from matcher.matching.snapshot import Snapshot
from matcher.profiles import Profile


class CohortBook(Protocol):
    """Where cohorts are kept."""

    def get(self, organisation: str, id: str) -> Cohort: ...  # noqa: A002


class RunBook(Protocol):
    """Where match runs are kept."""

    def get(self, organisation: str, run: str) -> MatchRun: ...
    def edits(self, organisation: str, run: str) -> list[Edit]: ...
    def events(self, organisation: str, run: str, after: int = ...) -> list[RunEvent]: ...
    def result(self, organisation: str, run: str) -> Result | None: ...
    def commitments(self, organisation: str, run: str) -> Commitments: ...
    def edit(
        self, organisation: str, run: str, edit: Edit, change: Change, learnt: list[tuple[str, str]]
    ) -> MatchRun: ...


class Books(Protocol):
    """The part of the store that match runs need."""

    @property
    def cohorts(self) -> CohortBook: ...
    @property
    def match_runs(self) -> RunBook: ...
    def profile(self, organisation: str, id: str) -> Profile: ...  # noqa: A002


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


def edited(books: Books, run: MatchRun, edit: Edit, change: Change) -> MatchRun:
    """The run with one more edit by hand, and what that teaches on record.

    Raises:
        NotFound: a startup that is not of the cohort, a partner that the organisation may not see.
        InvalidInput: a partner of the other role. Changed: the run is not as it was seen.
    """
    _check_people(books, run, edit)
    learnt = preferences_of(edit, books.match_runs.result(run.organisation, run.id))
    seen = replace(change, version=run.version if change.version is None else change.version)
    return books.match_runs.edit(run.organisation, run.id, edit, seen, learnt)


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


def _check_people(books: Books, run: MatchRun, edit: Edit) -> None:
    if edit.startup_id not in books.cohorts.get(run.organisation, run.cohort).startups:
        raise NotFound(f"no startup {edit.startup_id!r} in cohort {run.cohort!r}")
    for reference in filter(None, (edit.partner_id, edit.instead_of)):
        partner = _partner(books, run.organisation, reference)
        if partner.role is not run.configuration.role:
            rule = f"is a {partner.role}; this run matches with {run.configuration.role}s"
            raise InvalidInput("partner_id", reference, rule, "name another, or make a run for that role")


def _partner(books: Books, organisation: str, reference: str) -> Profile:
    owner, _, own_id = qualified(organisation, reference).partition(":")
    found = books.profile(owner, own_id)
    if owner != organisation and not found.shared:
        raise NotFound(f"no profile {reference!r} that may be used here")
    return found
