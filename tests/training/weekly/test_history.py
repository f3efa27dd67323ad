"""Earlier runs, as their reports tell of them."""

import dataclasses
from pathlib import Path

import pytest

from matcher.model.registry import Registry
from training.weekly.history import MOST, history_of
from training.weekly.record import Figures, Outcome, PastRun, Quality, WeeklyRecord
from training.weekly.report import REPORT_JSON

AT = "2026-03-01T03:00:00+00:00"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(str(tmp_path / "models"))


def run_id(week: int) -> str:
    return f"20260301T{week:06}Z-ab12"


def reported(registry: Registry, week: int, outcome: Outcome = "promoted", **given: object) -> WeeklyRecord:
    record = dataclasses.replace(WeeklyRecord(run_id(week), AT, AT, outcome), **given)
    registry.put_report(record.run, REPORT_JSON, record.to_json().encode())
    return record


def test_before_the_first_run_there_is_none(registry: Registry):
    assert history_of(registry) == ()


def test_runs_come_oldest_first_with_their_outcomes(registry: Registry):
    reported(registry, 2, "rejected")
    reported(registry, 1, "promoted", candidate="v1")
    reported(registry, 3, "stopped")

    assert [(past.run, past.outcome, past.version) for past in history_of(registry)] == [
        (run_id(1), "promoted", "v1"),
        (run_id(2), "rejected", None),
        (run_id(3), "stopped", None),
    ]


def test_a_run_tells_its_quality_by_role_beside_the_live_one_where_there_was_one(registry: Registry):
    models = {"candidate": Figures(0.5), "live": Figures(0.4), "popularity": Figures(0.1)}
    alone = {"candidate": Figures(0.3), "profiles": Figures(0.2)}
    reported(registry, 1, quality={"mentor": Quality(9, models), "investor": Quality(5, alone)})

    assert history_of(registry) == (
        PastRun(run_id(1), AT, "promoted", ndcg={"mentor": 0.5, "investor": 0.3}, live_ndcg={"mentor": 0.4}),
    )


@pytest.mark.parametrize("content", [b"", b"no json", b'{"run": "r"}'])
def test_a_damaged_report_hides_none_of_the_others(content: bytes, registry: Registry):
    reported(registry, 1)
    registry.put_report(run_id(2), REPORT_JSON, content)
    reported(registry, 3)

    assert [past.run for past in history_of(registry)] == [run_id(1), run_id(3)]


def test_a_run_that_left_only_its_picture_is_passed_over(registry: Registry):
    registry.put_report(run_id(1), "report.html", b"<html>")

    assert history_of(registry) == ()


def test_a_year_of_runs_is_told(registry: Registry):
    for week in range(MOST + 2):
        reported(registry, week)

    found = history_of(registry)
    assert (len(found), found[0].run, found[-1].run) == (MOST, run_id(2), run_id(MOST + 1))
