"""`bole models` over a registry whose versions nobody trained: what is shown, and what is recorded."""

from pathlib import Path

import pytest
from click.testing import Result

from api.cli.acting import actor
from api.cli.models import learnt_from
from matcher.model.registry import Registry
from tests.api.cli.conftest import run_bole
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import BY, PASSED, REJECTED, go_live

DATA = {
    "profiles": {"startup": 3, "mentor": 2},
    "interactions": 7,
    "first_day": 0,
    "last_day": 31,
}


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """v1 is live; v2 passed the gate, v3 did not, and nobody judged v4."""
    registry = Registry(str(tmp_path / "models"))
    for version in ("v1", "v2", "v3", "v4"):
        registry.add(full_model(version))
    go_live(registry, "v1")
    registry.judge("v2", PASSED)
    registry.judge("v3", REJECTED)
    return registry


def bole(home: Path, *arguments: str) -> Result:
    return run_bole(home, "models", *arguments)


def test_the_list_tells_status_verdict_and_since_when_and_why(registry: Registry, tmp_path: Path):
    v4, v3, v2, v1, live = bole(tmp_path, "list").stdout.splitlines()

    assert v4.split()[:3] == ["v4", "candidate", "unjudged"]
    assert v3.split()[:3] == ["v3", "rejected", "rejected"]
    assert v2.split()[:3] == ["v2", "candidate", "passed"]
    assert v1.split()[:3] == ["v1", "live", "unjudged"]
    assert live == "    live since 2026-03-08T03:00:00+00:00 by wei@north, forced: a test"


def test_promoting_what_the_gate_passed_records_who_did_it(registry: Registry, tmp_path: Path):
    assert bole(tmp_path, "promote", "v2").stdout == "v2 is live\n"

    promotion = registry.promotions()[0]
    assert (promotion.version, promotion.by, promotion.forced) == ("v2", actor(), False)
    assert promotion.at.endswith("+00:00")


@pytest.mark.parametrize("version", ["v3", "v4"])
def test_what_the_gate_did_not_pass_needs_force_and_a_reason(
    registry: Registry, tmp_path: Path, version: str
):
    refused = bole(tmp_path, "promote", version)
    assert (refused.exit_code, "--force --reason" in refused.output) == (1, True)
    blank = bole(tmp_path, "promote", version, "--force")
    assert (blank.exit_code, "must say why" in blank.output) == (1, True)
    assert registry.live() == "v1"

    done = bole(tmp_path, "promote", version, "--force", "--reason", "数据迟到")

    assert done.exit_code == 0
    assert registry.promotions()[0].reason == "数据迟到"
    assert f"{version}  since" in bole(tmp_path, "history").stdout.splitlines()[0]
    assert ", forced: 数据迟到" in bole(tmp_path, "list").stdout


def test_a_rollback_is_recorded_and_needs_no_database(registry: Registry, tmp_path: Path):
    registry.promote("v2", **BY)

    assert bole(tmp_path, "rollback").stdout == "v1 is live\n"

    assert bole(tmp_path, "history").stdout.splitlines()[0].endswith(": rolled back from v2")
    assert not (tmp_path / "bole.db").exists()


def test_a_version_is_shown_with_its_findings_and_every_time_it_went_live(registry: Registry, tmp_path: Path):
    go_live(registry, "v3")
    shown = bole(tmp_path, "show", "v3").stdout.splitlines()

    assert shown[:2] == ["version   v3", "status    live"]
    assert f"gate      rejected by run {REJECTED.run} at {REJECTED.at}" in shown
    assert any("quality_worse" in line for line in shown)
    assert shown[-1] == "live      since 2026-03-08T03:00:00+00:00 by wei@north, forced: a test"


def test_an_unknown_version_is_not_shown(registry: Registry, tmp_path: Path):
    answer = bole(tmp_path, "show", "v9")
    assert (answer.exit_code, "no model version 'v9'" in answer.output) == (1, True)


def test_pruning_tells_what_went(registry: Registry, tmp_path: Path):
    assert bole(tmp_path, "prune").stdout == "0 removed, 4 kept\n"
    assert (
        bole(tmp_path, "prune", "--keep", "1").stdout == "v3 is removed\nv2 is removed\n2 removed, 2 kept\n"
    )
    assert bole(tmp_path, "prune", "--keep", "-1").exit_code == 2
    assert [info.version for info in registry.versions()] == ["v4", "v1"]


def test_looking_at_an_empty_home_makes_nothing(tmp_path: Path):
    assert bole(tmp_path / "home", "list").stdout == ""
    assert bole(tmp_path / "home", "rollback").exit_code == 1
    assert bole(tmp_path / "home", "prune").stdout == "0 removed, 0 kept\n"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"data": DATA}, "3 startups, 2 mentors, 7 interactions from 1970-01-01 to 1970-02-01"),
        ({"data": {**DATA, "first_day": None, "last_day": None}}, "3 startups, 2 mentors, 7 interactions"),
        ({}, ""),
        ({"data": {"interactions": 7}}, ""),
        ({"data": "much"}, ""),
    ],
)
def test_what_a_version_learnt_from_is_told_where_its_facts_say(facts: dict[str, object], told: str):
    assert learnt_from(facts) == told
