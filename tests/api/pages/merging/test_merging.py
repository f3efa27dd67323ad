"""Staff find who is there twice, look at both, merge them, and take it back."""

import datetime as dt
import re

import pytest
from apiflask import APIFlask

from api.principals import OFFICE, Caller
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.api.pages.merging.paths import FOREIGN_READ, FOREIGN_WRITTEN, READ, WRITTEN
from tests.api.pages.visitor import Visitor
from tests.api.world import caller

MARCH = dt.date(2026, 3, 1)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def twins(staff: Visitor, store: Store) -> Visitor:
    """Two startups that are one, with a month that both tell differently."""
    for id_, name, more in (
        ("t1", "雲瀾電氣", {}),
        ("t2", "雲瀾電氣有限公司", {"description": "储能变流器 " * 9}),
    ):
        store.put_profiles(
            [Profile(organisation="north", role=Role.STARTUP, id=id_, name=name, tags=(id_,), **more)]
        )
        count = 5 if id_ == "t1" else 8
        store.put_ledger([LedgerEntry(organisation="north", startup_id=id_, month=MARCH, headcount=count)])
    return staff


def chosen(answer: str) -> dict[str, str]:
    """The form of the page as its proposals stand."""
    fields = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked>', answer))
    return fields | dict(re.findall(r'name="(gone|stays_seen|gone_seen)" value="([^"]*)"', answer))


def test_whoever_is_there_twice_is_found_and_told_why(twins: Visitor) -> None:
    assert "还没有查找过" in twins.text("/duplicates")
    twins.send("/duplicates/search", page="/duplicates")
    text = twins.text("/duplicates")
    assert "雲瀾電氣" in text
    assert "名称仅公司形式或括号中的地名不同" in text
    assert re.search("可能重复 1", twins.text("/startups"))


def test_two_are_merged_as_chosen_and_taken_back(twins: Visitor, store: Store) -> None:
    page = "/profiles/t1/merge?with=t2"
    fields = chosen(twins.get(page).text)
    assert "<mark>有限公司</mark>" in twins.get(page).text
    assert (fields["take-description"], fields["take-name"], fields["take-tags"]) == ("gone", "stays", "both")
    sent = {**fields, "take-name": "gone", f"month-{MARCH}": "gone"}
    done = twins.send("/profiles/t1/merge", page=page, **sent)
    assert done.status_code == 303
    again = twins.send("/profiles/t1/merge", page="/duplicates", **sent)
    assert again.location == done.location
    merged = store.profile("north", "t2")
    assert (merged.id, merged.name, merged.tags) == ("t1", "雲瀾電氣有限公司", ("t1", "t2"))
    assert store.ledger("north", "t1")[0].headcount == 8
    notice = twins.get(done.location)
    assert "从现在起就是" in notice.text
    twins.send(re.search(r'action="(/changes/[^"]+)"', notice.text)[1], page=done.location)
    assert [store.profile("north", id_).id for id_ in ("t1", "t2")] == ["t1", "t2"]


def test_old_addresses_lead_to_the_one_that_stays(twins: Visitor) -> None:
    page = "/profiles/t1/merge?with=t2"
    twins.send("/profiles/t1/merge", page=page, **chosen(twins.get(page).text))
    for old, new in (
        ("/startups/t2", "/startups/t1"),
        ("/startups/t2?role=investor", "/startups/t1?role=investor"),
        ("/profiles/t2/history", "/profiles/t1/history"),
        ("/profiles/t2/edit", "/profiles/t1/edit"),
        ("/startups/t2/signals", "/startups/t1/signals"),
        ("/startups/t2/funding", "/startups/t1/funding"),
    ):
        answer = twins.get(old)
        assert (answer.status_code, answer.location) == (302, new)


def test_what_somebody_has_changed_meanwhile_is_shown_again(twins: Visitor, store: Store) -> None:
    page = "/profiles/t1/merge?with=t2"
    fields = chosen(twins.get(page).text)
    store.put_profiles([Profile(organisation="north", role=Role.STARTUP, id="t2", name="改了")])
    answer = twins.send("/profiles/t1/merge", page=page, **fields)
    assert answer.status_code == 409
    assert "改了" in answer.text
    assert store.profile("north", "t2").id == "t2"


def test_two_that_are_not_the_same_are_not_suggested_again(twins: Visitor) -> None:
    twins.send("/duplicates/search", page="/duplicates")
    said = twins.send("/duplicates/apart", page="/duplicates", id="t1", other="t2", apart="yes")
    assert "已记住" in twins.text(said.location)
    assert "雲瀾電氣" not in twins.text("/duplicates")
    assert "雲瀾電氣" in twins.text("/duplicates?apart=yes")
    twins.send("/duplicates/apart", page="/duplicates", id="t1", other="t2", apart="no")
    assert "雲瀾電氣" in twins.text("/duplicates")


MISCHIEF = [
    ({"gone": "near"}, 422),
    ({"gone": "t1"}, 422),
    ({"gone": ""}, 404),
    ({"gone": "t2", "take-name": "both"}, 422),
    ({"gone": "t2", "take-name": "x"}, 422),
    ({"gone": "t2", "month-\ud7ff": "gone"}, 422),
    ({"gone": "x" * 10_000}, 404),
    ({"gone": "south:s9"}, 404),
]


def test_mischief_is_refused(twins: Visitor, store: Store) -> None:
    sent = [twins.send("/profiles/t1/merge", page="/duplicates", **fields) for fields, _ in MISCHIEF]
    assert [answer.status_code for answer in sent] == [status for _, status in MISCHIEF]
    half = twins.client.post("/profiles/t1/merge", data=b"gone=%ED%A0%80", content_type=FORM)
    assert half.status_code in (403, 422)  # half a character, and no form token
    assert store.profile("north", "t2").id == "t2"


def test_pages_are_for_the_office_and_forms_for_who_has_their_token(app: APIFlask, store: Store) -> None:
    for role in Caller:
        there = caller(app, store, role)
        for path in READ:
            assert there.get(path).status_code == (200 if role in OFFICE else 403)
    signed_in = Visitor(app.test_client())
    for path in WRITTEN:
        assert signed_in.client.post(path).status_code in (303, 401, 403)


def test_what_is_another_organisations_is_as_unknown_as_what_does_not_exist(staff: Visitor) -> None:
    assert {staff.get(path).status_code for path in FOREIGN_READ} == {404}
    assert {staff.send(path, page="/duplicates", gone="lamp").status_code for path in FOREIGN_WRITTEN} == {
        404
    }
