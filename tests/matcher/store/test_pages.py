import base64
import json
from collections.abc import Sequence

import pytest

from matcher.errors import InvalidInput
from matcher.features.attributes import industry_terms, service_terms
from matcher.profiles import PARTNER_ROLES, Role, Status
from matcher.store import Store
from matcher.store.values import Narrowing, Order
from tests.matcher.store.samples import investor, mentor, startup

ALL = tuple(Role)


def found(store: Store, search: str, roles: Sequence[Role] = ALL) -> list[str]:
    return [profile.id for profile in store.page("north", roles=roles, search=search).profiles]


@pytest.fixture(autouse=True)
def _world(store: Store) -> None:
    store.put_profiles(
        [
            startup("S-001", "星辰机器人有限公司", tags=("高新技术", "Deep Tech")),
            startup("S-002", "Blue Ocean 生物"),
            startup("S-003", "100%纯_净水"),
            mentor("M-001", "臺灣軟體導師"),
        ]
    )


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("机器", ["S-001"]),
        ("有限", ["S-001"]),
        ("机 器", ["S-001"]),
        ("人星", []),
        ("软件", ["M-001"]),
        ("臺灣", ["M-001"]),
        ("blue ocean", ["S-002"]),
        ("OCEAN", ["S-002"]),
        ("生物 blue", ["S-002"]),
        ("Ｂｌｕｅ", ["S-002"]),
        ("s-003", ["S-003"]),
        ("高新", ["S-001"]),
        ("deep tech", ["S-001"]),
        ("%", ["S-003"]),
        ("_", ["S-003"]),
        ("0%纯_净", ["S-003"]),
        ("/", []),
        ("没有的", []),
    ],
)
def test_a_search_finds_parts_of_names_ids_and_tags(store: Store, search: str, ids: list[str]) -> None:
    assert found(store, search) == ids


def test_a_blank_search_finds_everything_by_name(store: Store) -> None:
    assert found(store, "") == found(store, " 　") == ["S-003", "S-002", "M-001", "S-001"]


def test_only_the_wanted_roles_are_listed(store: Store) -> None:
    assert found(store, "", [Role.MENTOR]) == ["M-001"]
    assert found(store, "", []) == []


def test_a_deleted_profile_is_not_listed(store: Store) -> None:
    store.delete_profile("north", "M-001")
    assert found(store, "", [Role.MENTOR]) == []


def test_partners_that_others_share_are_listed_and_no_one_elses(store: Store) -> None:
    store.put_profiles(
        [
            mentor("shared", organisation="south", shared=True),
            investor("fund", organisation="south", shared=True),
            mentor("private", organisation="south"),
            startup("secret", organisation="south", shared=True),
        ]
    )
    listed = store.page("north", roles=ALL).profiles
    assert [profile.id for profile in listed if profile.organisation == "south"] == ["fund", "shared"]
    assert [profile.id for profile in store.page("north", roles=[Role.INVESTOR]).profiles] == ["fund"]


def test_pages_follow_each_other_without_gap_or_repeat(store: Store) -> None:
    store.put_profiles(mentor(f"m{number}", f"同名{number // 3}") for number in range(10))
    after, seen = "", []
    while True:
        page = store.page("north", roles=PARTNER_ROLES, search="同名", after=after, limit=3)
        seen += [profile.id for profile in page.profiles]
        assert len(page.profiles) <= 3
        if not page.next_cursor:
            break
        after = page.next_cursor
    assert seen == [f"m{number}" for number in range(10)]


def test_a_full_last_page_has_no_next(store: Store) -> None:
    assert store.page("north", roles=ALL, limit=4).next_cursor == ""


def test_the_page_after_stays_the_same_when_a_name_comes_before(store: Store) -> None:
    first = store.page("north", roles=ALL, limit=2)
    store.put_profiles([startup("S-000", "0 最前")])
    rest = store.page("north", roles=ALL, after=first.next_cursor)
    assert [profile.id for profile in rest.profiles] == ["M-001", "S-001"]


@pytest.mark.parametrize(
    "text", ["x", "!!", "é", "null", '["a"]', '["a", 1]', '["a\\u0000", "b"]', '["a\\ud800", "b"]']
)
@pytest.mark.parametrize("encoded", [False, True])
def test_a_cursor_that_no_page_gave_is_refused(store: Store, text: str, encoded: bool) -> None:
    cursor = base64.urlsafe_b64encode(text.encode()).decode() if encoded else text
    with pytest.raises(InvalidInput, match="after"):
        store.page("north", roles=ALL, after=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_range_is_refused(store: Store, limit: int) -> None:
    with pytest.raises(InvalidInput, match="limit"):
        store.page("north", roles=ALL, limit=limit)


def test_a_search_of_a_page_of_text_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="search"):
        store.page("north", roles=ALL, search="长" * 301)


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("xcj", ["S-001"]),
        ("jqr", ["S-001"]),
        ("XCJ", ["S-001"]),
        ("xingchen", ["S-001"]),
        ("jiqi", ["S-001"]),
        ("ingchen", []),
        ("twrj", ["M-001"]),
        ("swu", []),
    ],
)
def test_chinese_names_are_found_by_their_pinyin_and_by_its_first_letters(
    store: Store, search: str, ids: list[str]
) -> None:
    assert found(store, search) == ids


@pytest.fixture
def declared(store: Store) -> Store:
    store.put_profiles(
        [
            startup(
                "a", "甲", industries=("人工智能",), region="广东/深圳", stage="天使轮", needs=("法律服务",)
            ),
            startup("b", "乙", industries=("医疗健康",), region="广东", status=Status.PAUSED),
            mentor("c", "丙", industries=("AI",), offers=("法律服务",)),
        ]
    )
    return store


def listed(store: Store, **wanted: object) -> list[str]:
    page = store.page("north", roles=ALL, narrowing=Narrowing(**wanted))  # type: ignore[arg-type]
    return [profile.id for profile in page.profiles]


def test_a_listing_is_narrowed_to_what_profiles_declare_however_they_say_it(declared: Store) -> None:
    artificial, law = industry_terms(("人工智能",))[-1], service_terms(("法律服务",))[-1]
    assert listed(declared, terms=(artificial,)) == ["c", "a"]
    assert listed(declared, terms=(law, artificial)) == ["c", "a"]
    assert listed(declared, terms=("region:cn-gd",)) == ["b", "a"]
    assert listed(declared, terms=("region:cn",)) == ["b", "a"]
    assert listed(declared, terms=("region:cn-g",)) == []
    assert listed(declared, terms=("industry:%",)) == []


def test_a_listing_is_narrowed_to_a_status(declared: Store) -> None:
    assert listed(declared, statuses=(Status.PAUSED,)) == ["b"]


def test_what_others_share_can_be_left_out(declared: Store) -> None:
    declared.put_profiles([mentor("s", "戊", organisation="south", shared=True)])
    assert "s" in listed(declared)
    assert "s" not in listed(declared, own=True)


def test_a_tally_counts_what_a_listing_has(declared: Store) -> None:
    tally = declared.tally("north", roles=ALL)
    assert tally.total == len(declared.page("north", roles=ALL).profiles) == 7
    assert tally.roles == {Role.STARTUP: 5, Role.MENTOR: 2}
    assert tally.statuses == {Status.ACTIVE: 6, Status.PAUSED: 1}
    assert declared.tally("north", roles=ALL, search="没有的").total == 0


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_in_every_order(declared: Store, order: Order) -> None:
    whole = [profile.id for profile in declared.page("north", roles=ALL, order=order).profiles]
    seen: list[str] = []
    cursor = ""
    for _ in range(4):
        page = declared.page("north", roles=ALL, order=order, limit=2, after=cursor)
        seen += [profile.id for profile in page.profiles]
        cursor = page.next_cursor
    assert not cursor
    assert seen == whole
    assert len(whole) == 7


def test_names_may_be_listed_backwards(declared: Store) -> None:
    forwards, backwards = (
        [profile.id for profile in declared.page("north", roles=ALL, order=order).profiles]
        for order in (Order.NAME, Order.NAME_BACKWARDS)
    )
    assert backwards == forwards[::-1]


@pytest.mark.parametrize("place", [["x", "k"], [str(10**30), "k"], ["9" * 5000, "k"]])
def test_a_cursor_of_another_order_is_refused(declared: Store, place: list[str]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    with pytest.raises(InvalidInput):
        declared.page("north", roles=ALL, order=Order.CHANGED, after=cursor)
