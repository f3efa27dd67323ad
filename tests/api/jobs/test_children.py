"""Processes of their own: what they say, how they end, how they are told to."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.jobs.children import Children

PATIENCE_SECONDS = 20
IGNORE = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
STUBBORN = IGNORE + "print('up', flush=True); time.sleep(60)"
HEEDFUL = """
import signal, sys, time
def end(*_): print('told', flush=True); sys.exit(7)
signal.signal(signal.SIGTERM, end); print('up', flush=True); time.sleep(60)
"""
GRANDCHILD = "import os, time; print(os.getpid(), 'up', flush=True); time.sleep(60)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GRANDCHILD!r}])"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def in_background(children: Children, code: str, log: Path) -> tuple[threading.Thread, list[int]]:
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(children.run(python(code), log)))
    thread.start()
    assert eventually(lambda: log.exists() and "up" in log.read_text()), "the child does not start"
    return thread, codes


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "child.log"


def test_both_what_it_says_and_what_it_complains_of_is_kept(log: Path):
    code = Children(1).run(
        python("import sys; print('鸿蒙'); print('oh', file=sys.stderr); sys.exit(4)"), log
    )

    assert code == 4
    assert log.read_text().splitlines() in (["鸿蒙", "oh"], ["oh", "鸿蒙"])


@pytest.fixture
def terminal() -> Iterator[None]:
    """Somebody types into what this process reads."""
    before, (readable, writable) = os.dup(0), os.pipe()
    os.write(writable, b"yes")
    os.close(writable)
    os.dup2(readable, 0)
    yield
    os.dup2(before, 0)
    os.close(before)
    os.close(readable)


@pytest.mark.usefixtures("terminal")
def test_what_is_typed_at_the_worker_does_not_reach_it(log: Path):
    assert Children(1).run(python("import sys; sys.exit(len(sys.stdin.read()))"), log) == 0


def test_what_a_signal_ended_has_a_negative_code(log: Path):
    code = Children(1).run(python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), log)

    assert code == -signal.SIGKILL


def test_a_stop_is_passed_on_and_the_child_may_end_in_its_own_way(log: Path):
    children = Children(PATIENCE_SECONDS)
    thread, codes = in_background(children, HEEDFUL, log)
    children.stop()
    thread.join(PATIENCE_SECONDS)

    assert codes == [7]
    assert "told" in log.read_text()


def test_a_child_that_does_not_heed_the_stop_is_killed(log: Path):
    children = Children(0.1)
    thread, codes = in_background(children, STUBBORN, log)
    children.stop()
    thread.join(PATIENCE_SECONDS)

    assert codes == [-signal.SIGKILL]


@pytest.mark.parametrize("parent", [PARENT, IGNORE + PARENT])
def test_what_a_child_has_started_dies_with_it(log: Path, parent: str):
    children = Children(0.1)
    thread, _ = in_background(children, parent, log)
    children.stop()
    thread.join(PATIENCE_SECONDS)

    assert eventually(lambda: not is_alive(int(log.read_text().split()[0])))


def test_what_a_killed_child_had_started_dies_too(log: Path):
    thread, codes = in_background(Children(1), PARENT, log)
    grandchild = int(log.read_text().split()[0])
    os.kill(parent_of(grandchild), signal.SIGKILL)
    thread.join(PATIENCE_SECONDS)

    assert codes == [-signal.SIGKILL]
    assert eventually(lambda: not is_alive(grandchild))


def test_after_a_stop_nothing_is_started(log: Path):
    children = Children(1)
    children.stop()

    assert children.run(python("print('up')"), log) == -signal.SIGTERM
    assert not log.exists()


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits for its parent to look (a zombie) does not."""
    try:
        return stat(pid)[0] != "Z"
    except FileNotFoundError:
        return False


def parent_of(pid: int) -> int:
    return int(stat(pid)[1])


def stat(pid: int) -> list[str]:
    """State, parent and so on: what the kernel tells of a process after its name (proc(5))."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
