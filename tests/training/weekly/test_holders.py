"""Whether a process is gone is told for sure or not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from training.weekly import holders
from training.weekly.holders import is_gone, mark_of

Sleeper = subprocess.Popen[bytes]


@pytest.fixture
def sleeper() -> Iterator[Sleeper]:
    """A process that lives until it is killed."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def killed(process: Sleeper) -> None:
    process.kill()
    process.wait()


def test_who_lives_is_not_gone(sleeper: Sleeper):
    assert not is_gone(mark_of(os.getpid()))
    assert not is_gone(mark_of(sleeper.pid))


def test_who_was_killed_is_gone(sleeper: Sleeper):
    mark = mark_of(sleeper.pid)
    killed(sleeper)

    assert is_gone(mark)


def test_who_was_killed_is_gone_before_its_parent_has_asked(sleeper: Sleeper):
    mark = mark_of(sleeper.pid)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)

    assert is_gone(mark)


def test_a_number_that_was_given_out_again_is_another_process():
    mine, began = mark_of(os.getpid()).rsplit(":", 1)

    assert is_gone(f"{mine}:{int(began) - 1}")


def test_of_another_boot_or_container_nobody_can_tell(sleeper: Sleeper):
    mark = mark_of(sleeper.pid)
    killed(sleeper)
    system, numbers = mark.split(":", 1)

    assert not is_gone(f"{system[:-1]}0:{numbers}" if system[-1] != "0" else f"{system[:-1]}1:{numbers}")
    assert not is_gone(mark.replace("/pid:[", "/pid:[1"))


@pytest.mark.parametrize("mark", ["", "me", "here:12", "here:twelve:1", "here:9999999999:1", "here:-1:1"])
def test_of_what_is_no_mark_nobody_can_tell(mark: str):
    assert not is_gone(mark)


def test_a_program_may_be_called_anything(tmp_path: Path):
    named = tmp_path / "a) Z 1 (b"
    named.symlink_to("/bin/sleep")
    with subprocess.Popen([str(named), "60"]) as process:
        mark = mark_of(process.pid)
        assert not is_gone(mark)
        killed(process)
    assert is_gone(mark)


def test_without_proc_there_is_no_mark_and_nobody_can_tell(
    sleeper: Sleeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    mark = mark_of(sleeper.pid)
    killed(sleeper)
    monkeypatch.setattr(holders, "_PROC", tmp_path)

    assert mark_of(os.getpid()) == ""
    assert not is_gone(mark)


def test_a_hidden_process_of_somebody_else_is_not_gone(sleeper: Sleeper, monkeypatch: pytest.MonkeyPatch):
    """Mounted with hidepid, /proc shows only one's own processes; a signal tells that there is another."""
    mark = mark_of(sleeper.pid)
    killed(sleeper)

    def refused(number: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)
    assert not is_gone(mark)
