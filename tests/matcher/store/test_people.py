"""People: invited, active, left; their links, passwords, codes and tokens."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.people import Person, Purpose, Standing, TokenKind, TokenScope
from matcher.store import Store
from tests.matcher.store.samples import NOW

WEEK = NOW + dt.timedelta(days=7)


@pytest.fixture
def wei(store: Store) -> Person:
    return store.people.add("north", "wei@example.org", role="staff", name="王伟", by="admin")


def token(store: Store, person: Person, hashed: str, **fields: object) -> None:
    fields = {"person_id": person.id, **fields}
    store.add_token(token_hash=hashed, organisation="north", role="staff", **fields)


def test_a_new_person_is_invited(store: Store, wei: Person):
    assert store.people.get(wei.id) == store.people.find("wei@example.org") == wei
    assert (wei.standing, wei.role, wei.profile_id, wei.name, wei.language) == (
        Standing.INVITED,
        "staff",
        "",
        "王伟",
        "zh",
    )
    assert (wei.created_at, wei.last_login_at, wei.has_codes) == (NOW, None, False)


@pytest.mark.parametrize("typed", ["wei@example.org", " WEI@Example.ORG ", "ｗｅｉ＠example．org"])
def test_an_address_is_one_persons_however_it_is_written(store: Store, wei: Person, typed: str):
    with pytest.raises(Conflict, match="somebody signs in as"):
        store.people.add("south", typed, role="staff")


@pytest.mark.parametrize(
    "typed", ["", "wei", "wei@", "王伟@例子.中国", "a@b.c\nBcc: d@e.f", "x" * 300 + "@a.org"]
)
def test_what_is_no_address_is_refused(store: Store, typed: str):
    with pytest.raises(InvalidInput):
        store.people.add("north", typed, role="staff")


def test_a_person_of_no_organisation_is_refused(store: Store):
    with pytest.raises(NotFound, match="west"):
        store.people.add("west", "wei@example.org", role="staff")


def test_who_is_not_there_is_not_found(store: Store):
    assert store.people.find("wei@example.org") is None
    assert store.people.credentials(email="wei@example.org") is None
    for ask in (store.people.get, store.people.deactivate, store.people.activate):
        with pytest.raises(NotFound):
            ask("nobody")


def test_an_organisation_lists_its_own_people_by_role_and_address(store: Store, wei: Person):
    mentor = store.people.add("north", "lin@example.org", role="mentor", profile_id="m1")
    store.people.add("south", "far@example.org", role="staff")
    assert store.people.all("north") == [mentor, wei]


def test_an_invitation_is_accepted_once(store: Store, wei: Person):
    store.people.add_link(wei.id, Purpose.INVITE, "link", WEEK)
    assert store.people.linked(Purpose.INVITE, "link", NOW) == wei
    done = store.people.redeem(Purpose.INVITE, "link", NOW, password="hashed", name="Wei")
    assert (done.standing, done.name) == (Standing.ACTIVE, "Wei")
    found = store.people.credentials(email="wei@example.org")
    assert found is not None
    assert (found.person, found.password, found.secret) == (done, "hashed", "")
    with pytest.raises(NotFound):
        store.people.redeem(Purpose.INVITE, "link", NOW, password="other")


def test_of_several_who_redeem_a_link_at_once_one_does(store: Store, wei: Person):
    store.people.add_link(wei.id, Purpose.INVITE, "link", WEEK)

    def redeem(number: int) -> int:
        try:
            store.people.redeem(Purpose.INVITE, "link", NOW, password=f"hash{number}")
        except NotFound:
            return 0
        return 1

    with ThreadPoolExecutor(4) as many:
        assert sum(many.map(redeem, range(4))) == 1


def test_a_link_is_for_its_purpose_and_its_time(store: Store, wei: Person):
    store.people.add_link(wei.id, Purpose.RESET, "link", WEEK)
    with pytest.raises(NotFound):
        store.people.linked(Purpose.INVITE, "link", NOW)
    with pytest.raises(NotFound):
        store.people.linked(Purpose.RESET, "link", WEEK)
    with pytest.raises(NotFound):
        store.people.redeem(Purpose.RESET, "link", WEEK, password="hashed")


def test_a_later_link_takes_the_place_of_an_earlier_one(store: Store, wei: Person):
    store.people.add_link(wei.id, Purpose.INVITE, "first", WEEK)
    store.people.add_link(wei.id, Purpose.INVITE, "second", WEEK)
    with pytest.raises(NotFound):
        store.people.linked(Purpose.INVITE, "first", NOW)
    assert store.people.linked(Purpose.INVITE, "second", NOW) == wei


@pytest.mark.parametrize("end", ["deactivate", "password"])
def test_leaving_and_another_password_end_tokens_and_links(store: Store, wei: Person, end: str):
    token(store, wei, "own")
    store.add_token(token_hash="office", organisation="north", role="staff")
    store.people.add_link(wei.id, Purpose.RESET, "link", WEEK)
    if end == "deactivate":
        assert store.people.deactivate(wei.id).standing is Standing.LEFT
    else:
        store.people.set_password(wei.id, "hashed")
    assert store.token("own") is None
    assert store.token("office") is not None
    with pytest.raises(NotFound):
        store.people.linked(Purpose.RESET, "link", NOW)


def test_the_session_that_changes_the_password_may_stay(store: Store, wei: Person):
    for hashed in ("this", "other"):
        token(store, wei, hashed)
    store.people.set_password(wei.id, "hashed", keep="this")
    assert [each.token_hash for each in store.people.tokens(wei.id, NOW)] == ["this"]


def test_who_left_has_no_credentials_and_comes_back_with_the_old_ones(store: Store, wei: Person):
    store.people.set_password(wei.id, "hashed")
    store.people.deactivate(wei.id)
    assert store.people.credentials(email="wei@example.org") is None
    store.people.add_link(wei.id, Purpose.RESET, "link", WEEK)
    with pytest.raises(NotFound):
        store.people.redeem(Purpose.RESET, "link", NOW, password="other")
    store.people.activate(wei.id)
    found = store.people.credentials(person_id=wei.id)
    assert found is not None
    assert found.password == "hashed"


def test_a_token_given_to_somebody_who_left_is_of_no_use(store: Store, wei: Person):
    store.people.deactivate(wei.id)
    token(store, wei, "late")
    assert store.token("late") is None


def test_a_persons_token_says_whose_it_is(store: Store, wei: Person):
    token(store, wei, "h" * 20, label="laptop", kind=TokenKind.SESSION, scope=TokenScope.READ)
    found = store.token("h" * 20)
    assert found is not None
    assert (found.person_id, found.person_name, found.label) == (wei.id, "王伟", "laptop")
    assert (found.kind, found.scope, found.id) == (TokenKind.SESSION, TokenScope.READ, "h" * 16)
    assert store.people.tokens(wei.id, NOW) == [found]


def test_expired_and_revoked_tokens_are_not_listed(store: Store, wei: Person):
    token(store, wei, "expired", expires_at=NOW)
    token(store, wei, "lasting", expires_at=WEEK)
    token(store, wei, "revoked")
    store.revoke_token("revoked")
    assert [each.token_hash for each in store.people.tokens(wei.id, NOW)] == ["lasting"]


def test_a_person_revokes_own_tokens_only(store: Store, wei: Person):
    other = store.people.add("north", "lin@example.org", role="staff")
    token(store, wei, "1" * 20)
    with pytest.raises(NotFound):
        store.people.revoke_token(other.id, "1" * 16)
    store.people.revoke_token(wei.id, "1" * 16)
    with pytest.raises(NotFound):
        store.people.revoke_token(wei.id, "1" * 16)
    assert store.token("1" * 20) is None


def test_signing_out_elsewhere_keeps_this_session(store: Store, wei: Person):
    for hashed in ("a", "b", "c"):
        token(store, wei, hashed)
    assert store.people.sign_out_elsewhere(wei.id, "b") == 2
    assert [each.token_hash for each in store.people.tokens(wei.id, NOW)] == ["b"]


def test_using_a_token_is_noted_but_waits_for_nobody(store: Store, wei: Person):
    token(store, wei, "h")
    store.touch_token("h", WEEK)
    found = store.token("h")
    assert found is not None
    assert found.last_used_at == WEEK


def test_a_password_is_hashed_anew_unless_it_was_changed(store: Store, wei: Person):
    store.people.set_password(wei.id, "old")
    store.people.rehash(wei.id, "other", "wrong")
    store.people.rehash(wei.id, "old", "new")
    found = store.people.credentials(person_id=wei.id)
    assert found is not None
    assert found.password == "new"


def test_a_codes_step_is_used_once_and_none_before_it(store: Store, wei: Person):
    store.people.ask_for_codes(wei.id, "SECRET", ["r1"], step=10)
    assert store.people.get(wei.id).has_codes
    assert [store.people.use_step(wei.id, step) for step in (10, 11, 11, 9, 12)] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_a_recovery_code_is_used_once(store: Store, wei: Person):
    store.people.ask_for_codes(wei.id, "SECRET", ["r1", "r2"], step=0)
    assert [store.people.use_recovery(wei.id, code) for code in ("r1", "r1", "r3")] == [True, False, False]
    assert store.people.recovery_left(wei.id) == 1
    store.people.put_recovery(wei.id, ["r4"])
    assert not store.people.use_recovery(wei.id, "r2")
    store.people.ask_for_no_codes(wei.id)
    assert (store.people.get(wei.id).has_codes, store.people.recovery_left(wei.id)) == (False, 0)


def test_signing_in_and_what_a_person_says_are_kept(store: Store, wei: Person):
    store.people.came(wei.id, NOW)
    told = store.people.tell(wei.id, name="Wei", language="zh-Hant")
    assert (told.last_login_at, told.name, told.language) == (NOW, "Wei", "zh-Hant")


@pytest.mark.parametrize("say", ["add", "tell", "redeem"])
def test_a_name_that_no_database_keeps_is_refused(store: Store, wei: Person, say: str):
    ways: dict[str, Callable[[], object]] = {
        "add": lambda: store.people.add("north", "x@example.org", role="staff", name="\ud800"),
        "tell": lambda: store.people.tell(wei.id, name="\0", language="zh"),
        "redeem": lambda: store.people.redeem(Purpose.INVITE, "link", NOW, password="hashed", name="\udfff"),
    }
    with pytest.raises(InvalidInput):
        ways[say]()


def test_people_are_paged_and_searched(store: Store, wei: Person):
    mentors = [
        store.people.add("north", f"m{each}@example.org", role="mentor", profile_id=f"p{each}")
        for each in range(4)
    ]
    store.people.add("south", "far@example.org", role="mentor", profile_id="p1")
    first, cursor = store.people.page("north", limit=3)
    second, end = store.people.page("north", limit=3, after=cursor)
    assert (first + second, end) == ([*mentors, wei], "")
    assert (first, second) == (mentors[:3], [mentors[3], wei])
    for typed in ("王", "WEI@", "wei example", "伟 wei"):
        assert store.people.page("north", search=typed) == ([wei], "")
    assert store.people.page("north", search="p1 mentor") == ([], "")
    assert store.people.page("north", search="P1") == ([mentors[1]], "")
    assert store.people.page("north", search="%") == store.people.page("north", search="_") == ([], "")
    assert store.people.page("north", after="zzz") == ([], "")
