"""Measured child processes."""

import sys
from pathlib import Path

import pytest

from training.quality.commands import CommandFailed, Shell


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_command_is_said_before_it_runs_so_that_anyone_can_repeat_it(tmp_path: Path) -> None:
    said: list[str] = []

    Shell(tmp_path, said.append).run("step", ["true", "a b"])

    assert said == ["$ true 'a b'"]


def test_memory_is_the_most_that_the_child_held_in_bytes(tmp_path: Path) -> None:
    cost = Shell(tmp_path, lambda _: None).run("large", _python("bytearray(300_000_000)"))

    assert 300_000_000 < cost.peak_bytes < 10_000_000_000


def test_a_failure_names_the_command_its_exit_code_and_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"(?s)python.*exit code 3.*no such model"):
        Shell(tmp_path, lambda _: None).run(
            "step", _python("import sys; print('no such model'); sys.exit(3)")
        )


def test_an_exit_code_may_be_declared_as_done(tmp_path: Path) -> None:
    Shell(tmp_path, lambda _: None).run("step", _python("raise SystemExit(1)"), {0, 1})
