"""Ratings that say nothing."""

import dataclasses

import numpy as np

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, seen, small
from training.weekly.checks.evidence import evidence_of
from training.weekly.checks.ratings import ratings


def found(recent: list[float], earlier: list[float] = ()):
    """The verdict on ratings of the last days and of a year ago."""
    ago = [*[3] * len(recent), *[365] * len(earlier)]
    data = small([startup("s"), mentor("m")], [("s", "m", Type.RATED, days) for days in ago])
    rated = dataclasses.replace(data.interactions, values=np.array([*recent, *earlier], dtype=np.float64))
    (finding,) = ratings(evidence_of(dataclasses.replace(data, interactions=rated)), SETTINGS)
    return finding


def test_ratings_that_differ_are_fine():
    finding = found([5.0] * 40 + [4.0])
    assert (finding.code, finding.facts) == ("ratings_ok", {"ratings": 41})


def test_where_everybody_always_gave_five_it_is_worth_a_note():
    finding = found([5.0] * 20, [5.0] * 20)
    assert (finding.code, finding.severity) == ("ratings_same", "note")
    assert finding.facts == {"ratings": 20, "value": 5.0}


def test_ratings_that_no_longer_differ_are_a_warning():
    assert found([3.0] * 20, [5.0, 4.0]).severity == "warning"


def test_of_a_few_ratings_nothing_is_told():
    assert found([3.0] * 19, [5.0, 4.0]).code == "ratings_ok"


def test_without_ratings_all_is_fine():
    (finding,) = ratings(seen([startup("s"), mentor("m")]), SETTINGS)
    assert finding.facts == {"ratings": 0}
