"""`python -m tests.bench.changing N FOLDER WORDS…`: the command line, killed just before its N-th change.

A change is a file or folder below FOLDER that is opened for writing, renamed or removed. What a kill leaves
behind differs only by the changes before it (and by how much of a file was written), so that N = 1, 2, …
until the command survives tries every state that a kill can leave there.
"""

import importlib
import os
import signal
import sys
from pathlib import Path

READY = "ready to change"
"""What the process says when it has its modules together."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename": -1, "os.remove": 1, "os.rmdir": 1, "os.mkdir": 2, "os.truncate": -1}
"""The audit events of changes, each with the place of the descriptor that its path is relative to."""


def kill_at(number: int, folder: Path) -> None:
    """Have this process kill itself before its change of that number; 0 for never."""
    left, inside = number, f"{folder.resolve()}{os.sep}"

    def hear(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if (path := _changed(event, args)) is not None and os.path.abspath(path).startswith(inside):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


def _changed(event: str, args: tuple[object, ...]) -> str | None:
    """The path that an audit event is about to change; None where it changes nothing."""
    if event == "open":
        path, flags = args[0], args[2]
        writes = isinstance(flags, int) and flags & _WRITING
        return os.fsdecode(path) if writes and isinstance(path, str | bytes | os.PathLike) else None
    if event not in _CHANGES or not isinstance(args[0], str | bytes | os.PathLike):
        return None
    place = _CHANGES[event]
    base = args[place] if place > 0 else -1
    return os.path.join(_folder_of(base), os.fsdecode(args[0]))


def _folder_of(descriptor: object) -> str:
    is_open = isinstance(descriptor, int) and descriptor >= 0
    return os.readlink(f"/proc/self/fd/{descriptor}") if is_open else ""


if __name__ == "__main__":
    from api.cli import main

    importlib.import_module("api.cli.models")  # first, so that what is timed is the work
    kill_at(int(sys.argv[1]), Path(sys.argv[2]))
    print(READY, file=sys.stderr, flush=True)  # noqa: T201 - for whoever kills it by the clock
    main(sys.argv[3:], prog_name="bole")
