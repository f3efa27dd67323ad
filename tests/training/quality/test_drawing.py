"""Charts on paper."""

from pathlib import Path

import pytest

from training.measures.reliability import Bin
from training.quality.charts import Bar, Bars, Chart, Curves, Line, Reliability
from training.quality.drawing import draw

CHARTS: list[Chart] = [
    Bars("bars", "Bars", "nDCG@10", (Bar("ours", 0.2, (0.15, 0.25), own=True), Bar("theirs", 0.1)), aim=0.22),
    Curves(
        "curves",
        "Curves",
        "interactions",
        "nDCG@10",
        (
            Line(
                "ours", (0, 100, 10_000), (0.1, 0.15, 0.2), ((0.05, 0.15), (0.1, 0.2), (0.15, 0.25)), own=True
            ),
            Line("theirs", (100, 10_000), (0.05, 0.1)),
        ),
    ),
    Reliability(
        "reliability", "Reliability", (("p", (Bin(0.1, 0.12, 50, 0.05, 0.2), Bin(0.4, 0.3, 5, 0.1, 0.6))),)
    ),
]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_chart_becomes_a_vector_and_a_pixel_picture(chart: Chart, tmp_path: Path):
    svg, png = draw(chart, tmp_path / "pictures")

    assert svg.read_text(encoding="utf-8").startswith("<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert (svg.name, png.name) == (f"{chart.name}.svg", f"{chart.name}.png")


def test_the_same_chart_gives_the_same_drawing_so_that_changes_can_be_seen(tmp_path: Path):
    one, other = (draw(CHARTS[0], tmp_path / str(turn))[0].read_bytes() for turn in range(2))

    assert one == other
