import json

import pytest

from matcher.errors import InvalidInput
from training.weekly.findings import Finding, Severity
from training.weekly.record import (
    DataRead,
    Exposure,
    Figures,
    Lists,
    Mover,
    PastRun,
    Quality,
    Said,
    Step,
    Told,
    WeeklyRecord,
)

BARE = WeeklyRecord("r1", "2026-11-22T03:00:00+00:00", "2026-11-22T03:12:30+00:00", "stopped")
FULL = WeeklyRecord(
    "r2",
    "2026-11-22T03:00:00Z",
    "2026-11-22T03:01:00Z",
    "promoted",
    candidate="v2",
    data=DataRead(profiles={"mentor": 3}, days=("2026-01-01", "2026-11-21")),
    checks=(Finding("volume_low", Severity.WARNING, {"interactions": 1}),),
    quality={"mentor": Quality(40, {"candidate": Figures(0.2, 0.1, 0.3), "lightfm": Figures(0.1)})},
    calibration={"mentor": {"candidate": (Said(0.1, 0.2, 30),)}},
    history=(PastRun("r0", "2026-11-15T03:00:00Z", "kept", "v1", {"mentor": 0.1}),),
    lists={
        "mentor": Lists(0.8, (0,) * 11, (Mover("s1", "青松", "m1", "苏", None, 2, (Told("因", "why"),)),))
    },
    exposure={"mentor": Exposure(None, 0.4)},
    steps=(Step("fit", 1.5, 300.0),),
    settings={"margin": 0.01, "checks": {"weeks": 26}},
)


@pytest.mark.parametrize("record", [BARE, FULL])
def test_a_record_comes_back_from_json_as_it_went(record: WeeklyRecord) -> None:
    assert WeeklyRecord.from_json(record.to_json()) == record
    assert WeeklyRecord.from_dict(record.to_dict()) == record


def test_json_is_readable_as_it_is() -> None:
    assert "青松" in FULL.to_json()
    assert json.loads(FULL.to_json())["checks"] == [
        {"code": "volume_low", "severity": "warning", "facts": {"interactions": 1}}
    ]


def test_a_run_took_from_its_start_to_its_end() -> None:
    assert BARE.seconds == 750.0


def test_a_record_of_a_later_bole_is_read_as_far_as_it_is_known() -> None:
    assert WeeklyRecord.from_dict({**BARE.to_dict(), "weather": "fine"}) == BARE


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"outcome": "glorious"}, "outcome"),
        ({"steps": [{"name": "fit"}]}, "steps.0.seconds"),
        ({"run": None}, "run"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(InvalidInput, match="does not fit a weekly record") as refused:
        WeeklyRecord.from_dict({**BARE.to_dict(), **change})
    assert refused.value.field == place


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Invalid JSON"):
        WeeklyRecord.from_json("{")


def test_a_figure_that_is_no_number_is_unknown() -> None:
    record = WeeklyRecord.from_dict(
        {**BARE.to_dict(), "exposure": {"mentor": {"gini_before": float("nan"), "gini_after": 0.4}}}
    )
    assert WeeklyRecord.from_json(record.to_json()).exposure["mentor"].gini_before is None
