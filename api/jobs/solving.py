"""Solving a match run as a job: in a process of its own, which is stopped when the run is cancelled."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from api.jobs.children import Children
from api.jobs.retraining import new_log
from matcher.cohorts.run import MatchRun
from matcher.errors import Conflict

SOLVE = "solve"
"""The job's name."""
GIVE_UP = "abandoned runs"
"""The name of the job that ends the solving of which nothing is heard any more."""
BEAT_SECONDS = 2.0
STOPPED = "the worker was stopped; solve it again"
SILENT = "nothing was heard of the worker that solved it; solve it again"
UNQUEUED = "the queue of jobs could not be reached; solve it again"


class Runs(Protocol):
    """Where match runs are kept: the store's."""

    def begin(self, run: str, token: str) -> MatchRun: ...
    def beat(self, run: str, token: str) -> bool: ...
    def fail(self, run: str, token: str, why: str) -> MatchRun | None: ...
    def give_up_abandoned(self, why: str) -> list[MatchRun]: ...


@dataclass(frozen=True, slots=True)
class Solving:
    """How runs are solved: `command` with a run's organisation, token and id, its words kept in `folder`."""

    runs: Runs
    command: Sequence[str]
    folder: Path
    children: Children
    log: Any
    clock: Callable[[], dt.datetime]

    def run(self, run: str, token: str) -> None:
        """Solve the run, where it still waits for this token."""
        try:
            begun = self.runs.begin(run, token)
        except Conflict as held:
            self.log.info("solving skipped", run=run, reason=str(held))
            return
        said = new_log(self.folder, SOLVE, self.clock())
        self.log.info("solving started", run=run, output=str(said))
        words = (*self.command, "--org", begun.organisation, "--token", token, run)
        code = self.children.run(words, said, Pulse(self.runs, run, token))
        why = (
            STOPPED if self.children.stopping else f"the solver ended with exit code {code}; see {said.name}"
        )
        failed = self.runs.fail(run, token, why) if code else None
        tell = self.log.error if failed and not self.children.stopping else self.log.info
        tell("solving ended", run=run, exit_code=code, output=str(said))

    def give_up_abandoned(self) -> None:
        """Make runs whose worker was killed drafts again, not queue them: what killed it might do so anew."""
        for run in self.runs.give_up_abandoned(SILENT):
            self.log.error("solving abandoned", run=run.id)


@dataclass(slots=True)
class Pulse:
    """Says that a solving goes on, every BEAT_SECONDS however often it is asked; tells whether it is to."""

    runs: Runs
    run: str
    token: str
    seconds: Callable[[], float] = time.monotonic
    _next: float = field(default=-float("inf"))

    def __call__(self) -> bool:
        """Whether the run is still to be solved."""
        now = self.seconds()
        if now < self._next:
            return True
        self._next = now + BEAT_SECONDS
        return self.runs.beat(self.run, self.token)
