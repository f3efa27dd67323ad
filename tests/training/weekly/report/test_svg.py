"""Shapes, frames and ticks."""

import pytest

from training.weekly.report.svg import Frame, markup, picture, shape, ticks

HOSTILE = '"><script>alert(1)</script>&'


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (0.0, 2_700.0, (0, 1_000, 2_000, 3_000)),
        (0.0, 1.0, (0, 0.25, 0.5, 0.75, 1.0)),
        (0.163, 0.231, (0.16, 0.18, 0.2, 0.22, 0.24)),
        (-0.028, 0.028, (-0.04, -0.02, 0, 0.02, 0.04)),
        (0.0, 0.0, (0, 0.25, 0.5, 0.75, 1.0)),
    ],
)
def test_ticks_are_round_and_hold_all_there_is(
    least: float, most: float, expected: tuple[float, ...]
) -> None:
    assert ticks(least, most) == pytest.approx(expected)


@pytest.mark.parametrize(("most", "expected"), [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (9, [0, 5, 10])])
def test_what_is_counted_has_whole_ticks(most: int, expected: list[int]) -> None:
    assert list(ticks(0.0, most, whole=True)) == expected


def test_equal_figures_have_an_axis_too() -> None:
    found = ticks(0.2, 0.2)
    assert len(found) > 1
    assert found[0] <= 0.2 <= found[-1]


def test_nothing_that_is_given_becomes_markup() -> None:
    written = markup(shape("text", text=HOSTILE, class_=HOSTILE))
    assert "<script" not in written
    assert written.count("&lt;script&gt;") == 2


def test_names_and_numbers_are_written_as_svg_has_them() -> None:
    written = markup(shape("text", class_="tick", text_anchor="end", x=1 / 3))
    assert written == '<text class="tick" text-anchor="end" x="0.33" />'


def test_a_frame_puts_the_ends_of_its_axes_into_its_corners() -> None:
    frame = Frame((10.0, 20.0), (0.0, 1.0), height=100.0, width=200.0, left=30, right=10, top=5, bottom=15)
    assert (frame.x(10), frame.x(20), frame.x(15)) == (30, 190, 110)
    assert (frame.y(0), frame.y(1), frame.y(0.5)) == (85, 5, 45)


def test_a_chart_tells_those_who_do_not_see_it() -> None:
    written = picture(360.0, 200.0, [shape("line")], "八成照旧")
    assert 'role="img" aria-label="八成照旧"' in written
    assert 'viewBox="0 0 360 200"' in written
