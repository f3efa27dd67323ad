"""Ways out of an impasse, carried out."""

import pytest

from matcher.assignment.problem import Importance
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.mending import Mended, mended, raised
from matcher.cohorts.result import Move, WayOut
from matcher.matching.answers import Filters
from matcher.profiles import Role
from tests.matcher.store.runs import edit

ASKED = Configuration(
    role=Role.MENTOR,
    startup_min=2,
    per_firm=1,
    must_meet=("法律",),
    must_have=Filters(regions=("广东",), tags=("ai",)),
)


def way(action: str, **given) -> WayOut:
    return WayOut(moves=(Move(action=action, **given),), mends=1, left=0)


@pytest.mark.parametrize(
    ("taken", "setting", "value"),
    [
        (way("raise_capacity", who=("m1",), by=(2,)), "capacities", {"m1": 5}),
        (way("raise_meetings", who=("s1", "s2"), by=(1, 2)), "startup_max", 5),
        (way("lower_minimum", who=("s1",), by=(9,)), "startup_min", 0),
        (way("lower_load", who=("m1",), by=(1,)), "partner_importance", Importance.HIGH),
        (way("raise_per_firm", who=("s1",), by=(2,)), "per_firm", 3),
        (way("allow", what="must_meet"), "must_meet", ()),
        (way("allow", what="must_have.regions"), "must_have", Filters(tags=("ai",))),
    ],
)
def test_a_limit_that_is_a_setting_becomes_another_setting(taken: WayOut, setting: str, value: object):
    found = mended(taken, ASKED, (), {"m1": 3})
    assert found is not None
    assert getattr(found.configuration, setting) == value
    assert found.undone == ()


def test_edits_in_the_way_are_taken_back():
    edits = [
        edit("lock", "s1", "m1"),
        edit("ban", "s1", "m2"),
        edit("swap", "s2", "m1", instead_of="m3"),
    ]
    numbered = [type(one)(**{**_fields(one), "number": n}) for n, one in enumerate(edits, start=1)]
    assert mended(way("unlock", pairs=(("s1", "m1"),)), ASKED, numbered, {}) == Mended(None, (1,))
    assert mended(way("allow", what="ban", pairs=(("s1", "m2"),)), ASKED, numbered, {}) == Mended(None, (2,))
    assert mended(way("allow", what="ban", pairs=(("s2", "m3"),)), ASKED, numbered, {}) == Mended(None, (3,))
    assert mended(way("undo", what="2"), ASKED, numbered, {}) == Mended(None, (2,))


@pytest.mark.parametrize(
    "taken",
    [
        way("allow", what="declined", pairs=(("s1", "m1"),)),
        way("allow", what="connected", pairs=(("s1", "m1"),)),
        way("unlock", pairs=(("s1", "m1"),)),
        way("raise_capacity", who=("stranger",), by=(1,)),
        WayOut(moves=(), mends=0, left=1),
    ],
)
def test_what_no_setting_says_is_left_to_people(taken: WayOut):
    assert mended(taken, ASKED, (), {}) is None


def test_it_is_told_whose_capacity_is_raised():
    assert raised(way("raise_capacity", who=("m1", "m2"), by=(1, 1))) == {"m1", "m2"}
    assert raised(way("lower_minimum", who=("s1",), by=(1,))) == set()


def _fields(one) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}
