"""Reports of the weekly runs, over a folder and an object store."""

import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.model.registry import Registry

EARLY, LATE = "20260308T030000Z-ab12", "20260315T030000Z-0000"


def test_reports_come_back_the_latest_run_first(registry: Registry):
    assert registry.reports() == []
    registry.put_report(LATE, "report.zh.html", "周报".encode())
    registry.put_report(EARLY, "record.json", b"{}")
    registry.put_report(LATE, "report.zh.html", "周报2".encode())

    assert registry.reports() == [LATE, EARLY]
    assert registry.report(LATE, "report.zh.html").decode() == "周报2"
    assert registry.versions() == []


@pytest.mark.parametrize(
    ("run", "name"), [("x", "record.json"), (EARLY, "x"), ("..", "live.json"), (EARLY, "../x"), ("", "")]
)
def test_what_was_not_reported_is_not_found(local: Registry, run: str, name: str):
    local.put_report(EARLY, "record.json", b"{}")

    with pytest.raises(NotFound, match="reported no"):
        local.report(run, name)


@pytest.mark.parametrize(("run", "name"), [("..", "x"), ("a/b", "x"), (EARLY, "../live.json"), (EARLY, ".x")])
def test_a_name_that_leads_elsewhere_is_refused(local: Registry, run: str, name: str):
    with pytest.raises(InvalidInput, match="must be letters"):
        local.put_report(run, name, b"")
