"""Whom of a large world a slice looks at: the same each time, each standing for as many as were left out."""

import dataclasses

import numpy as np
import pytest

from matcher.vocabulary import Vocabulary
from tests.training.test_slicing import PEOPLE, sliced, within
from training import sampling
from training.sampling import considered, some

PARTNERS = Vocabulary(f"i{n}" for n in range(10))
CHOICES = [within("cold-alpha", "i0"), within("cold-beta", "i9"), within("cold-beta", "i8")]


def test_a_small_world_is_looked_at_whole():
    found = considered(PARTNERS, ["i3"], seed=1)

    assert found.keys.terms == PARTNERS.terms
    assert found.share == 1
    assert some({"a": 1, "b": 2}, seed=1) == {"a": 1, "b": 2}


def test_of_a_large_world_some_are_drawn_and_who_was_busy_stays(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "MOST_PARTNERS", 4)
    found, again = (considered(PARTNERS, ["i0", "i9"], seed=3) for _ in range(2))

    assert found.keys.terms == again.keys.terms
    assert {"i0", "i9"} <= set(found.keys.terms)
    assert (found.drawn.sum(), found.share) == (4, 0.4)
    assert [PARTNERS.terms[row] for row in found.rows] == list(found.keys.terms)
    assert found.places(found.rows[[2, 0]]).tolist() == [2, 0]


def test_some_queries_stay_in_their_order(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampling, "MOST_QUERIES", 3)
    queries = {f"s{n}": n for n in range(9)}
    found = some(queries, seed=2)

    assert len(found) == 3
    assert list(found) == sorted(found)
    assert found.items() <= queries.items()


def test_a_slice_made_in_parts_is_the_same_slice(monkeypatch: pytest.MonkeyPatch):
    whole = sliced(*CHOICES)
    monkeypatch.setattr(sampling, "PAIRS", 1)
    parts = sliced(*CHOICES)

    for name in ("columns", "stands_for", "deals", "wanted"):
        np.testing.assert_allclose(
            getattr(parts.choices, name), getattr(whole.choices, name), rtol=0, atol=1e-6
        )


def test_drawn_partners_stand_for_those_who_were_not_and_chosen_ones_for_themselves(
    monkeypatch: pytest.MonkeyPatch,
):
    could = sliced(*CHOICES).choices.stands_for.sum(axis=1)
    monkeypatch.setattr(sampling, "MOST_PARTNERS", 5)
    found = sliced(*CHOICES).choices
    chosen = found.deals | found.wanted

    assert chosen.sum() == len(CHOICES)
    assert set(found.stands_for[chosen]) == {1}
    assert set(found.stands_for[~chosen]) <= {0, np.float32(len(PEOPLE_INVESTORS) / 5)}
    assert found.stands_for.sum(axis=1) == pytest.approx(could, abs=6)


PEOPLE_INVESTORS = [person for person in PEOPLE if person.role == "investor"]


def test_nothing_asked_is_an_empty_slice():
    found = sliced()

    assert len(found.choices) == len(found.returning) == 0
    assert dataclasses.replace(found.by_partner).yes.sum() == 0
