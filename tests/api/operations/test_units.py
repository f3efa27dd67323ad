"""The systemd units and the cron line: well formed, in step with the defaults, and of commands that exist."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from api.cli import main
from api.jobs.retraining import ANOTHER_RUNS, REJECTED
from api.jobs.weekly import DAYS
from api.settings import Settings, settings_from

OPERATIONS = Path(__file__).parents[3] / "api" / "operations"
SERVICES = ["bole-worker.service", "bole-retrain.service"]
UNITS = [*SERVICES, "bole-retrain.timer"]
INSTALLED = "/opt/bole/.venv/bin/bole"


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((OPERATIONS / name).read_text())
    return parser


def cron() -> tuple[dict[str, str], list[str], str, list[str]]:
    """The variables, the five fields, the user and the command of the one line that cron runs."""
    text = (OPERATIONS / "bole.cron").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines[:-1])
    fields = lines[-1].split(None, 6)
    return (
        {name: value.strip('"') for name, value in variables.items()},
        fields[:5],
        fields[5],
        fields[6].split(),
    )


def parsed(words: list[str]) -> click.Context:
    """The command as click understands it; a usage error is raised."""
    command = main.get_command(click.Context(main), words[1])
    assert command is not None, f"no command {words[1]}"
    return command.make_context(words[1], words[2:])


@pytest.mark.parametrize(("name", "does"), [(SERVICES[0], "worker"), (SERVICES[1], "retrain")])
def test_a_service_starts_a_command_that_exists(name: str, does: str):
    words = shlex.split(unit(name)["Service"]["ExecStart"])

    assert words[0] == INSTALLED
    assert parsed(words).info_name == does


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_keeps_what_it_writes_in_its_home(name: str):
    service = unit(name)["Service"]

    assert service["Environment"] == f"BOLE_HOME=/var/lib/{service['StateDirectory']}"
    assert (service["StateDirectoryMode"], service["UMask"], service["User"]) == ("0700", "0077", "bole")


def test_a_run_on_another_machine_and_a_candidate_turned_down_are_no_failures_to_systemd():
    assert unit("bole-retrain.service")["Service"]["SuccessExitStatus"] == f"{ANOTHER_RUNS} {REJECTED}"


def test_systemd_waits_longer_than_the_worker_gives_a_run_to_end():
    seconds = int(unit("bole-worker.service")["Service"]["TimeoutStopSec"])

    assert seconds > Settings().stop_timeout_seconds + 30


def test_the_timer_says_the_default_time_and_catches_up():
    timer, weekly = unit("bole-retrain.timer")["Timer"], Settings().retraining

    assert timer["OnCalendar"] == f"{DAYS[weekly.day][:3]} *-*-* {weekly.at} {weekly.zone.key}"
    assert timer["Persistent"] == "true"


def test_the_line_of_cron_asks_every_ten_minutes_for_what_is_due():
    variables, fields, user, words = cron()

    assert (fields, user) == (["*/10", "*", "*", "*", "*"], "bole")
    assert words[0] == INSTALLED
    assert parsed(words).params == {"once": True, "status": False, "no_retrain": False}
    assert settings_from(variables).retraining == Settings().retraining
    assert settings_from(variables).home == Path("/var/lib/bole")


def test_the_command_of_cron_runs(tmp_path: Path):
    """As the shell of cron would run it, with Bole where it is here."""
    *_, words = cron()
    line = f"{shlex.join([sys.executable, '-m', 'api.cli'])} {shlex.join(words[1:])} --help"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "--once" in done.stdout


def test_cron_needs_no_percent_sign_which_it_would_read_as_a_line_break():
    assert "%" not in " ".join(cron()[3])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to ask; the rest is tested")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_to_say_of_the_unit(name: str, tmp_path: Path):
    for each in UNITS:  # with a command that is there: systemd looks for it
        text = (OPERATIONS / each).read_text().replace(INSTALLED, sys.executable)
        (tmp_path / each).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to ask; the rest is tested")
def test_systemd_reads_the_timer_as_bole_reads_its_settings():
    calendar = unit("bole-retrain.timer")["Timer"]["OnCalendar"]
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-11-22 12:00:00 UTC", calendar],
        capture_output=True,
        text=True,
        check=True,
    )

    assert re.search(r"2026-11-28 19:00:00 UTC", done.stdout)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_files_that_the_page_names_are_there(name: str):
    linked = re.findall(r"\]\(([^)]+)\)", (OPERATIONS / name).read_text())

    assert linked
    assert [link for link in linked if not (OPERATIONS / link).exists()] == []


def test_help_tells_how_to_run_it():
    assert "--status" in CliRunner().invoke(main, ["worker", "--help"]).output
