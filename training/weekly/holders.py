"""Holders of a lease on this machine: whether the process that took it is gone, which frees it at once.

A killed process cannot give its lease back, and others wait until its heartbeat is old. But on the machine
where it ran anyone can see that it is gone: by its number, and, as the system gives numbers out again, by the
moment it began. What cannot be seen for sure (another machine, another container, a system without /proc)
counts as not gone.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_MARK = re.compile(r"(?P<system>\S+):(?P<number>\d{1,9}):(?P<began>\d+)")
_STATE, _BEGAN = 0, 19
"""Places in stat behind the name of the program: state, and start in clock ticks since boot (proc(5))."""
_ENDED = {"Z", "X"}
"""Killed, and waiting for its parent to ask what became of it."""


def mark_of(number: int) -> str:
    """What tells the process of this number from every other there ever was: the boot, the namespace of its
    number, its number, its start. "" where the system does not say."""
    try:
        return f"{_system()}:{number}:{_told(number)[1]}"
    except OSError:
        return ""


def is_gone(mark: str) -> bool:
    """Whether the process of the mark ran on this very system and does so no more."""
    found = _MARK.fullmatch(mark)
    if found is None:
        return False
    try:
        return found["system"] == _system() and not _runs(int(found["number"]), found["began"])
    except OSError:
        return False


def _runs(number: int, began: str) -> bool:
    """
    Raises:
        OSError: it cannot be told: the process is somebody else's, and hidden.
    """
    with suppress(PermissionError):  # somebody else's, but there
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
    state, since = _told(number)
    return since == began and state not in _ENDED


def _told(number: int) -> tuple[str, str]:
    """State and start of a process."""
    # The name of the program stands in brackets, and may itself hold any.
    fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    return fields[_STATE], fields[_BEGAN]


def _system() -> str:
    """This boot of this kernel, and the namespaces that the numbers and starts of processes belong to."""
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    spaces = (os.readlink(_PROC / "self/ns" / space) for space in ("pid", "time"))
    return "/".join([boot, *spaces])
