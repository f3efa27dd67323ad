"""What Bole says in the characters and words of Taiwan."""

import pytest

from matcher.text.simplified import simplified
from matcher.text.traditional import traditional


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("软件", "軟體"),
        ("适合的导师", "適合的導師"),
        ("投过 4 家企业", "投過 4 家企業"),
        ("已发布", "已發布"),
        ("LightFM", "LightFM"),
        ("", ""),
    ],
)
def test_characters_and_words_are_taiwans(said: str, written: str):
    assert traditional(said) == written


@pytest.mark.parametrize("said", ["企业", "需求", "融资阶段", "软件"])
def test_what_is_converted_reads_the_same_when_compared(said: str):
    assert simplified(traditional(said)) == said
