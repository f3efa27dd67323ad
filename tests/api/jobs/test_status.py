"""What the worker says of itself."""

import datetime as dt
from collections.abc import Sequence

from api.jobs.status import Status
from api.jobs.weekly import weekly
from matcher.leases import Lease
from matcher.runs import RunRecord, RunStatus
from tests.api.jobs.fakes import finished

SLOT = dt.datetime(2026, 11, 21, 19, tzinfo=dt.UTC)  # Sunday, 03:00 in Shanghai
NOW = SLOT + dt.timedelta(hours=1)


def told(
    runs: Sequence[RunRecord],
    *,
    lease: Lease | None = None,
    waiting: Sequence[str] = (),
    now: dt.datetime = NOW,
) -> list[str]:
    return Status(weekly("Sun 03:00", "Asia/Shanghai"), runs, lease, "/b/queue.db", waiting, now).lines()


def test_when_all_is_done():
    assert told([finished(SLOT)]) == [
        "next retrain: Sun 2026-11-29 03:00 (each Sun 03:00 Asia/Shanghai)",
        "last retrain: 20261121T190000Z-0000 done, started Sun 2026-11-22 03:00, took 720 s",
        "lease: free",
        "queue: /b/queue.db, nothing waiting",
    ]


def test_before_anything_ran():
    assert told([])[:2] == ["next retrain: due now (since Sun 2026-11-22 03:00)", "last retrain: none yet"]


def test_while_a_run_is_under_way():
    run = RunRecord(id="r1", kind="retrain", started_at=SLOT, status=RunStatus.RUNNING, step="fit")
    lease = Lease(
        name="retrain", owner="b:7", started_at=SLOT, heartbeat_at=NOW - dt.timedelta(seconds=4), token="t"
    )

    assert told([run], lease=lease, waiting=["solve", "retrain"]) == [
        "next retrain: under way",
        "last retrain: r1 running at fit, started Sun 2026-11-22 03:00",
        "lease: held by b:7, last heartbeat 4 s ago",
        "queue: /b/queue.db, solve, retrain waiting",
    ]


def test_while_a_failure_waits_for_its_next_try():
    """Ten minutes after it began, not next week."""
    now = SLOT + dt.timedelta(minutes=1)

    [line, *_] = told([finished(SLOT, RunStatus.FAILED)], now=now)
    assert line == "next retrain: Sun 2026-11-22 03:10 (tried again)"
