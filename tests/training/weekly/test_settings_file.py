"""The settings that people write: what they leave out, and what they get wrong."""

from pathlib import Path
from typing import Any

import pytest

from matcher.errors import InvalidInput
from training.weekly.checks import CheckSettings
from training.weekly.settings import GateSettings, WeeklySettings, WhenUnsure
from training.weekly.settings_file import read_settings, settings_from


def refused(table: dict[str, Any]) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        settings_from(table)
    return caught.value


def test_what_is_written_is_read_and_the_rest_keeps_its_default(tmp_path: Path):
    path = tmp_path / "retrain.toml"
    path.write_text(
        'keep = 3\n[gate]\nmargin = 0\nholdout_days = 28\nwhen_unsure = "keep"\n'
        "[checks]\nleast_ratings = 7\naccepted = ['duplicate_events']\n",
        encoding="utf-8",
    )

    assert read_settings(path, needed=True) == WeeklySettings(
        gate=GateSettings(margin=0, holdout_days=28, when_unsure=WhenUnsure.KEEP),
        checks=CheckSettings(least_ratings=7, accepted=("duplicate_events",)),
        keep=3,
    )


def test_an_empty_file_asks_for_the_defaults(tmp_path: Path):
    path = tmp_path / "retrain.toml"
    path.touch()

    assert read_settings(path, needed=True) == WeeklySettings()


def test_a_file_that_nobody_asked_for_may_be_missing(tmp_path: Path):
    assert read_settings(tmp_path / "none.toml", needed=False) == WeeklySettings()

    with pytest.raises(InvalidInput, match=r"none\.toml.*cannot be read as TOML"):
        read_settings(tmp_path / "none.toml", needed=True)


@pytest.mark.parametrize("content", [b"keep = = 3", b"\xff\xfe\x00", b"keep = 1\nkeep = 2"])
def test_what_is_no_toml_is_refused_by_the_name_of_the_file(content: bytes, tmp_path: Path):
    path = tmp_path / "retrain.toml"
    path.write_bytes(content)

    with pytest.raises(InvalidInput, match="cannot be read as TOML") as caught:
        read_settings(path, needed=False)
    assert (caught.value.field, caught.value.value) == (str(path), "retrain.toml")


@pytest.mark.parametrize(
    ("table", "field", "value", "rule"),
    [
        ({"gates": {}}, "retrain.toml: gates", "gates", "is no setting"),
        ({"gate": {"margins": 1}}, "gate: margins", "margins", "is no setting"),
        ({"gate": 3}, "gate", "3", "must be a table"),
        ({"checks": ["accepted"]}, "checks", "['accepted']", "must be a table"),
        ({"checks": {"margin": 1}}, "margin", "1", "is no setting of the checks"),
        ({"checks": {"least_ratings": "many"}}, "least_ratings", "many", "must be a whole number from 1 to"),
        ({"keep": -1}, "keep", "-1", "must be a whole number, 0 or more"),
        ({"keep_shown_days": 0}, "keep_shown_days", "0", "must be a whole number, 1 or more"),
        ({"keep": True}, "keep", "True", "must be a whole number, 0 or more"),
        ({"keep": 2.5}, "keep", "2.5", "must be a whole number, 0 or more"),
        ({"gate": {"margin": -0.1}}, "gate.margin", "-0.1", "must be a number from 0 to"),
        ({"gate": {"margin": "0.1"}}, "gate.margin", "0.1", "must be a number from 0 to"),
        ({"gate": {"margin": True}}, "gate.margin", "True", "must be a number from 0 to"),
        ({"gate": {"margin": float("nan")}}, "gate.margin", "nan", "must be a number from 0 to"),
        ({"gate": {"margin": float("inf")}}, "gate.margin", "inf", "must be a number from 0 to"),
        ({"gate": {"least_queries": 2.5}}, "gate.least_queries", "2.5", "must be a whole number from 0 to"),
        ({"gate": {"holdout_days": 0}}, "gate.holdout_days", "0", "must be a whole number from 1 to 36,500"),
        ({"gate": {"holdout_days": 36_501}}, "gate.holdout_days", "36501", "from 1 to 36,500"),
        ({"gate": {"when_unsure": "wait"}}, "gate.when_unsure", "wait", "must be promote or keep"),
        ({"gate": {"when_unsure": ["keep"]}}, "gate.when_unsure", "['keep']", "must be promote or keep"),
    ],
)
def test_what_is_wrong_is_named_with_its_value_and_the_rule(
    table: dict[str, Any], field: str, value: str, rule: str
):
    error = refused(table)

    assert (error.field, error.value) == (field, value)
    assert rule in error.rule


def test_who_mistypes_a_name_is_told_the_names_there_are():
    assert "margin" in refused({"gate": {"margins": 1}}).remedy
    assert refused({"gates": {}}).remedy == "use one of gate, checks, keep, keep_shown_days"


def test_a_whole_number_will_do_where_any_number_does():
    assert settings_from({"gate": {"slow_milliseconds": 100}}).gate.slow_milliseconds == 100
