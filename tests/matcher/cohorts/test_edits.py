"""Edits by hand: what they need, what they come to, what is learnt from them, which firm a partner is of."""

import pytest

from matcher.cohorts.edits import Edit, EditKind
from matcher.cohorts.firms import firm_codes, firm_of
from matcher.cohorts.learning import preferences_of
from matcher.cohorts.wishes import wishes_of
from matcher.errors import InvalidInput
from tests.matcher.store.runs import edit, result
from tests.matcher.store.samples import NOW
from tests.matcher.worlds import mentor

RESULT = result(
    ("s1", "m1"), ("s2", "m9"), alternates=(("s1", "m2"), ("s1", "m3"), ("s1", "m4"), ("s2", "m5"))
)


@pytest.mark.parametrize(
    ("kind", "instead_of", "reason", "field"),
    [
        ("lock", "", " ", "reason"),
        ("swap", "", "why", "instead_of"),
        ("lock", "m2", "why", "instead_of"),
        ("swap", "m1", "why", "instead_of"),
    ],
)
def test_an_edit_says_whom_it_is_about_and_why(kind: str, instead_of: str, reason: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Edit(
            kind=EditKind(kind),
            startup_id="s1",
            partner_id="m1",
            instead_of=instead_of,
            reason=reason,
            by="wei",
            at=NOW,
        )
    assert caught.value.field == field


def test_the_last_word_on_a_pair_counts() -> None:
    wishes = wishes_of(
        [
            edit("lock", "s1", "m1"),
            edit("ban", "s2", "m1"),
            edit("ban", "s1", "m1"),
            edit("add", "s2", "m1"),
            edit("swap", "s3", "m2", "m3"),
        ]
    )
    assert wishes.wanted == {("s2", "m1"): "added", ("s3", "m2"): "swapped"}
    assert wishes.banned == {("s1", "m1"), ("s3", "m3")}


@pytest.mark.parametrize(
    ("kind", "partner", "instead_of", "learnt"),
    [
        ("swap", "m7", "m1", [("m7", "m1")]),
        ("ban", "m1", "", [("m2", "m1")]),  # the next one is to be had instead
        ("ban", "m3", "", []),  # it was not chosen anyway
        ("lock", "m1", "", [("m1", "m2")]),
        ("lock", "m3", "", [("m3", "m2")]),  # staff passed over the one above it
        ("add", "m2", "", []),  # the first anyway
        ("add", "m7", "", [("m7", "m2"), ("m7", "m3"), ("m7", "m4")]),
    ],
)
def test_an_edit_teaches_whom_staff_prefer(
    kind: str, partner: str, instead_of: str, learnt: list[tuple[str, str]]
) -> None:
    assert preferences_of(edit(kind, "s1", partner, instead_of), RESULT) == learnt


def test_before_anything_was_solved_only_a_swap_teaches_anything() -> None:
    assert preferences_of(edit("add", "s1", "m7"), None) == []
    assert preferences_of(edit("swap", "s1", "m7", "m1"), None) == [("m7", "m1")]


@pytest.mark.parametrize(
    ("tags", "firm"),
    [
        (("ai", "firm:Red Pine"), "red pine"),
        (("机构：红松资本",), "红松资本"),
        (("机构:紅松資本",), "红松资本"),
        (("Firm: Red Pine ", "firm:Other"), "red pine"),
        (("firmness",), ""),
        ((), ""),
    ],
)
def test_a_partner_is_of_the_firm_that_a_tag_names(tags: tuple[str, ...], firm: str) -> None:
    assert firm_of(mentor("m1", tags=tags)) == firm


def test_partners_share_a_firm_when_they_name_the_same() -> None:
    tags = [("firm:红松",), (), ("机构:紅松",), ("firm:Other",)]
    assert firm_codes([mentor(f"m{n}", tags=each) for n, each in enumerate(tags)]).tolist() == [0, -1, 0, 1]
