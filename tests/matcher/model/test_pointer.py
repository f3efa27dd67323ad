"""The pointer as a value, and as a file that may be older, damaged, or edited by hand."""

import json

import pytest

from matcher.errors import InvalidInput, NotFound, UnusableModel
from matcher.model.pointer import (
    KEPT_PROMOTIONS,
    Pointer,
    Promotion,
    checked_reason,
    pointer_file,
    read_pointer,
    taken_back,
)

FIRST = Promotion("v1", "2026-03-01T03:00:00+00:00", "wei@north", "第一个版本", forced=True)
SECOND = Promotion("v2", "2026-03-08T03:00:00+00:00", "wei@north")


def test_a_pointer_comes_back_from_its_file():
    pointer = Pointer().promoted(FIRST).promoted(SECOND)

    assert read_pointer(pointer_file(pointer)) == Pointer("v2", ("v1",), (SECOND, FIRST))


def test_where_there_is_no_file_nothing_was_live():
    assert read_pointer(None) == Pointer(None, (), ())


def test_a_file_from_before_there_was_a_log_is_read():
    assert read_pointer(b'{"version": "v2", "previous": ["v1"]}') == Pointer("v2", ("v1",))


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'{"version": "v1"}', b'{"version": 5, "previous": []}', b"\xff"],
)
def test_a_damaged_file_is_refused_with_the_remedy(damage: bytes):
    with pytest.raises(UnusableModel, match=r"live\.json is damaged; `bole models promote VERSION`"):
        read_pointer(damage)


@pytest.mark.parametrize("log", [5, {}, ["v1", {"version": "v1"}, {"version": 1, "at": "", "by": ""}]])
def test_what_is_no_promotion_in_the_log_is_left_out(log: object):
    content = json.dumps({"version": "v1", "previous": [], "promotions": log})

    assert read_pointer(content.encode()) == Pointer("v1")


def test_promoting_what_is_live_changes_nothing():
    assert Pointer().promoted(FIRST).promoted(FIRST) == Pointer("v1", (), (FIRST,))


def test_a_rollback_is_logged_and_its_version_is_no_more_to_be_rolled_back_to():
    pointer = Pointer().promoted(FIRST).promoted(SECOND).rolled_back(at="later", by="lin")

    assert (pointer.version, pointer.previous) == ("v1", ())
    assert pointer.promotions[0] == Promotion("v1", "later", "lin", "rolled back from v2")
    assert pointer.served() == ["v1", "v2"]


def test_there_is_nothing_to_roll_back_to_before_a_second_version():
    with pytest.raises(NotFound, match="no earlier live model"):
        Pointer().promoted(FIRST).rolled_back(at="", by="")


def test_only_the_last_promotions_are_remembered():
    pointer = Pointer()
    for number in range(KEPT_PROMOTIONS + 5):
        pointer = pointer.promoted(Promotion(f"v{number}", "", ""))

    assert len(pointer.promotions) == KEPT_PROMOTIONS
    assert pointer.promotions[0].version == pointer.version == f"v{KEPT_PROMOTIONS + 4}"
    assert "v0" in pointer.served()


def test_versions_that_are_gone_are_no_more_to_be_rolled_back_to():
    assert Pointer("c", ("b", "a", "b")).without({"b"}) == Pointer("c", ("a",))


def test_a_reason_is_one_line_and_not_endless():
    assert checked_reason(" the data\n were late ", needed=True) == "the data were late"
    assert checked_reason("", needed=False) == ""
    assert len(checked_reason("x" * 500, needed=True)) == 500
    with pytest.raises(InvalidInput, match="at most 500"):
        checked_reason("x" * 501, needed=False)
    with pytest.raises(InvalidInput, match="must say why"):
        checked_reason("\t", needed=True)


def test_a_version_that_was_rolled_back_is_taken_back_until_somebody_promotes_it():
    pointer = Pointer().promoted(FIRST).promoted(SECOND).rolled_back(at="2026-03-09", by="li@north")
    back = taken_back("v2", pointer.promotions)

    assert back is not None
    assert (back.by, back.at) == ("li@north", "2026-03-09")
    assert taken_back("v1", pointer.promotions) is None
    assert taken_back("v3", pointer.promotions) is None
    assert taken_back("v2", pointer.promoted(SECOND).promotions) is None
