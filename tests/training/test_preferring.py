"""What staff preferred by hand becomes choices of two, as they looked on the window's first day."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from matcher.cohorts.edits import EditKind, Preference
from matcher.profiles import Role
from tests.matcher.worlds import TODAY, checkerboard, investor, startup
from tests.training.toys import DAY, SMALL, world
from training.preferring import preferred_within
from training.roles import role_on
from training.slices import Choices
from training.slicing import slice_of

WINDOW = (DAY - 60, DAY)
PEOPLE, EVENTS = checkerboard(each=6)
BOTH = [
    *PEOPLE,
    startup("s", industries=("alpha",)),
    investor("one", industries=("alpha",)),
    investor("other"),
]


def said(preferred: str, over: str, *, startup_id: str = "s", days_ago: int = 30) -> Preference:
    at = dt.datetime.combine(TODAY, dt.time(12), dt.UTC) - dt.timedelta(days=days_ago)
    startup_key, preferred_key, over_key = (f"north:{name}" for name in (startup_id, preferred, over))
    return Preference(
        startup=startup_key,
        preferred=preferred_key,
        over=over_key,
        kind=EditKind.SWAP,
        at=at,
        by="staff",
        run="run",
    )


def within(*labels: Preference, people=BOTH) -> Choices:
    found = dataclasses.replace(world(people, EVENTS), preferences=labels)
    return preferred_within(WINDOW, Role.INVESTOR, found, role_on(WINDOW[0], Role.INVESTOR, found, SMALL))


def test_the_preferred_one_stands_first_and_is_the_chosen():
    found = within(said("one", "other"), said("other", "i0"))

    assert found.deals.tolist() == [[True, False]] * 2
    assert found.stands_for.tolist() == [[1, 1]] * 2
    assert not found.wanted.any()


def test_turned_round_the_columns_are_turned_round():
    one, other = (within(said(*pair)).columns for pair in (("one", "other"), ("other", "one")))

    np.testing.assert_array_equal(one, other[:, ::-1])
    assert not np.array_equal(one[:, 0], one[:, 1], equal_nan=True)


@pytest.mark.parametrize(
    "label",
    [
        said("one", "gone"),
        said("gone", "one"),
        said("one", "other", startup_id="gone"),
        said("one", "other", days_ago=61),
        said("one", "other", days_ago=0),
    ],
)
def test_who_is_gone_and_what_was_said_at_other_times_teaches_nothing(label: Preference):
    assert len(within(label)) == 0


def test_a_slice_has_the_preferences_of_its_window():
    found = dataclasses.replace(world(BOTH, EVENTS), preferences=[said("one", "other")])
    known = role_on(WINDOW[0], Role.INVESTOR, found, SMALL)

    assert len(slice_of(WINDOW, Role.INVESTOR, found, known).preferred) == 1
