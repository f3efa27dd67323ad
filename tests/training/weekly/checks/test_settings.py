"""Thresholds as people set them."""

import tomllib
from dataclasses import fields

import pytest

from matcher.errors import InvalidInput
from training.weekly.checks import CheckSettings, settings_from

TABLE = """
accepted = ["duplicate_events"]
future_warning_share = 0.05
low_deviations = 5
weeks = 26
"""


def test_settings_come_from_a_table():
    settings = settings_from(tomllib.loads(TABLE))
    assert settings == CheckSettings(
        accepted=("duplicate_events",), future_warning_share=0.05, low_deviations=5, weeks=26
    )


def test_what_a_table_leaves_out_keeps_its_default():
    assert settings_from({}) == CheckSettings()


def test_every_default_can_be_written_down():
    table = {field.name: getattr(CheckSettings(), field.name) for field in fields(CheckSettings)}
    assert settings_from(table) == CheckSettings()


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("future_share", 0.1, "is no setting of the checks"),
        ("future_warning_share", 5, "must be a number from 0 to 1"),
        ("future_warning_share", -0.1, "must be a number from 0 to 1"),
        ("future_warning_share", "0.1", "must be a number from 0 to 1"),
        ("future_warning_share", float("nan"), "must be a number from 0 to 1"),
        ("future_warning_share", True, "must be a number from 0 to 1"),
        ("weeks", 2.5, "must be a whole number from 1 to 1,000,000"),
        ("weeks", True, "must be a whole number from 1 to 1,000,000"),
        ("weeks", 0, "must be a whole number from 1 to 1,000,000"),
        ("low_deviations", 0, "must be a number from 1 to 1,000,000"),
        ("shift_warning_index", -1, "must be a number from 0 to 100"),
        ("earliest_year", 19, "must be a whole number from 1,900 to 2,100"),
        ("future_grace_days", -1, "must be a whole number from 0 to 36,500"),
        ("accepted", "duplicate_events", "is no list of codes that may stop a run"),
        ("accepted", ["volume_low"], "is no code that may stop a run"),
    ],
)
def test_a_setting_that_breaks_its_rule_is_refused_by_name(name: str, value: object, rule: str):
    with pytest.raises(InvalidInput) as caught:
        settings_from({name: value})
    assert caught.value.field == name
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("name", "value"),
    [("textless_note_share", 0), ("full_warning_share", 1), ("least_weeks", 1), ("future_grace_days", 0)],
)
def test_the_ends_of_a_range_are_in_it(name: str, value: float):
    assert getattr(settings_from({name: value}), name) == value


def test_a_warning_may_not_come_after_its_error():
    with pytest.raises(InvalidInput, match="must be at most future_error_share"):
        CheckSettings(future_warning_share=0.3)
    with pytest.raises(InvalidInput, match="full_note_share"):
        CheckSettings(full_note_share=0.9)
