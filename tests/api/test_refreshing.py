"""The thread that renews a worker's matching service: it goes on whatever happens, and tells of it."""

import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from api.logs import json_log
from api.refreshing import SILENT_SECONDS, Refresher
from matcher.errors import BoleError, NotFound, NotReady, UnusableModel
from matcher.matching.service import Renewal

PATIENCE_SECONDS = 10
SETTLED = Renewal("v1", 0)


@dataclass
class Script:
    """What one renewal after another comes to; when it is over, the last again and again."""

    outcomes: list[Renewal | Exception]
    turns: int = 0
    played: threading.Event = field(default_factory=threading.Event)

    def renew(self) -> Renewal:
        outcome = self.outcomes[min(self.turns, len(self.outcomes) - 1)]
        self.turns += 1
        if self.turns > len(self.outcomes):
            self.played.set()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


Play = Callable[..., list[dict[str, object]]]


@pytest.fixture
def play() -> Iterator[Play]:
    """Renews as a script says, to its end, and gives what was logged."""
    running: list[Refresher] = []

    def run(*outcomes: Renewal | Exception, every_seconds: float = 0.0) -> list[dict[str, object]]:
        script, log = Script(list(outcomes)), io.StringIO()
        refresher = Refresher(script.renew, json_log(log), every_seconds=every_seconds)
        running.append(refresher)
        refresher.start()
        assert script.played.wait(PATIENCE_SECONDS)
        refresher.stop()
        lines = [json.loads(line) for line in log.getvalue().splitlines()]
        return [{name: line[name] for name in line if name != "timestamp"} for line in lines]

    yield run
    for refresher in running:
        refresher.stop()


def test_a_new_version_is_logged_with_what_it_took(play: Play):
    [line] = play(SETTLED, SETTLED, Renewal("v2", 0), Renewal("v2", 0))

    assert (line["event"], line["version"], line["level"]) == ("model", "v2", "info")
    assert isinstance(line["milliseconds"], int)


@pytest.mark.parametrize(
    "error",
    [
        UnusableModel("v2: no readable manifest"),
        NotReady("no database"),
        NotFound("x"),
        BoleError(),
        OSError("s3"),
    ],
)
def test_whatever_goes_wrong_it_goes_on_and_logs_once_that_it_does(play: Play, error: Exception):
    lines = play(SETTLED, error, error, error, SETTLED, error, SETTLED)

    assert [(line["event"], line["level"]) for line in lines] == [
        ("not renewed", "error"),
        ("renewed again", "info"),
    ] * 2
    assert lines[0]["error"] == type(error).__qualname__


def test_another_trouble_is_told_apart(play: Play):
    lines = play(UnusableModel("v2 is damaged"), UnusableModel("v3 is damaged"), NotReady(""))

    assert [line.get("detail") for line in lines] == ["v2 is damaged", "v3 is damaged", None]


def test_what_nobody_foresaw_is_told_by_its_places_and_not_by_its_message(play: Play):
    [line, _] = play(SETTLED, ZeroDivisionError("password=hunter2"), SETTLED)

    assert line["error"] == "ZeroDivisionError"
    assert "test_refreshing.py" in str(line["frames"])
    assert "hunter2" not in str(line)


def test_while_profiles_wait_there_is_no_pause(play: Play):
    began = time.monotonic()

    play(Renewal("v1", 3), Renewal("v1", 2), Renewal("v1", 1), every_seconds=0.5)

    assert time.monotonic() - began < 0.5 * 3


def test_stopping_ends_it(play: Play):
    script = Script([SETTLED])
    refresher = Refresher(script.renew, json_log(io.StringIO()), every_seconds=0.0)
    refresher.start()
    script.played.wait(PATIENCE_SECONDS)

    refresher.stop()
    turns = script.turns
    time.sleep(0.05)

    assert script.turns == turns
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("refreshing")]


def test_a_thread_that_hangs_shows():
    now, hanging = [0.0], threading.Event()
    refresher = Refresher(
        lambda: hanging.wait(PATIENCE_SECONDS) and SETTLED,
        json_log(io.StringIO()),
        every_seconds=0.0,
        seconds=lambda: now[0],
    )
    refresher.start()
    now[0] = SILENT_SECONDS
    refresher.check()

    now[0] += 1
    with pytest.raises(NotReady, match="restart"):
        refresher.check()

    hanging.set()
    refresher.stop()
    refresher.check()


ENDING = """
import io, sys
from api.logs import json_log
from api.refreshing import Refresher
from matcher.matching.service import Renewal
Refresher(lambda: Renewal("v1", 0), json_log(sys.stdout), every_seconds=0.01).start()
"""


def test_a_process_ends_though_nobody_stopped_the_thread():
    told = subprocess.run(
        [sys.executable, "-c", ENDING], capture_output=True, text=True, timeout=60, check=True
    )

    assert (told.stdout, told.stderr) == ("", "")
