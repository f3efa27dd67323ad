import pytest

from matcher.encoding.parts import MOST, PART, parts_of

SENTENCE = "A laser cuts steel plates. "


@pytest.mark.parametrize("text", ["", "  \n", "A laser cuts steel.", "激光切割钢板。" * 5])
def test_a_short_or_blank_text_has_no_parts_of_its_own(text: str):
    assert parts_of(text) == []


def test_parts_hold_whole_sentences_and_nothing_is_lost():
    parts = parts_of(SENTENCE * 40)

    assert len(parts) > 1
    assert all(part.endswith("plates.") and len(part) <= PART for part in parts)
    assert " ".join(parts) == (SENTENCE * 40).strip().lower()


def test_chinese_sentences_and_lines_end_parts_too():
    sentences, lines = parts_of("激光切割钢板。" * 40), parts_of("激光切割钢板\n" * 40)

    assert len(sentences) > 1
    assert len(lines) > 1
    assert all(part.endswith("。") for part in sentences)


def test_a_long_text_without_sentences_is_one_part():
    assert parts_of("laser " * 200) == [("laser " * 200).strip()]


def test_a_very_long_text_has_longer_parts_and_not_ever_more():
    assert MOST <= len(parts_of(SENTENCE * 2000)) <= MOST + 2


def test_traditional_and_simplified_have_the_same_parts():
    assert parts_of("醫療機器人。" * 40) == parts_of("医疗机器人。" * 40)


def test_a_point_inside_a_number_ends_no_part():
    assert all(part.endswith("mm.") for part in parts_of("It is 3.5 mm. " * 60))
