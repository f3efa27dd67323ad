"""What serves while a run goes on, and what stands for it on a holdout."""

import dataclasses
import datetime as dt
from pathlib import Path
from types import MappingProxyType

import pytest

from matcher.interactions import day_number
from matcher.model.parameters import Model
from matcher.model.registry import Registry
from tests.matcher.model.samples import full_model
from training.weekly.findings import Severity
from training.weekly.serving import Serving, serving
from training.weekly.words import sentence


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(str(tmp_path / "models"))


def go_live(registry: Registry, *, rehearsed: bool = True) -> None:
    registry.add(full_model("v1", seed=1))
    if rehearsed:
        registry.add_rehearsal("v1", full_model("rehearsal", seed=2))
    registry.promote("v1", at="2026-03-01T03:00:00+00:00", by="me", reason="first", forced=True)


def as_of(day: str, version: str = "v") -> Model:
    """A model of all before a day."""
    facts = MappingProxyType({"settings": {"as_of": day}})
    return dataclasses.replace(full_model(version), facts=facts)


MARCH, DECEMBER = as_of("2026-03-01", "march"), as_of("2025-12-01", "december")
FIRST = day_number(dt.date(2025, 12, 1))


def test_before_the_first_model_nothing_serves(registry: Registry):
    assert serving(registry) == Serving()


def test_the_live_version_comes_with_its_rehearsal(registry: Registry):
    go_live(registry)

    found = serving(registry)

    assert found.model is not None
    assert found.rehearsal is not None
    assert (found.version, found.model.version, found.rehearsal.version) == ("v1", "v1", "rehearsal")
    assert found.findings == ()


def test_a_version_that_no_run_made_has_no_rehearsal(registry: Registry):
    go_live(registry, rehearsed=False)

    assert serving(registry).rehearsal is None
    assert serving(registry).model is not None


@pytest.mark.parametrize("file", ["arrays.npz", "manifest.json", "rehearsal/arrays.npz"])
def test_a_damaged_version_is_said_to_be_so_and_is_nobodys_rival(
    file: str, registry: Registry, tmp_path: Path
):
    go_live(registry)
    (tmp_path / "models" / "versions" / "v1" / file).write_bytes(b"no")

    found = serving(registry)

    assert (found.version, found.model, found.rehearsal) == ("v1", None, None)
    (damaged,) = found.findings
    assert (damaged.code, damaged.severity) == ("live_damaged", Severity.WARNING)
    assert "v1" in sentence(damaged, "en")
    assert found.unaware_from(FIRST) is None


def test_a_damaged_pointer_names_no_version_and_is_said_to_be_so(registry: Registry, tmp_path: Path):
    go_live(registry)
    (tmp_path / "models" / "live.json").write_bytes(b"no")

    found = serving(registry)

    assert (found.version, found.model) == (None, None)
    assert [one.code for one in found.findings] == ["live_damaged"]


def test_a_version_that_is_gone_is_damaged(registry: Registry, tmp_path: Path):
    go_live(registry)
    (tmp_path / "models" / "versions" / "v1").rename(tmp_path / "away")

    found = serving(registry)

    assert (found.version, found.model) == ("v1", None)
    assert [one.code for one in found.findings] == ["live_damaged"]


def test_the_rehearsal_stands_for_a_model_that_knows_the_holdout():
    found = Serving("v", MARCH, rehearsal=DECEMBER)

    assert found.unaware_from(FIRST) is DECEMBER


def test_a_model_that_is_old_enough_stands_for_itself():
    assert Serving("v", DECEMBER).unaware_from(FIRST) is DECEMBER
    assert Serving("v", DECEMBER).unaware_from(FIRST - 1) is None


def test_the_newest_that_knows_nothing_stands_for_it():
    """After a few quiet months the live model has not seen the holdout, and knows more than its rehearsal."""
    september = as_of("2025-09-01", "september")

    assert Serving("v", DECEMBER, rehearsal=september).unaware_from(FIRST) is DECEMBER


def test_who_has_seen_the_holdout_is_no_rival():
    assert Serving("v", MARCH, rehearsal=MARCH).unaware_from(FIRST) is None
    assert Serving().unaware_from(FIRST) is None
