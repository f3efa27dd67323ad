"""Whether the retrain is to be tried now, from the runs on record."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.jobs.due import due_slot
from api.jobs.weekly import weekly
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus

SUNDAY = weekly("Sun 03:00", "UTC")
SLOT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
LATER = SLOT + dt.timedelta(hours=1)


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def run(at: dt.datetime, status: RunStatus = RunStatus.DONE) -> RunRecord:
    return RunRecord(id=f"{at:%Y%m%dT%H%M%SZ}", kind="retrain", started_at=at, status=status)


def lease(heartbeat_at: dt.datetime) -> Lease:
    return Lease(name="retrain", owner="b:1", started_at=SLOT, heartbeat_at=heartbeat_at, token="t")


def due(runs: Sequence[RunRecord], now: dt.datetime, held: Lease | None = None) -> dt.datetime | None:
    return due_slot(SUNDAY, runs, held, now)


def test_a_new_installation_runs_at_once():
    assert due([], LATER) == SLOT


@pytest.mark.parametrize("status", [RunStatus.DONE, RunStatus.STOPPED])
def test_a_run_that_came_to_its_end_settles_the_week(status: RunStatus):
    assert due([run(SLOT, status)], LATER) is None
    assert due([run(SLOT, status)], SLOT + dt.timedelta(weeks=1)) == SLOT + dt.timedelta(weeks=1)


def test_last_weeks_run_settles_nothing():
    assert due([run(SLOT - minutes(1))], LATER) == SLOT


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.RUNNING])
def test_a_run_that_failed_or_was_killed_is_tried_again_after_ten_minutes(status: RunStatus):
    runs = [run(SLOT, status)]

    assert due(runs, SLOT + minutes(9.9)) is None
    assert due(runs, SLOT + minutes(10)) == SLOT


def test_each_pause_is_twice_as_long():
    runs = [run(SLOT + minutes(at), RunStatus.FAILED) for at in (30, 10, 0)]

    assert due(runs, SLOT + minutes(69.9)) is None
    assert due(runs, SLOT + minutes(70)) == SLOT


def test_failures_of_last_week_make_nobody_wait():
    runs = [run(SLOT - minutes(count), RunStatus.FAILED) for count in range(1, 9)]

    assert due(runs, SLOT) == SLOT


def test_a_success_settles_the_week_whatever_failed_before_or_after():
    runs = [run(SLOT + minutes(40), RunStatus.FAILED), run(SLOT + minutes(20)), run(SLOT, RunStatus.FAILED)]

    assert due(runs, SLOT + dt.timedelta(days=3)) is None


def test_while_a_run_shows_that_it_lives_nothing_starts():
    assert due([], LATER, lease(LATER - minutes(1.9))) is None
    assert due([], LATER, lease(LATER - minutes(2))) == SLOT  # its heart has stopped


def test_a_run_from_the_future_is_a_clock_that_was_wrong():
    assert due([run(LATER + dt.timedelta(days=365))], LATER) == SLOT


def test_a_clock_that_is_a_little_ahead_is_believed():
    assert due([run(LATER + minutes(5))], LATER) is None


@settings(max_examples=20)
@given(st.lists(st.sampled_from([RunStatus.FAILED, RunStatus.RUNNING]), max_size=300))
def test_a_week_of_trouble_brings_some_ten_tries_and_never_none(ends: list[RunStatus]):
    runs: list[RunRecord] = []
    now = SLOT
    while now < SLOT + dt.timedelta(weeks=1):
        if due(runs, now):
            runs.insert(0, run(now, ends.pop() if ends else RunStatus.FAILED))
        now += minutes(10)

    assert len(runs) == 10
