import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.profiles import Profile, Role, Status
from matcher.store import Counts, Store
from matcher.store.bulk import CHUNK
from matcher.store.engine import open_engine
from tests.matcher.store.samples import investor, mentor, startup

FULL_STARTUP = startup(
    "s1",
    "星辰机器人（深圳）有限公司",
    description='做工业机器人。\n第二行 "quoted" \\u0000',
    industries=("人工智能", "机器人"),
    region="广东/深圳",
    stage="天使轮",
    needs=("股权融资", "法律"),
    raising_amount=5_000_000.5,
    raising_currency="CNY",
    founded=dt.date(2021, 3, 1),
    team_size=0,
    languages=("zh", "en"),
    tags=("高新",),
    exclude=("i1",),
    status=Status.PAUSED,
)
FULL_INVESTOR = investor(
    "i1",
    "遠山資本",
    stages=("天使轮", "A轮"),
    offers=("股权融资",),
    conflicts=("s9",),
    kind="fund",
    ticket_min=1e6,
    ticket_max=2e7,
    currency="CNY",
    annual_rate=4.35,
    term_months=36,
    deploying=False,
    capacity=3,
    min_load=1,
    shared=True,
)


@pytest.mark.parametrize(
    "profile", [FULL_STARTUP, FULL_INVESTOR, mentor("m1")], ids=lambda profile: profile.role
)
def test_a_profile_comes_back_field_for_field(store: Store, profile: Profile) -> None:
    store.put_profiles([profile])
    found = store.profile("north", profile.id)
    assert found == profile
    for field in dataclasses.fields(Profile):
        assert type(getattr(found, field.name)) is type(getattr(profile, field.name)), field.name


def test_an_unknown_id_is_not_found_and_named(store: Store) -> None:
    with pytest.raises(NotFound, match=r"'s1'.*'north'"):
        store.profile("north", "s1")


def test_an_id_belongs_to_its_organisation_alone(store: Store) -> None:
    store.put_profiles([startup("s1", "北"), startup("s1", "南", organisation="south")])
    assert store.profile("north", "s1").name == "北"
    assert store.profile("south", "s1").name == "南"


def test_putting_a_profile_again_changes_nothing(store: Store) -> None:
    assert store.put_profiles([FULL_STARTUP, FULL_INVESTOR]) == Counts(added=2)
    before = store.revision()
    assert store.put_profiles([FULL_STARTUP, FULL_INVESTOR]) == Counts(unchanged=2)
    assert store.revision() == before


def test_only_the_changed_profile_gets_a_new_revision(store: Store) -> None:
    store.put_profiles([startup("s1"), startup("s2")])
    before = store.revision()
    assert store.put_profiles([startup("s1"), startup("s2", stage="A轮")]) == Counts(changed=1, unchanged=1)
    assert [profile.id for profile in store.changes_since(before).profiles] == ["s2"]


@pytest.mark.parametrize(
    "change", [{"name": "x"}, {"shared": True}, {"status": Status.CLOSED}, {"capacity": 0}]
)
def test_any_field_that_differs_is_a_change(store: Store, change: dict[str, object]) -> None:
    store.put_profiles([mentor("m1")])
    assert store.put_profiles([mentor("m1", **change)]) == Counts(changed=1)


def test_a_whole_amount_equals_the_same_amount_with_a_point(store: Store) -> None:
    store.put_profiles([startup("s1", raising_amount=5.0)])
    assert store.put_profiles([startup("s1", raising_amount=5)]) == Counts(unchanged=1)


def test_of_two_with_one_key_the_later_stays(store: Store) -> None:
    assert store.put_profiles([startup("s1", "先"), startup("s1", "后")]) == Counts(added=1, changed=1)
    assert store.profile("north", "s1").name == "后"


def test_more_profiles_than_a_chunk_come_from_an_iterator(store: Store) -> None:
    many = CHUNK * 2 + 1
    assert store.put_profiles(startup(f"s{number:05}") for number in range(many)) == Counts(added=many)
    assert [profile.id for profile in store.profiles()] == [f"s{number:05}" for number in range(many)]


def test_no_more_than_a_chunk_is_held_at_a_time(store: Store) -> None:
    taken: list[Profile] = []

    def endless() -> object:
        for number in range(CHUNK + 1):
            taken.append(startup(f"s{number}"))
            yield taken[-1]
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        store.put_profiles(endless())
    assert len(taken) == CHUNK + 1
    assert list(store.profiles()) == []
    assert store.revision() == 0


def test_another_role_for_an_id_is_refused_and_nothing_is_kept(store: Store) -> None:
    store.put_profiles([startup("x")])
    with pytest.raises(Conflict, match="'north:x' is a startup and cannot become a mentor"):
        store.put_profiles([startup("y"), mentor("x")])
    assert [profile.id for profile in store.profiles()] == ["x"]


def test_two_roles_for_a_new_id_in_one_call_are_refused(store: Store) -> None:
    with pytest.raises(Conflict):
        store.put_profiles([startup("x"), mentor("x")])


def test_a_profile_of_an_unknown_organisation_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="'west'"):
        store.put_profiles([startup("s1", organisation="west")])


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_no_database_keeps_is_refused_with_its_field(store: Store, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        store.put_profiles([startup("s1", tags=("ok", text))])
    assert caught.value.field == "tags"


def test_profiles_are_ordered_by_key_across_organisations(store: Store) -> None:
    store.add_organisation("north-1")  # "north-1:a" sorts before "north:a": a hyphen comes before a colon
    store.put_profiles([startup("a"), startup("b"), startup("B"), startup("a", organisation="north-1")])
    keys = [profile.key for profile in store.profiles()]
    assert keys == ["north-1:a", "north:B", "north:a", "north:b"] == sorted(keys)


def test_profiles_can_be_had_by_organisation_and_role(store: Store) -> None:
    store.put_profiles([startup("s1"), mentor("m1"), investor("i1"), mentor("m2", organisation="south")])
    assert [profile.id for profile in store.profiles("north")] == ["i1", "m1", "s1"]
    assert [profile.key for profile in store.profiles(roles=[Role.MENTOR])] == ["north:m1", "south:m2"]
    assert list(store.profiles("north", roles=[])) == []


def test_a_deleted_profile_is_gone(store: Store) -> None:
    store.put_profiles([startup("s1"), startup("s2")])
    store.delete_profile("north", "s1")
    with pytest.raises(NotFound):
        store.profile("north", "s1")
    assert [profile.id for profile in store.profiles()] == ["s2"]


def test_nothing_that_a_deleted_profile_said_is_left(store: Store, url: str) -> None:
    store.put_profiles([FULL_STARTUP])
    store.delete_profile("north", "s1")
    engine = open_engine(url)
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM profiles")).mappings().one()
    engine.dispose()
    kept = {name for name, value in row.items() if value not in (None, "", "{}", {}, b"", 0, False)}
    assert kept == {
        "number",
        "organisation",
        "id",
        "key",
        "role",
        "status",
        "deleted",
        "revision",
        "updated_at",
    }


def test_deleting_what_is_not_there_is_not_found(store: Store) -> None:
    store.put_profiles([startup("s1")])
    store.delete_profile("north", "s1")
    for missing in ("s1", "s2"):
        with pytest.raises(NotFound, match=missing):
            store.delete_profile("north", missing)


def test_putting_a_deleted_profile_again_revives_it(store: Store) -> None:
    store.put_profiles([FULL_STARTUP])
    store.delete_profile("north", "s1")
    assert store.put_profiles([FULL_STARTUP]) == Counts(added=1)
    assert store.profile("north", "s1") == FULL_STARTUP


def test_a_deleted_id_keeps_its_role(store: Store) -> None:
    store.put_profiles([startup("x")])
    store.delete_profile("north", "x")
    with pytest.raises(Conflict):
        store.put_profiles([mentor("x")])


def test_deleting_a_profile_revokes_its_tokens_alone(store: Store) -> None:
    store.put_profiles([mentor("m1"), mentor("m2")])
    store.add_token(token_hash="h1", organisation="north", role="mentor", profile_id="m1")
    store.add_token(token_hash="h2", organisation="north", role="mentor", profile_id="m2")
    store.delete_profile("north", "m1")
    assert store.token("h1") is None
    assert store.token("h2") is not None
