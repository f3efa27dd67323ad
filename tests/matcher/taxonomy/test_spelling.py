"""Slips that are read as what was meant, and words that only look like slips."""

import pytest

from matcher.taxonomy import Node, Taxonomy, industries
from matcher.taxonomy.spelling import misspells, near_spellings
from matcher.taxonomy.taxonomy import folded


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("教玉", "教育"),  # sounds alike
        ("人工只能", "人工智能"),
        ("生物衣药", "生物医药"),
        ("企业福务", "企业服务"),
        ("融金", "金融"),  # changed places
        ("机器器人", "机器人"),  # typed twice
        ("智硬件", "智能硬件"),  # left out
        ("roobtics", "robotics"),
        ("roboticss", "robotics"),
        ("therapeutic", "therapeutics"),
        ("biotecnology", "biotechnology"),
        ("biotechmology", "biotechnology"),
    ],
)
def test_one_slip_of_the_hand_is_read_as_what_was_meant(written: str, right: str) -> None:
    assert misspells(written, right)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("实事", "时事"),  # words that sound alike
        ("iotechnology", "biotechnology"),  # another first letter
        ("安全硬件", "安全软件"),
        ("工业装备", "农业装备"),
        ("云商", "电商"),
        ("智能硬件云", "智能硬件"),  # something narrower
        ("a轮", "b轮"),
        ("shopping", "shipping"),
        ("baking", "banking"),
        ("medtech", "edtech"),
        ("hydrogel", "hydrogen"),
        ("b2ccommerce", "b2bcommerce"),
        ("3dprinting", "4dprinting"),
        ("printings", "printing"),
        ("", "ai"),
        ("教育", "教育"),
    ],
)
def test_a_word_of_its_own_is_no_slip_for_another(written: str, other: str) -> None:
    assert not misspells(written, other)


def test_near_spellings_come_in_the_order_of_the_catalogue() -> None:
    assert near_spellings("智能电", ["智能电网", "教育", "智能家电"]) == ["智能电网", "智能家电"]


def test_a_taxonomy_reads_a_slip_as_the_one_entry_it_may_mean() -> None:
    assert industries().meant("教玉") == industries().resolve("教育")
    assert industries().meant("教玉行业") == industries().resolve("教育")
    assert industries().meant("教育") == industries().resolve("教育")
    assert industries().meant("工艺美学") is None


def test_a_slip_that_may_mean_two_entries_means_none() -> None:
    grid, home = (Node(code=zh, zh=zh, en=en) for zh, en in (("智能电网", "Grid"), ("智能家电", "Home")))
    assert Taxonomy([grid, home]).meant("智能电") is None
    assert Taxonomy([grid]).meant("智能电") == "智能电网"


def test_no_name_of_an_industry_would_be_read_as_another_if_the_catalogue_did_not_have_it() -> None:
    names = {
        folded(industries().name(code, lang)): code for code in industries().codes for lang in ("zh", "en")
    }
    wrong = [(name, near) for name in names for near in near_spellings(name, names)]
    assert [(name, near) for name, near in wrong if not _related(names[name], names[near])] == []


def _related(one: str, other: str) -> bool:
    return one in industries().ancestors(other) or other in industries().ancestors(one)
