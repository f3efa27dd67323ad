"""Changed profiles: what may change, what never does, and that the same seed changes the same."""

import numpy as np
import pytest

from matcher.taxonomy import industries, region_path, stages
from training.quality.perturbations import (
    BLANK_SHARE,
    blanked,
    changed,
    misspelt,
    slip,
    told_in_english,
    translated,
)

ROW = {
    "id": "s1",
    "name": "甲",
    "description": "做机器人",
    "industries": "人工智能;教育",
    "region": "广东深圳",
    "stage": "天使轮",
    "capacity": "3",
    "status": "active",
}


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_about_three_in_ten_fields_go_blank_and_never_who_it_is_or_what_rules_read() -> None:
    rows = changed([ROW] * 500, blanked)
    blank = [not row[name] for row in rows for name in ("description", "industries", "region", "stage")]
    assert np.mean(blank) == pytest.approx(BLANK_SHARE, abs=0.04)
    assert {(row["id"], row["name"], row["capacity"], row["status"]) for row in rows} == {
        ("s1", "甲", "3", "active")
    }


def test_the_same_seed_changes_the_same_and_a_row_does_not_depend_on_those_before() -> None:
    assert changed([ROW, ROW], misspelt) == changed([ROW, ROW], misspelt)
    assert changed([ROW, ROW], misspelt)[1] == changed([dict.fromkeys(ROW, ""), ROW], misspelt)[1]


def test_a_slip_is_one_edit_and_touches_the_industries_alone() -> None:
    row = misspelt(ROW, _rng())
    assert row | {"industries": ""} == ROW | {"industries": ""}
    assert row["industries"].count(";") == 1
    lengths = {len(slip("人工智能", _rng(seed))) for seed in range(50)}
    assert lengths == {3, 4, 5}


def test_every_kind_of_slip_happens() -> None:
    slips = {slip("ab", _rng(seed)) for seed in range(60)}
    assert slips == {"ba", "a", "b", "aab", "abb"}
    assert any(slip("医", _rng(seed)) not in ("医", "医医") for seed in range(20))


def test_a_profile_without_industries_stays_as_it_is() -> None:
    assert misspelt(ROW | {"industries": ""}, _rng())["industries"] == ""


def test_labels_are_told_in_the_english_of_the_catalogues_and_mean_the_same() -> None:
    row = translated(ROW | {"industries": "人工智能;量子泡沫"}, _rng())
    assert row["industries"] == "Artificial intelligence;量子泡沫"
    assert stages().resolve(row["stage"]) == stages().resolve("天使轮")
    assert row["stage"].isascii()
    assert row["region"].isascii()
    assert region_path(row["region"]) == region_path("广东深圳")
    assert (row["name"], row["description"]) == ("甲", "做机器人")


def test_no_english_name_of_an_industry_would_be_parted_on_import() -> None:
    assert not [code for code in industries().codes if set(industries().name(code, "en")) & set(";,|、")]


def test_a_city_told_in_english_has_english_names_and_texts_and_blanks_stay_blank() -> None:
    english = [{"id": "s1", "name": "Jia", "description": "makes robots"}]
    change = told_in_english(english)
    first, second = (changed([row], change)[0] for row in (ROW, ROW | {"description": ""}))
    assert (first["name"], first["description"], first["industries"]) == (
        "Jia",
        "makes robots",
        "Artificial intelligence;Education",
    )
    assert second["description"] == ""
