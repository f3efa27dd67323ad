"""Where cohorts and match runs are kept, as their rules see it: the store."""

from collections.abc import Sequence
from typing import Protocol

from matcher.cohorts.cohort import Cohort
from matcher.cohorts.commitments import Commitments
from matcher.cohorts.edits import Edit
from matcher.cohorts.result import Result
from matcher.cohorts.run import Change, MatchRun, RunEvent
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
    def edit_all(
        self,
        organisation: str,
        run: str,
        edits: Sequence[tuple[Edit, Sequence[tuple[str, str]]]],
        undone: Sequence[int],
        change: Change,
    ) -> MatchRun: ...
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
