import pytest

from matcher.text.sounds import initials, spelt


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("青松科技", "qskj"),
        ("重庆银行", "cqyh"),
        ("ai青松 2号", "aiqs2h"),
        ("blue kiln", ""),
        ("", ""),
        ("𠮷", ""),
    ],
)
def test_a_name_is_known_by_the_first_letters_of_its_syllables(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_is_spelt_from_each_of_its_syllables_on() -> None:
    assert spelt("青松科技") == ("qingsongkeji", "songkeji", "keji", "ji")
    assert spelt("blue kiln") == ()


def test_of_an_endless_name_only_the_beginning_is_spelt() -> None:
    assert len(initials("青" * 10_000)) == 60
    assert len(spelt("青" * 10_000)) == 10
