"""Charts: shapes stand where the figures say, provable by thought."""

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from markupsafe import Markup

from training.weekly.record import (
    Difference,
    Exposure,
    Figures,
    Lists,
    PastRun,
    Quality,
    Said,
    Week,
    WeeklyRecord,
)
from training.weekly.report import charts
from training.weekly.report.bars import bar, two_bars
from training.weekly.report.columns import Column, columns
from training.weekly.report.intervals import difference
from training.weekly.report.lines import Line, lines
from training.weekly.report.numbers import decimal
from training.weekly.report.squares import lorenz, reliability

WEEKS = tuple(
    Week(f"2026-{month:02}-{day:02}", 10 * month + day, day, 3)
    for month in (9, 10)
    for day in (6, 13, 20, 27)
)


def drawn(chart: Markup, tag: str, kind: str = "") -> list[Element]:
    """The shapes of a tag whose classes hold a word."""
    return [one for one in fromstring(chart).iter(tag) if kind in one.get("class", "").split() or not kind]


def number(shape: Element, name: str) -> float:
    return float(shape.get(name, "nan").rstrip("%"))


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    [half] = drawn(bar(2.0, 4.0, "own"), "rect", "own")
    assert half.get("width") == "50.00%"
    [whole] = drawn(bar(9.0, 4.0), "rect")
    assert whole.get("width") == "100.00%"
    [none] = drawn(bar(0.0, 0.0), "rect")
    assert none.get("width") == "0.00%"


def test_an_interval_reaches_from_its_low_to_its_high_end() -> None:
    line, low, high = drawn(bar(2.0, 4.0, span=(1.0, 3.0)), "line", "ink")
    assert (line.get("x1"), line.get("x2")) == ("25.00%", "75.00%")
    assert (low.get("x1"), high.get("x1")) == ("25.00%", "75.00%")


def test_two_bars_share_one_axis_and_lie_one_below_the_other() -> None:
    first, second = drawn(two_bars(4.0, 1.0, 4.0), "rect")
    assert (first.get("width"), second.get("width")) == ("100.00%", "25.00%")
    assert number(second, "y") >= number(first, "y") + number(first, "height")


def test_bars_are_passed_over_by_those_who_hear_the_table() -> None:
    assert 'aria-hidden="true"' in bar(1.0, 2.0)


def test_columns_are_as_high_as_their_values_and_stand_on_one_line() -> None:
    low, high = drawn(columns([Column(50.0), Column(100.0)], "told", str), "rect")
    assert number(high, "height") == pytest.approx(2 * number(low, "height"))
    assert number(low, "y") + number(low, "height") == number(high, "y") + number(high, "height")
    assert number(low, "x") + number(low, "width") < number(high, "x")


def test_the_dark_part_of_a_column_is_its_share() -> None:
    chart = columns([Column(100.0, part=25.0)], "told", str)
    [whole], [part] = drawn(chart, "rect", "other"), drawn(chart, "rect", "own")
    assert number(part, "height") == pytest.approx(number(whole, "height") / 4, abs=0.01)


def test_no_columns_are_a_chart_too() -> None:
    assert drawn(columns([], "told", str), "rect") == []


def test_months_are_named_where_they_begin() -> None:
    chart = charts.weekly_events(WEEKS, "zh")
    texts = [one.text for one in drawn(chart, "text", "tick")]
    assert [text for text in texts if text and text.endswith("月")] == ["9月", "10月"]
    assert "10月27日起一周：127 条互动，其中 27 条为积极互动，3 方参与" in fromstring(chart).get(
        "aria-label", ""
    )


def test_a_month_that_begins_too_near_to_the_last_name_is_not_named() -> None:
    weeks = [Week("2026-08-30", 1), *WEEKS]
    texts = [one.text for one in drawn(charts.weekly_events(weeks, "en"), "text", "tick")]
    assert [text for text in texts if text in {"Aug", "Sep", "Oct"}] == ["Aug", "Oct"]


def test_overlaps_have_a_column_for_each_number_of_kept_partners() -> None:
    chart = charts.overlaps(Lists(0.5, (0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0)), "en")
    assert [one.text for one in drawn(chart, "text", "tick")][-11:] == [str(kept) for kept in range(11)]
    assert "5: 7" in fromstring(chart).get("aria-label", "")


def test_a_line_rises_where_its_figures_do() -> None:
    chart = lines([Line("own", ((0, 0.1), (1, 0.3), (2, 0.2)))], ["a", "b", "c"], "told", decimal)
    [line] = drawn(chart, "polyline", "own")
    ys = [float(point.split(",")[1]) for point in line.get("points", "").split()]
    assert ys[1] < ys[2] < ys[0]
    assert len(drawn(chart, "circle", "fill")) == 3


def test_a_line_that_does_not_move_stands_in_the_middle() -> None:
    chart = lines([Line("own", ((0, 0.424), (1, 0.424)))], ["a", "b"], "told", decimal)
    figures = [one.text for one in drawn(chart, "text", "tick") if (one.text or "").startswith("0")]
    assert (figures[0], figures[-1]) == ("0.420", "0.428")


def test_what_did_not_go_live_is_a_ring() -> None:
    chart = lines([Line("own", ((0, 0.1), (1, 0.3)), (True, False))], ["a", "b"], "told", decimal)
    ring, dot = drawn(chart, "circle")
    assert (ring.get("class"), dot.get("class")) == ("ring own", "fill own")


@pytest.mark.parametrize(("runs", "named"), [(2, 2), (4, 4), (11, 4), (52, 4)])
def test_at_most_four_runs_are_named_below_the_first_and_the_last_among_them(runs: int, named: int) -> None:
    days = [f"day {at}" for at in range(runs)]
    chart = lines([Line("own", tuple((at, 0.1 + at) for at in range(runs)))], days, "told", decimal)
    found = [one.text for one in drawn(chart, "text", "tick") if (one.text or "").startswith("day")]
    assert len(found) == named
    assert (found[0], found[-1]) == (days[0], days[-1])


def test_pairs_that_happen_as_often_as_said_lie_on_the_diagonal() -> None:
    chart = reliability([("own", [Said(0.2, 0.2, 10), Said(0.4, 0.4, 10)])], "told")
    [even], dots = drawn(chart, "polyline", "even"), drawn(chart, "circle", "own")
    (x0, y0), (x1, y1) = (
        [float(part) for part in point.split(",")] for point in even.get("points", "").split()
    )
    for dot in dots:
        assert (number(dot, "cx") - x0) / (x1 - x0) == pytest.approx(
            (number(dot, "cy") - y0) / (y1 - y0), abs=0.01
        )


def test_a_dot_of_more_pairs_is_larger() -> None:
    small, large = drawn(reliability([("own", [Said(0.1, 0.1, 40), Said(0.3, 0.2, 90)])], "told"), "circle")
    assert number(small, "r") < number(large, "r")


def test_equal_shares_are_the_diagonal_of_lorenz() -> None:
    chart = lorenz([("own", (0.0, 0.5, 1.0))], "told")
    [even], [own] = drawn(chart, "polyline", "even"), drawn(chart, "polyline", "own")
    ends = own.get("points", "").split()
    assert [ends[0], ends[-1]] == even.get("points", "").split()


def test_a_difference_above_nothing_lies_right_of_it_and_the_margin_left() -> None:
    chart = difference(Difference(0.02, 0.01, 0.03), 0.01, "told")
    [zero], [dot], [bounds] = (
        drawn(chart, "line", "ink"),
        drawn(chart, "circle"),
        drawn(chart, "rect", "bounds"),
    )
    assert number(dot, "cx") > number(zero, "x1")
    assert number(bounds, "x") + number(bounds, "width") < number(zero, "x1")


def test_without_a_margin_nothing_is_out_of_bounds() -> None:
    assert drawn(difference(Difference(0.0, 0.0, 0.0), None, "told"), "rect") == []


def test_what_was_said_is_drawn_of_the_live_model_or_else_of_profiles_alone() -> None:
    bins = (Said(0.1, 0.1, 5),)
    assert charts.spoken({"candidate": bins, "live": bins, "profiles": bins}) == [
        ("live", "live"),
        ("candidate", "own"),
    ]
    assert charts.spoken({"candidate": bins, "profiles": bins}) == [
        ("profiles", "other"),
        ("candidate", "own"),
    ]
    assert re.search("10% → 10%", charts.reliability({"profiles": bins}, "en"))


def test_this_run_is_the_last_of_those_that_judged_the_role() -> None:
    past = PastRun("r0", "2026-11-15T03:00:00Z", "kept", ndcg={"mentor": 0.1})
    other = PastRun("r1", "2026-11-16T03:00:00Z", "stopped")
    quality = {"mentor": Quality(9, {"candidate": Figures(0.2), "live": Figures(0.1)})}
    at = "2026-11-22T03:00:00Z"
    record = WeeklyRecord("r2", at, at, "promoted", history=(past, other), quality=quality)
    runs = charts.measured_runs(record, "mentor")
    assert [(run.run, run.ndcg["mentor"]) for run in runs] == [("r0", 0.1), ("r2", 0.2)]
    assert "0.100 → 0.200" in charts.learning(runs, "mentor", "en")


def test_exposure_tells_its_gini() -> None:
    assert "0.50 → 0.40" in charts.lorenz(Exposure(0.5, 0.4, lorenz_after=(0.0, 1.0)), "zh")
