"""Work in a process of its own: its threads, its memory and its death stay there."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

_POLL_SECONDS = 0.5


def always() -> bool:
    """Let a child go on to its end."""
    return True


class Children:
    """Child processes of a worker that may be told to stop.

    `grace_seconds` is how long a child may take to end after SIGTERM, before SIGKILL ends it. What a
    child had started goes with it where it did not end well.
    """

    def __init__(self, grace_seconds: float) -> None:
        self._grace_seconds = grace_seconds
        self.stopping = False

    def stop(self) -> None:
        """Have every child told to end, now and from now on. Safe to call from a signal handler."""
        self.stopping = True

    def run(self, words: Sequence[str], log: Path, goes_on: Callable[[], bool] = always) -> int:
        """Run a command to its end, what it says appended to `log`, and return its exit code.

        `goes_on` is asked now and then; once it says no, the child is told to end.

        A child that a signal ended gives minus the number of the signal, as one does that was not started
        because of `stop`.

        Raises:
            OSError: the command or the log's folder does not exist.
        """
        if self.stopping:
            return -signal.SIGTERM
        with log.open("ab") as said:
            child = subprocess.Popen(  # noqa: S603 - its own words, no shell  # nosec B603
                words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        return self._follow(child, goes_on)

    def _follow(self, child: subprocess.Popen[bytes], goes_on: Callable[[], bool]) -> int:
        """Wait for the end; pass a stop on, once, and put an end to what does not heed it."""
        told_at: float | None = None
        while (code := _wait(child)) is None:
            if told_at is None and (self.stopping or not goes_on()):
                child.terminate()
                told_at = time.monotonic()
            elif told_at is not None and time.monotonic() - told_at > self._grace_seconds:
                child.kill()
        if code:
            _kill_group(child.pid)
        return code


def _wait(child: subprocess.Popen[bytes]) -> int | None:
    """The exit code, None where it still runs after a while."""
    try:
        return child.wait(_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _kill_group(head: int) -> None:
    """End what a child has left behind: `start_new_session` made it the head of a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(head, signal.SIGKILL)
