import datetime as dt

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.interactions import TYPES, InteractionType, table_from
from matcher.store import Counts, Store
from matcher.store.bulk import CHUNK
from matcher.store.engine import open_engine
from tests.matcher.store.samples import NOW, investor, mentor, met, startup

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _world(store: Store) -> None:
    store.put_profiles(
        [
            *(startup(name) for name in ("s1", "s2")),
            *(mentor(name) for name in ("m1", "m2")),
            startup("s1", organisation="south"),
            investor("fund", organisation="south", shared=True),
            investor("private", organisation="south"),
        ]
    )


def test_interactions_come_back_as_columns(store: Store) -> None:
    events = [
        met("s1", "m1"),
        met("s1", "m2", type=InteractionType.RATED, at=NOW + HOUR, value=4),
        met("s2", "south:fund", at=NOW + 2 * HOUR, stage="天使轮", amount=5e6, currency="CNY"),
    ]
    assert store.add_interactions(events) == Counts(added=3)
    found, expected = store.interactions(), table_from(events)
    for name in expected.__slots__:
        column = getattr(found, name)
        np.testing.assert_array_equal(column, getattr(expected, name))
        assert column.dtype == getattr(expected, name).dtype, name


def test_no_interactions_are_an_empty_table(store: Store) -> None:
    found = store.interactions()
    assert len(found) == 0
    assert [getattr(found, name).dtype.char for name in found.__slots__] == list("OObidOdO")


def test_the_order_does_not_depend_on_the_order_of_adding(store: Store) -> None:
    events = [
        met("s1", "m1"),
        met("s1", "m1", type=InteractionType.INVESTED),
        met("s1", "m2", type=InteractionType.SHOWN),
        met("s2", "m1", type=InteractionType.SHOWN),
        met("s1", "m1", at=NOW + HOUR, type=InteractionType.SHOWN),
    ]
    for event in (events[number] for number in (3, 1, 4, 0, 2)):
        store.add_interactions([event])
    found = store.interactions()
    rows = zip(found.startups, found.partners, (TYPES[code] for code in found.types), strict=True)
    assert list(rows) == [(event.startup_key, event.partner_key, event.type) for event in events]


def test_an_event_recorded_again_is_there_already(store: Store) -> None:
    event = met("s1", "m1", stage="天使轮", amount=5)
    assert store.add_interactions([event, event]) == Counts(added=1, unchanged=1)
    before = store.revision()
    assert store.add_interactions([met("s1", "m1", stage="天使轮", amount=5.0)]) == Counts(unchanged=1)
    assert store.revision() == before
    assert len(store.interactions()) == 1


def test_one_moment_in_two_time_zones_is_one_event(store: Store) -> None:
    beijing = NOW.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert store.add_interactions([met("s1", "m1"), met("s1", "m1", at=beijing)]) == Counts(1, 0, 1)


@pytest.mark.parametrize(
    "change", [{"at": NOW + HOUR}, {"type": InteractionType.SHOWN}, {"stage": "A轮"}, {"amount": 0.0}]
)
def test_events_that_differ_in_what_tells_them_apart_are_two(store: Store, change: dict[str, object]) -> None:
    assert store.add_interactions([met("s1", "m1"), met("s1", "m1", **change)]) == Counts(added=2)


def test_a_source_id_tells_events_apart_by_itself(store: Store) -> None:
    store.add_interactions([met("s1", "m1", source_id="a")])
    assert store.add_interactions([met("s1", "m1", source_id="a")]) == Counts(unchanged=1)
    with pytest.raises(Conflict, match="source_id 'a'"):
        store.add_interactions([met("s2", "m2", source_id="a")])
    taken: list[str] = []
    assert store.add_interactions([met("s2", "m2", source_id="a")], taken) == Counts(unchanged=1)
    assert taken == ["a"]
    assert store.add_interactions([met("s1", "m1", source_id="b")]) == Counts(added=1)


def test_a_source_id_is_its_organisations_own(store: Store) -> None:
    store.add_interactions([met("s1", "south:fund", source_id="a")])
    assert store.add_interactions([met("s1", "fund", organisation="south", source_id="a")]) == Counts(added=1)


def test_more_events_than_a_chunk_come_from_an_iterator(store: Store) -> None:
    many = CHUNK * 2 + 1
    assert store.add_interactions(met("s1", "m1", at=NOW + n * HOUR) for n in range(many)) == Counts(
        added=many
    )
    assert len(store.interactions()) == many


@pytest.mark.parametrize(
    ("event", "named"),
    [
        (met("s9", "m1"), "startup 's9'"),
        (met("s1", "m9"), "mentor or investor 'm9'"),
        (met("m1", "m2"), "startup 'm1'"),
        (met("s1", "s2"), "mentor or investor 's2'"),
        (met("s1", "south:private"), "'south:private'"),
        (met("south:s1", "m1"), "'south:s1'"),
    ],
)
def test_a_side_that_may_not_be_referred_to_is_named_and_nothing_is_kept(
    store: Store, event, named: str
) -> None:
    before = store.revision()
    with pytest.raises(NotFound, match=named):
        store.add_interactions([met("s1", "m1"), event])
    assert len(store.interactions()) == 0
    assert store.revision() == before


def test_a_deleted_partner_takes_no_new_events_and_keeps_the_old(store: Store) -> None:
    store.add_interactions([met("s1", "m1")])
    store.delete_profile("north", "m1")
    with pytest.raises(NotFound, match="m1"):
        store.add_interactions([met("s2", "m1")])
    assert list(store.interactions().partners) == ["north:m1"]


def test_a_text_that_no_database_keeps_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="stage"):
        store.add_interactions([met("s1", "m1", stage="A\0")])


def test_until_leaves_out_that_moment_and_later(store: Store) -> None:
    store.add_interactions(met("s1", "m1", at=NOW + n * dt.timedelta(microseconds=1)) for n in (-1, 0, 1))
    assert len(store.interactions(until=NOW)) == 1


def test_days_before_1970_are_negative(store: Store) -> None:
    store.add_interactions([met("s1", "m1", at=dt.datetime(1969, 12, 31, 23, tzinfo=dt.UTC))])
    assert list(store.interactions().days) == [-1]


def test_many_profiles_take_part_in_one_reading(store: Store) -> None:
    store.put_profiles(startup(f"x{n:04}") for n in range(CHUNK + 1))
    store.add_interactions(met(f"x{n:04}", "m1") for n in range(CHUNK + 1))
    assert list(store.interactions().startups) == [f"north:x{n:04}" for n in range(CHUNK + 1)]


def statements(url: str) -> list[str]:
    changes = ["UPDATE interactions SET value = 1", "DELETE FROM interactions"]
    return changes if url.startswith("sqlite") else [*changes, "TRUNCATE interactions"]


def test_the_database_refuses_to_change_or_remove_interactions(store: Store, url: str) -> None:
    store.add_interactions([met("s1", "m1")])
    engine = open_engine(url)
    for statement in statements(url):
        with pytest.raises(exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(statement))
    engine.dispose()
    assert np.isnan(store.interactions().values).tolist() == [True]


def test_the_database_refuses_to_remove_a_profile_that_interactions_refer_to(store: Store, url: str) -> None:
    store.add_interactions([met("s1", "m1")])
    engine = open_engine(url)
    for key in ("north:s1", "north:m1"):
        with pytest.raises(exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM profiles WHERE key = :key"), {"key": key})
    engine.dispose()
