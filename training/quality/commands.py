"""Child processes, measured: what a command cost in seconds and memory."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]

_KIBIBYTE = 1024
_LINES_OF_A_FAILURE = 12
_DONE = frozenset({0})


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, and the largest resident memory of the process or one of its own children.

    A child starts as a copy of its parent: a figure below the parent's own size cannot be told.
    """

    seconds: float
    peak_bytes: int


class CommandFailed(RuntimeError):
    """A command ended with an exit code that does not count as done; the message holds its last lines."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Where commands run: their output goes to files in `logs`; `say` hears each command line."""

    logs: Path
    say: Say

    def run(self, name: str, command: Sequence[str], done: Container[int] = _DONE) -> Cost:
        """Run a command to its end; `name` names its log.

        Raises:
            CommandFailed: its exit code is not one of `done`.
        """
        self.say("$ " + shlex.join(command))
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        began = time.perf_counter()
        with log.open("wb") as file:
            # the command is the benchmark's own. wait4 tells this child's memory; getrusage would tell the
            # largest of all children so far
            process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)  # noqa: S603  # nosec B603
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in done:
            raise CommandFailed(f"{shlex.join(command)}: exit code {process.returncode}\n{_last_lines(log)}")
        return Cost(time.perf_counter() - began, usage.ru_maxrss * _KIBIBYTE)


def _last_lines(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-_LINES_OF_A_FAILURE:])
