"""Sentences of our own, damaged as a careless page damages them: see `damaged`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text.comparable import comparable
from matcher.text.pinyin import without_pinyin

READINGS = {
    "創": "chuàng",
    "貸": "dài",
    "導": "dǎo",
    "國": "guó",
    "堅": "jiān",
    "獎": "jiǎng",
    "際": "jì",
    "請": "qǐng",
}
READINGS |= {"驅": "qū", "師": "shī", "現": "xiàn", "驗": "yàn", "業": "yè", "與": "yǔ", "專": "zhuān"}
"""In the order in which such a page replaces them: that of the alphabet."""


def damaged(sentence: str) -> str:
    """What such a page shows: the reading behind each byte pair that it knows, wherever that stands."""
    data = sentence.encode("gbk")
    for character, reading in READINGS.items():
        pair = character.encode("gbk")
        data = data.replace(pair, pair + f"({reading})".encode("gbk"))
    return shown(data)


def shown(data: bytes) -> str:
    """GBK as a browser shows it: a torn byte and the ASCII after it are one "?", two torn bytes vanish."""
    if not data:
        return ""
    if data[0] < 0x80:
        return chr(data[0]) + shown(data[1:])
    torn = len(data) == 1 or data[1] < 0x40
    return ("?" if torn else data[:2].decode("gbk", errors="ignore")) + shown(data[2:])


def test_the_damage_is_that_of_the_examples() -> None:
    assert damaged("要創業") == "要?jiǎng)?chuàng)業(yè)"
    assert damaged("向專業") == "向?qū)I(yè)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("國(guó)際(jì)化團(tuán)隊(duì)", "国际化团队"),
        ("綠(lǜ)色材料", "绿色材料"),
        ("我們(men)的個(gè)體(tǐ)", "我们的个体"),
        ("導 (dǎo)師(shī)", "导师"),
        ("導（dǎo）師（shī）", "导师"),
        ("要?jiǎng)?chuàng)業(yè)", "要创业"),
        ("夠?yàn)閯?chuàng)業(yè)", "够为创业"),
        ("向?qū)I(yè)導(dǎo)師(shī)", "向专业导师"),
        ("路演結(jié)束?,F(xiàn)場(chǎng)簽(qiān)約(yuē)", "路演结束。现场签约"),
        ("甲?xyz)乙", "甲?xyz)乙"),
        ("甲?qū)乙", "甲乙"),
    ],
)
def test_noise_goes_and_torn_characters_come_back(before: str, after: str) -> None:
    assert comparable(before) == after


@pytest.mark.parametrize(
    "sentence",
    ["我們要創業", "面向專業導師", "能夠為創業者貸款", "按照堅持", "服務與國際創業導師", "新向專向導師"],
)
def test_a_sentence_that_such_a_page_damaged_reads_as_before(sentence: str) -> None:
    assert damaged(sentence) != sentence
    assert comparable(damaged(sentence)) == comparable(sentence)


@given(st.text(alphabet="專業創新要夠為向導師請堅持現。國際", max_size=12))
def test_whatever_was_torn_no_reading_is_left(sentence: str) -> None:
    assert not set("āáǎàēéěèīíǐìōóǒòūúǔù()") & set(without_pinyin(damaged(sentence)))


@pytest.mark.parametrize(
    "text", ["AI(人工智能)", "李(li)", "Café (é)", "重庆(Chóngqìng)", "什么?(见下)", "no brackets"]
)
def test_other_brackets_stay_as_they_are(text: str) -> None:
    assert without_pinyin(text) == text
