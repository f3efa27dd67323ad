"""Thresholds that people edit."""

import dataclasses

import pytest

from matcher.attention.settings import AttentionSettings
from matcher.attention.settings_file import read_settings, settings_from
from matcher.errors import InvalidInput


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_settings(tmp_path / "attention.toml") == AttentionSettings()


def test_what_the_file_leaves_out_keeps_its_default(tmp_path):
    file = tmp_path / "attention.toml"
    file.write_text("runway_months = 9\nfalling_share = 0.5\n", encoding="utf-8")
    assert read_settings(file) == AttentionSettings(runway_months=9, falling_share=0.5)


def test_the_defaults_are_allowed_themselves():
    default = AttentionSettings()
    assert settings_from(dataclasses.asdict(default)) == default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("runway_month", 6),
        ("runway_months", "6"),
        ("runway_months", True),
        ("runway_months", 0),
        ("burn_months", 2.5),
        ("falling_share", 1.5),
        ("graver_times", 0.5),
        ("least_people", 0),
        ("runway_months", float("nan")),
    ],
)
def test_what_is_no_setting_or_out_of_range_is_refused_by_name(name, value):
    with pytest.raises(InvalidInput, match=name):
        settings_from({name: value})


def test_a_file_that_is_no_toml_is_refused(tmp_path):
    file = tmp_path / "attention.toml"
    file.write_text("runway_months: 6", encoding="utf-8")
    with pytest.raises(InvalidInput, match="TOML"):
        read_settings(file)
