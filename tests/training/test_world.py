import pytest

from matcher.profiles import Role
from tests.matcher.worlds import (
    VectorMemory,
    WordEncoder,
    checkerboard,
    event,
    investor,
    mentor,
    ordered,
    startup,
)
from tests.training.toys import DAY, world
from training.world import read_data

PEOPLE = [startup("s", industries=("alpha",)), startup("t"), investor("i"), investor("j"), mentor("m")]


def test_events_before_the_day_are_known_and_later_ones_are_not():
    events = [event("s", "i", days_ago=days) for days in (9, 1, 0, -5)]

    assert world(PEOPLE, events).events.days.tolist() == [DAY - 9, DAY - 1]
    assert world(PEOPLE, events, as_of=DAY - 1).events.days.tolist() == [DAY - 9]


def test_each_role_has_all_its_partners_with_deals_or_without():
    found = world(PEOPLE, [event("s", "i")])

    assert list(found.partners[Role.INVESTOR].terms) == ["north:i", "north:j"]
    assert list(found.partners[Role.MENTOR].terms) == ["north:m"]


def test_deals_are_counted_by_role():
    found = world(PEOPLE, [event("s", "i"), event("s", "j"), event("t", "m")])

    assert found.deals == {Role.INVESTOR: 2, Role.MENTOR: 1}


def test_a_context_that_no_profile_declares_widens_every_row():
    found = world(PEOPLE, [event("s", "i", stage="some-round")])

    assert "stage:~some-round" in found.attributes
    assert found.table.attributes.shape[1] == found.space.columns == len(found.attributes)


def test_contexts_of_later_deals_leave_no_trace():
    assert (
        "stage:~some-round" not in world(PEOPLE, [event("s", "i", stage="some-round", days_ago=0)]).attributes
    )


@pytest.mark.parametrize("keys", [["north:s"], ["north:t", "north:s"], []])
def test_rows_are_those_of_the_profiles_in_the_order_asked_for(keys: list[str]):
    found = world(PEOPLE, [])
    alpha = found.attributes.row("industry:~alpha")

    assert [list(found.profiles)[row] for row in found.rows_of(keys)] == keys
    says = found.table_of(keys).attributes.toarray()[:, alpha] == 1
    assert says.tolist() == [key == "north:s" for key in keys]


def test_nobody_makes_an_empty_world():
    found = world([], [])

    assert (len(found.profiles), len(found.attributes), len(found.events)) == (0, 0, 0)
    assert all(len(partners) == 0 for partners in found.partners.values())


def test_texts_are_encoded_once():
    people, cache = [startup("s", description="laser optics")], VectorMemory()
    heard: list[int] = []
    for _ in range(2):
        data = read_data(people, ordered([]), WordEncoder(), cache, heard.append)

    assert data.encoder == "words"
    assert len(cache.held) == sum(heard) == 1


def test_the_checkerboard_is_a_world():
    assert world(*checkerboard()).deals[Role.INVESTOR] == 100
