import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UnreadableFile
from matcher.text.decode import Decoded, decode

SIMPLIFIED = [
    "企业名称",
    "所属行业",
    "融资阶段",
    "重庆",
    "天使轮",
    "做半导体检测设备的团队",
    "量隐科技",
    "青禾医疗",
]
TRADITIONAL = [
    "企業名稱",
    "所屬行業",
    "融資階段",
    "重慶",
    "天使輪",
    "做半導體檢測設備的團隊",
    "量隱科技",
    "青禾醫療",
]
LATIN = ["A", "Pre-A", "SaaS", "2024-05-01", "500", ""]

tables = {
    script: st.lists(
        st.lists(st.sampled_from(cells + LATIN), min_size=1, max_size=4), min_size=1, max_size=6
    ).map(lambda rows: "\n".join(",".join(row) for row in rows))
    for script, cells in (("simplified", SIMPLIFIED), ("traditional", TRADITIONAL))
}


@given(tables["simplified"], st.sampled_from(["utf-8", "gb18030"]))
def test_a_simplified_table_comes_back_whatever_its_encoding(table: str, encoding: str) -> None:
    assert decode(table.encode(encoding)).text == table


@given(tables["traditional"], st.sampled_from(["utf-8", "big5", "gb18030"]))
def test_a_traditional_table_comes_back_whatever_its_encoding(table: str, encoding: str) -> None:
    assert decode(table.encode(encoding)).text == table


@given(tables["simplified"].map(lambda table: table + "\n"), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_unmarked_utf_16_is_told_by_its_line_ends(table: str, encoding: str) -> None:
    assert decode(table.encode(encoding)) == Decoded(table, "utf-16")


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffd"), max_size=30)
)
def test_marked_text_comes_back_to_the_letter(text: str) -> None:
    table = f"名称,地区\n量隐科技,重庆市渝北区\n青禾医疗,浙江省杭州市\n{text}\n"
    for encoding, name in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-32", "utf-32")):
        assert decode(table.encode(encoding)) == Decoded(table, name)


@pytest.mark.parametrize(
    ("cell", "encoding"), [("重庆", "gb18030"), ("深圳", "gb18030"), ("重慶", "big5"), ("融資", "big5")]
)
def test_two_characters_are_enough_to_tell_the_encoding(cell: str, encoding: str) -> None:
    assert decode(cell.encode(encoding)) == Decoded(cell, encoding)


def test_the_characters_of_hong_kong_are_big5_too() -> None:
    assert decode("深水埗的團隊".encode("big5hkscs")) == Decoded("深水埗的團隊", "big5")


def test_no_bytes_are_an_empty_text() -> None:
    assert decode(b"") == Decoded("", "utf-8")


def test_western_accents_are_read_too() -> None:
    text = "Café Zoé,Générale\nÜberraschung,Niño\n"
    assert decode(text.encode("cp1252")) == Decoded(text, "windows-1252")


def test_utf8_that_was_read_as_latin_and_saved_again_is_mended() -> None:
    twice = "深圳,天使轮\n".encode().decode("latin-1").encode()
    assert decode(twice).text == "深圳,天使轮\n"


def test_utf8_that_was_read_as_gbk_and_saved_again_is_mended() -> None:
    twice = "重庆青禾".encode().decode("gb18030").encode()
    assert decode(twice).text == "重庆青禾"


def test_one_broken_place_is_counted_and_costs_nothing_else() -> None:
    data = "量隐科技,深圳,天使轮\n".encode() * 30 + b"\xff\n"
    assert decode(data) == Decoded("量隐科技,深圳,天使轮\n" * 30 + "\ufffd\n", "utf-8", damaged=1)


def test_a_replacement_character_of_the_file_itself_is_no_damage() -> None:
    assert decode("深\ufffd".encode()) == Decoded("深\ufffd", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(1).randbytes(200),
        random.Random(2).randbytes(5000),
        random.Random(3).randbytes(5000).replace(b"\0", b""),
        b"\0" * 100,
        b"\x01\x02\x03name",
        b"name,region\nx\0y\n",
    ],
)
def test_binary_data_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="save it as"):
        decode(data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_ten_megabytes_take_less_than_a_second(encoding: str) -> None:
    row = "青禾,重慶,天使,做人工智能的公司\n"
    data = row.encode(encoding) if encoding != "utf-16" else row.encode("utf-16-le")
    whole = data * (10_000_000 // len(data))
    started = time.perf_counter()
    assert decode(whole).text[: len(row)] == row
    assert time.perf_counter() - started < 1.0


def test_an_encoding_is_told_by_what_comes_after_pages_of_ascii() -> None:
    text = "id,name\n" + "1,plain\n" * 20_000 + "2,重庆青禾\n"
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")
