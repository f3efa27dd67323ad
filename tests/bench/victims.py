"""Commands that are killed: at one of their lines, at one of their changes, or at any moment."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.changing import READY

ROOT = Path(__file__).parents[2]
BOLE = (sys.executable, "-m", "api.cli")
"""The command line of these sources, wherever they are installed."""
_LINES = ('"event": "retrain"', READY)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. `lines`: the steps that it said it had come to; `seconds`: since the first of them
    (since its start, where there is none)."""

    code: int
    lines: tuple[str, ...]
    seconds: float

    @property
    def was_killed(self) -> bool:
        """By SIGKILL, before its own end."""
        return self.code == -signal.SIGKILL


def bole(*words: str | Path) -> list[str]:
    """A command of Bole's."""
    return [*BOLE, *map(str, words)]


def bole_killed_at(change: int, folder: Path, *words: str | Path) -> list[str]:
    """One that kills itself before its change of that number in the folder; 0 for never."""
    return [sys.executable, "-m", "tests.bench.changing", str(change), str(folder), *map(str, words)]


def run(command: Sequence[str], log: Path) -> Ended:
    """Run a command to its end; what it says is appended to the log."""
    return _follow(command, log, lambda process, lines: None)


def killed_when(command: Sequence[str], log: Path, now: Callable[[Sequence[str]], bool]) -> Ended:
    """Kill it as soon as the steps that it has come to say so."""

    def heard(process: "subprocess.Popen[str]", lines: list[str]) -> None:
        if now(lines):
            process.kill()

    return _follow(command, log, heard)


def killed_after(command: Sequence[str], log: Path, seconds: float) -> Ended:
    """Kill it so many seconds after its first step."""
    timers: list[threading.Timer] = []

    def heard(process: "subprocess.Popen[str]", lines: list[str]) -> None:
        if len(lines) == 1:
            timers.append(threading.Timer(seconds, process.kill))
            timers[0].start()

    ended = _follow(command, log, heard)
    for timer in timers:
        timer.cancel()
    return ended


def _follow(
    command: Sequence[str], log: Path, heard: "Callable[[subprocess.Popen[str], list[str]], None]"
) -> Ended:
    began, lines = time.monotonic(), list[str]()
    with log.open("a", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert process.stderr is not None
        with process.stderr:
            for line in process.stderr:
                said.write(line)
                if any(sign in line for sign in _LINES):
                    began = began if lines else time.monotonic()
                    lines.append(line)
                    heard(process, lines)
        return Ended(process.wait(), tuple(lines), time.monotonic() - began)
