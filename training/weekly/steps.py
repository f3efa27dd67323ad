"""The steps of a run as they go by: how long each took and how much memory, told to whoever watches."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from training.weekly.record import Step

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_RESET_PEAK = "5"
"""Written to clear_refs, it makes the kernel start the high-water mark anew (proc(5))."""


class Steps:
    """The steps so far. `begun` hears each name as it begins."""

    def __init__(self, begun: Callable[[str], None]) -> None:
        self._begun = begun
        self._done: list[Step] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is inside; a step that fails is left out."""
        self._begun(name)
        _reset_peak()
        began = time.perf_counter()
        yield
        self._done.append(Step(name, round(time.perf_counter() - began, 3), _peak_mebibytes()))

    @property
    def done(self) -> tuple[Step, ...]:
        """Those that are finished, in order."""
        return tuple(self._done)


def _reset_peak() -> None:
    """Where the system can; else each step's peak is that of the whole process so far."""
    try:
        _FORGET.write_text(_RESET_PEAK)
    except OSError:
        return


def _peak_mebibytes() -> float:
    """The process's highest resident memory since the last reset."""
    try:
        found = _PEAK.search(_STATUS.read_text())
    except OSError:
        found = None
    kilobytes = int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kilobytes / 1024, 1)
