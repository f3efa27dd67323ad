"""The learning curve as a section."""

import numpy as np

from training.quality.curves import curve_section
from training.quality.methods import ALONE, BOLE, POPULARITY
from training.quality.subsamples import Point, Size

QUERIES = 50


def point(interactions: int, seeds: int = 1, **figures: float) -> Point:
    names = {"bole": BOLE, "alone": ALONE, "popularity": POPULARITY}
    ndcg = {names[name]: np.full(QUERIES, figure) for name, figure in figures.items()}
    return Point(Size(interactions, tuple(range(seeds))), ndcg)


POINTS = {"toy": [point(0, bole=0.1, alone=0.1), point(100, seeds=3, bole=0.3, alone=0.1, popularity=0.2)]}


def test_a_row_tells_every_method_and_what_learning_brought():
    section = curve_section("Curve", POINTS, (ALONE,), "")
    nothing, some = (dict(zip(section.columns, row, strict=True)) for row in section.rows)

    assert (nothing["interactions"], nothing[POPULARITY]) == (0, None)
    assert nothing["beside profiles alone"] == "not worse"
    assert (some["interactions"], some["draws"]) == (100, 3)
    assert some["beside profiles alone"] == "better"


def test_one_point_below_its_rival_is_enough_to_miss():
    worse = {"toy": [*POINTS["toy"], point(1000, bole=0.05, alone=0.1)]}

    assert curve_section("Curve", POINTS, (ALONE,), "").required[0].reached
    assert not curve_section("Curve", worse, (ALONE,), "").required[0].reached


def test_a_method_that_cannot_work_without_interactions_has_a_shorter_line():
    (chart,) = curve_section("Curve", POINTS, (ALONE,), "").charts

    assert {line.label: line.x for line in chart.lines} == {
        BOLE: (0.0, 100.0),
        ALONE: (0.0, 100.0),
        POPULARITY: (100.0,),
    }
