"""Several stages written as one: ranges, and later, any."""

import pytest

from matcher.taxonomy.stage_ranges import seeks_any, spanned

EARLY = ("angel", "pre-a", "a")


@pytest.mark.parametrize(
    "label", ["天使轮-A轮", "天使轮至A轮", "从天使轮到A轮", "天使~A", "angel to series A"]
)
def test_a_range_spans_what_lies_between_its_ends(label: str) -> None:
    assert spanned(label) == EARLY


@pytest.mark.parametrize("label", ["B轮及以后", "B轮以上", "Series B and later", "B轮及以后阶段"])
def test_and_later_spans_all_that_follows(label: str) -> None:
    found = spanned(label)
    assert found[:2] == ("b", "b-plus")
    assert {"c", "d", "pre-ipo"} < {*found}
    assert not {"a", "growth", "late"} & {*found}


def test_and_later_of_the_catalogue_is_a_range_too() -> None:
    assert spanned("C轮及以后")[:2] == ("c", "c-plus")
    assert "pre-ipo" in spanned("C轮+")


@pytest.mark.parametrize("label", ["A轮", "Pre-A轮", "A+轮", "A-1轮", "series-a", "乱写-A轮", "B轮-A轮", ""])
def test_one_stage_or_nonsense_is_no_range(label: str) -> None:
    assert spanned(label) == ()


@pytest.mark.parametrize("label", ["不限", "全部阶段", "各阶段", "阶段不限", "All stages", "any"])
def test_any_stage_is_no_limit(label: str) -> None:
    assert seeks_any(label)


@pytest.mark.parametrize("label", ["早期", "A轮", "全球", ""])
def test_a_stage_is_not_any(label: str) -> None:
    assert not seeks_any(label)
