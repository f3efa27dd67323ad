"""Characters that sound alike."""

import pytest

from matcher.text.homophones import homophones, sound_alike


@pytest.mark.parametrize(
    ("one", "other"), [("医", "衣"), ("育", "玉"), ("智", "只"), ("绿", "旅"), ("啊", "阿")]
)
def test_characters_sound_alike_whatever_their_tones(one: str, other: str) -> None:
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("医", "药"), ("路", "旅"), ("能", "龙")])
def test_characters_of_other_syllables_do_not(one: str, other: str) -> None:
    assert not sound_alike(one, other)


@pytest.mark.parametrize("rare", ["x", "醫", "龘", "!", "　", ""])
def test_a_rare_character_sounds_like_nothing(rare: str) -> None:
    assert homophones(rare) == ""


def test_every_common_character_sounds_like_itself() -> None:
    common = bytes(range(0xA1, 0xFF))
    for lead in range(0xB0, 0xD7):
        for trail in common:
            character = bytes((lead, trail)).decode("gb2312")
            assert character in homophones(character)
