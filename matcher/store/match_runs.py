"""Match runs as the store keeps them: each method is one transaction, each change an event and a version."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa

from matcher.cohorts.board import Around, Standing
from matcher.cohorts.commitments import Commitments
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.edits import Edit
from matcher.cohorts.publishing import Publication
from matcher.cohorts.result import Alternate, Impasse, Meeting, Result, Summary
from matcher.cohorts.run import Change, MatchRun, RunEvent
from matcher.interactions import qualified
from matcher.profiles import Role
from matcher.store import (
    commitments,
    match_boards,
    match_drafts,
    match_edits,
    match_publishing,
    match_results,
    match_run_edits,
    match_solving,
)
from matcher.store.cohort_schema import match_runs
from matcher.store.cohorts import number_of
from matcher.store.engine import reading, writing
from matcher.store.match_publishing import Then
from matcher.store.match_run_changes import events_after, find, listed, locked
from matcher.store.match_run_rows import impasse_of
from matcher.store.texts import check_storable


def _nothing_else(_connection: sa.Connection, _publication: Publication) -> None:
    """Publish or close, and that is all."""


class MatchRuns:
    """The runs of all organisations. Whoever asks names the own one and finds no other's (NotFound).

    Whoever changes a run says who they are and which version they saw; where it has changed since, that is
    `matcher.cohorts.run.Changed`. A move that the run's status does not allow is a Conflict.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create(
        self, organisation: str, cohort: str, configuration: Configuration, change: Change
    ) -> MatchRun:
        """A new draft for the cohort."""
        with writing(self._engine) as connection:
            return match_drafts.created(
                connection, organisation, cohort, configuration, change, now=self._clock()
            )

    def copy(
        self, organisation: str, run: str, change: Change, configuration: Configuration | None = None
    ) -> MatchRun:
        """A new draft for the same cohort with the same configuration (or another one) and the same edits."""
        with writing(self._engine) as connection:
            source = locked(connection, organisation, run, change)
            asked = configuration or source.configuration
            return match_drafts.copied(connection, source, asked, change, self._clock())

    def get(self, organisation: str, run: str) -> MatchRun:
        """The run as it stands."""
        with reading(self._engine) as connection:
            return find(connection, organisation, run)

    def all(self, organisation: str, *, cohort: str | None = None, limit: int = 200) -> list[MatchRun]:
        """The organisation's runs, or those of one cohort, the newest first."""
        conditions = [match_runs.c.organisation == organisation]
        with reading(self._engine) as connection:
            if cohort is not None:
                conditions.append(match_runs.c.cohort == number_of(connection, organisation, cohort))
            return listed(connection, limit, *conditions)

    def published(self, organisation: str, cohort: str, role: Role) -> MatchRun | None:
        """The one run of the cohort and role that is published now; None where none is."""
        with reading(self._engine) as connection:
            return match_publishing.published(connection, organisation, cohort, role)

    def standing(self, organisation: str, run: str) -> Standing:
        """All that is shown of the run at once, from one moment; see `match_boards.standing`."""
        with reading(self._engine) as connection:
            return match_boards.standing(connection, organisation, run)

    def around(self, organisation: str, run: str, startup: str) -> Around:
        """What is shown of a pair of the startup, from one moment; see `match_boards.around`."""
        with reading(self._engine) as connection:
            return match_boards.around(connection, organisation, run, startup)

    def events(self, organisation: str, run: str, after: int = 0) -> list[RunEvent]:
        """Every change of the run after a version, oldest first."""
        with reading(self._engine) as connection:
            find(connection, organisation, run)
            return events_after(connection, run, after)

    def edits(self, organisation: str, run: str) -> list[Edit]:
        """The edits that count, oldest first."""
        with reading(self._engine) as connection:
            find(connection, organisation, run)
            return match_edits.of_run(connection, organisation, run)

    def result(self, organisation: str, run: str, *, alternates: bool = True) -> Result | None:
        """The latest result, perhaps of an earlier version of the run and perhaps without its `alternates`;
        None where it was never solved."""
        with reading(self._engine) as connection:
            found = find(connection, organisation, run)
            return match_publishing.result(connection, found, alternates=alternates)

    def meetings(
        self,
        organisation: str,
        run: str,
        *,
        of: str = "",
        partner: str = "",
        offset: int = 0,
        limit: int = 200,
    ) -> tuple[Meeting, ...]:
        """Some of the run's pairs: `limit` of them after `offset`, of one startup or partner where named."""
        with reading(self._engine) as connection:
            find(connection, organisation, run)
            return match_results.meetings(
                connection, organisation, run, *_of(organisation, of, partner), offset=offset, limit=limit
            )

    def alternates(
        self,
        organisation: str,
        run: str,
        *,
        of: str = "",
        partner: str = "",
        offset: int = 0,
        limit: int = 200,
    ) -> tuple[Alternate, ...]:
        """Some of the run's alternates, as `meetings` gives its pairs."""
        with reading(self._engine) as connection:
            find(connection, organisation, run)
            return match_results.alternates(
                connection, organisation, run, *_of(organisation, of, partner), offset=offset, limit=limit
            )

    def summary(self, organisation: str, run: str) -> Summary | None:
        """The latest result in figures; None where the run was never solved."""
        with reading(self._engine) as connection:
            return match_publishing.summary(connection, find(connection, organisation, run))

    def impasse(self, organisation: str, run: str) -> Impasse | None:
        """Why the run could not be solved; None where it could, or was not tried."""
        with reading(self._engine) as connection:
            find(connection, organisation, run)
            wanted = sa.select(match_runs.c.clash).where(match_runs.c.id == run)
            kept = connection.execute(wanted).scalar_one()
            return None if kept is None else impasse_of(kept)

    def commitments(self, organisation: str, run: str) -> Commitments:
        """What is promised to others, or by the published run that this one goes on from."""
        with reading(self._engine) as connection:
            return commitments.of(connection, find(connection, organisation, run))

    def of_member(self, organisation: str, run: str, member: str) -> Result | None:
        """What a startup or partner may see of a run: its own pairs, once it is published; None where it has
        none, or may not see them yet."""
        with reading(self._engine) as connection:
            found = find(connection, organisation, run)
            if found.published_at is None:
                return None
            key = qualified(organisation, member)
            own = match_results.of_startup(key) | match_results.of_partner(key)
            shown = match_publishing.result(connection, found, own)
            return replace(shown, alternates=()) if shown and shown.meetings else None

    def configure(
        self, organisation: str, run: str, configuration: Configuration, change: Change
    ) -> MatchRun:
        """The run with another configuration, a draft again."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_drafts.configured(connection, before, configuration, change, now)

    def edit(
        self,
        organisation: str,
        run: str,
        edit: Edit,
        change: Change,
        learnt: Sequence[tuple[str, str]] = (),
    ) -> MatchRun:
        """The run with one more edit, a draft again. `learnt` are partners preferred over others by it."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_run_edits.edited(connection, before, edit, learnt, change, now)

    def edit_all(
        self,
        organisation: str,
        run: str,
        edits: Sequence[tuple[Edit, Sequence[tuple[str, str]]]],
        undone: Sequence[int],
        change: Change,
    ) -> MatchRun:
        """The run without the edits of some numbers and with more edits, all or none. Each edit comes with
        what is learnt from it, as in `edit`."""
        with self._changing(organisation, run, change) as (connection, before, now):
            after = before
            for number in undone:
                after = match_run_edits.undone(connection, after, number, change, now)
            for edit, learnt in edits:
                after = match_run_edits.edited(connection, after, edit, learnt, change, now)
            return after

    def undo(self, organisation: str, run: str, number: int, change: Change) -> MatchRun:
        """The run without the edit of that number, a draft again."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_run_edits.undone(connection, before, number, change, now)

    def queue(
        self, organisation: str, run: str, change: Change, *, afresh: bool = False
    ) -> tuple[MatchRun, str]:
        """The run, waiting to be solved, and the token to begin with; see `match_solving.queue`."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_solving.queue(connection, before, change, now, afresh=afresh)

    def begin(self, run: str, token: str) -> MatchRun:
        """The run whose solving begins; see `match_solving.begin`."""
        with writing(self._engine) as connection:
            return match_solving.begin(connection, run, token, self._clock())

    def beat(self, run: str, token: str) -> bool:
        """Whether the solving still is to go on; see `match_solving.beat`."""
        with writing(self._engine) as connection:
            return match_solving.beat(connection, run, token, self._clock())

    def finish(self, run: str, token: str, found: Result | Impasse) -> MatchRun:
        """Keep what solving found; see `match_solving.finish`."""
        with writing(self._engine) as connection:
            return match_solving.finish(connection, run, token, found, self._clock())

    def fail(self, run: str, token: str, why: str) -> MatchRun | None:
        """Say that solving came to nothing; see `match_solving.fail`."""
        check_storable("why", why)
        with writing(self._engine) as connection:
            return match_solving.fail(connection, run, token, why, self._clock())

    def give_up_abandoned(self, why: str) -> list[MatchRun]:
        """End the solving of which nothing is heard any more; see `match_solving.give_up_abandoned`."""
        check_storable("why", why)
        with writing(self._engine) as connection:
            return match_solving.give_up_abandoned(connection, why, self._clock())

    def cancel(self, organisation: str, run: str, change: Change) -> MatchRun:
        """Stop the solving; see `match_solving.cancel`."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_solving.cancel(connection, before, change, now)

    def publish(self, organisation: str, run: str, change: Change, then: Then = _nothing_else) -> MatchRun:
        """Let startups and partners see the run's pairs. One of the same cohort and role that was published
        before is closed. `then` is called with what is to be offered, in the same transaction."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_publishing.publish(connection, before, change, now, then)

    def close(self, organisation: str, run: str, change: Change, then: Then = _nothing_else) -> MatchRun:
        """End the run. `then` is called with what it offered, in the same transaction."""
        with self._changing(organisation, run, change) as (connection, before, now):
            return match_publishing.close(connection, before, change, now, then)

    @contextmanager
    def _changing(
        self, organisation: str, run: str, change: Change
    ) -> Iterator[tuple[sa.Connection, MatchRun, dt.datetime]]:
        with writing(self._engine) as connection:
            yield connection, locked(connection, organisation, run, change), self._clock()


def _of(organisation: str, startup: str, partner: str) -> list[sa.ColumnElement[bool]]:
    return [
        *([match_results.of_startup(qualified(organisation, startup))] if startup else []),
        *([match_results.of_partner(qualified(organisation, partner))] if partner else []),
    ]
