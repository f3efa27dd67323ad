"""A configuration survives JSON, and what is wrong in one is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.assignment.problem import Importance, Objective
from matcher.cohorts.configuration import Configuration, Slots, configuration_of
from matcher.errors import InvalidInput
from matcher.matching.answers import Filters
from matcher.profiles import Role

LABELS = st.lists(st.text(min_size=1, max_size=5), max_size=3, unique=True).map(tuple)
CONFIGURATIONS = st.builds(
    Configuration,
    role=st.sampled_from([Role.MENTOR, Role.INVESTOR]),
    objective=st.sampled_from(Objective),
    startup_min=st.integers(0, 3),
    startup_max=st.integers(3, 9),
    capacity=st.integers(0, 9),
    capacities=st.dictionaries(st.text(min_size=1, max_size=5), st.integers(0, 9), max_size=3),
    per_firm=st.none() | st.integers(1, 3),
    must_have=st.builds(Filters, regions=LABELS, tags=LABELS),
    must_meet=LABELS,
    startup_importance=st.sampled_from(Importance),
    slots=st.none() | LABELS.filter(bool).map(lambda labels: Slots(labels=labels, away={"s1": labels[:1]})),
)


@given(CONFIGURATIONS)
def test_a_configuration_comes_back_from_json_as_it_was(configuration: Configuration) -> None:
    assert configuration_of(json.loads(json.dumps(configuration.to_json()))) == configuration


def test_nobody_is_away_from_one_slot_twice() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        Slots(labels=("9",), away={"s1": ("9", "9")})
    kept = configuration_of({"role": "mentor", "slots": {"labels": ["9"], "away": {"s1": ["9", "9"]}}})
    assert kept.slots == Slots(labels=("9",), away={"s1": ("9",)}), "as it was kept once"


def test_what_is_left_out_has_its_default() -> None:
    assert configuration_of({"role": "mentor"}) == Configuration(role=Role.MENTOR)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "role"),
        ({"role": "startup"}, "role"),
        ({"role": "king"}, "role"),
        ({"startup_min": 4}, "startup_min"),
        ({"startup_min": -1}, "startup_min"),
        ({"startup_max": 0}, "startup_max"),
        ({"startup_max": "3"}, "startup_max"),
        ({"startup_max": True}, "startup_max"),
        ({"objective": "best"}, "objective"),
        ({"capacity": 1001}, "capacity"),
        ({"capacities": {"m1": -1}}, "capacities.m1"),
        ({"capacities": [1]}, "capacities"),
        ({"per_firm": 0}, "per_firm"),
        ({"must_have": {"colour": ["red"]}}, "must_have.colour"),
        ({"must_have": {"tags": "ai"}}, "must_have.tags"),
        ({"must_meet": [""]}, "must_meet"),
        ({"startup_importance": "urgent"}, "startup_importance"),
        ({"slots": {"labels": []}}, "slots"),
        ({"slots": {"labels": ["9", "9"]}}, "slots"),
        ({"slots": {"labels": ["9"], "away": {"m1": ["10"]}}}, "slots.away"),
        ({"alternates": 51}, "alternates"),
        ({"arcs": 0}, "arcs"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(told: dict[str, object], field: str) -> None:
    given_ = told if field == "role" else {"role": "mentor", **told}
    with pytest.raises(InvalidInput) as caught:
        configuration_of(given_)
    assert caught.value.field == field
