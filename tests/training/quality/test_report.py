"""The page and the document."""

import json

import pytest

from training.measures.intervals import Interval
from training.quality.charts import Bar, Bars
from training.quality.report import document, markdown, missed, table
from training.quality.sections import Requirement, Section

SECTION = Section(
    title="Toy",
    columns=("method", "figure", "difference"),
    rows=(("ours", 0.25, None), ("theirs", 0.2, Interval(0.05, 0.01, 0.09))),
    note="A note.",
    charts=(Bars("toy", "A toy", "figure", (Bar("ours", 0.25),)),),
    required=(Requirement("ours", 0.25, 0.3), Requirement("error", 0.02, 0.03, most=True)),
)


def test_figures_have_four_digits_intervals_their_ends_and_nothing_is_a_dash():
    assert table(SECTION.columns, SECTION.rows).splitlines() == [
        "| method | figure | difference |",
        "| --- | ---: | --- |",
        "| ours | 0.2500 | – |",
        "| theirs | 0.2000 | +0.0500 [+0.0100, +0.0900] |",
    ]


def test_a_bar_in_a_cell_does_not_end_it():
    assert table(("a",), [("x|y",)]).splitlines()[-1] == r"| x\|y |"


def test_a_table_without_rows_is_a_header():
    assert table(("a", "b"), []).splitlines() == ["| a | b |", "| --- | --- |"]


def test_what_must_be_reached_stands_before_the_sections():
    page = markdown([SECTION], "Ran.")

    assert page.index("| ours | 0.2500 | ≥ 0.300 | – | **no** |") < page.index("## Toy")
    assert "| error | 0.0200 | ≤ 0.030 | – | yes |" in page
    assert "![A toy](pictures/toy.svg)" in page


def test_a_page_that_requires_nothing_has_no_such_table():
    assert "must be reached" not in markdown([Section("Toy", ("a",), (("x",),))], "Ran.")


@pytest.mark.parametrize(
    ("value", "most", "reached"), [(0.3, False, True), (0.3, True, True), (0.31, True, False)]
)
def test_a_figure_that_equals_what_is_needed_reaches_it(value: float, most: bool, reached: bool):
    assert Requirement("x", value, 0.3, most=most).reached is reached


@pytest.mark.parametrize("most", [False, True])
def test_a_figure_that_is_none_reaches_nothing(most: bool):
    assert Requirement("x", float("nan"), 0.3, most=most).reached is False


def test_only_what_was_not_reached_is_missed():
    assert [wanted.name for wanted in missed([SECTION])] == ["ours"]


def test_the_document_is_json_with_null_for_what_is_not_there():
    entry = json.loads(json.dumps(document([SECTION], {"seconds": 1.5}), allow_nan=False))

    (section,) = entry["sections"]
    assert entry["seconds"] == 1.5
    assert section["rows"][0] == {"method": "ours", "figure": 0.25, "difference": None}
    assert section["rows"][1]["difference"] == {"mean": 0.05, "low": 0.01, "high": 0.09}
    assert section["pictures"] == ["pictures/toy.svg", "pictures/toy.png"]
