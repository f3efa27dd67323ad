import base64
from collections.abc import Sequence

import pytest

from matcher.errors import InvalidInput
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store import Store
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
