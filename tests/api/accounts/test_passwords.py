"""Which passwords are refused, and how they are hashed."""

import argon2
import pytest

from api.accounts.passwords import Weakness, hash_of, is_outdated, matches, weakness

ABOUT = ("wei.zhang@example.org", "张伟 Wei Zhang", "North Incubator")


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet herons",
        "a horse of another colour",
        "春江潮水连海平海上明月",
        "K7#pQ2!vX9$mL4",
        "我们的孵化器二〇一九年开业",
        "dkfjghqpwoeirut",
        "the password is in the drawer",
        "x" * 4 + "abcdefgh-1357-ijkl" + "y" * 230,
    ],
)
def test_a_long_uncommon_password_is_good_whatever_it_is_made_of(password: str):
    assert weakness(password.ljust(12, "月"), ABOUT) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.SHORT),
        ("elevenchars", Weakness.SHORT),
        ("x y" * 86, Weakness.LONG),
        ("seven quiet \ud800herons", Weakness.UNREADABLE),
        ("seven quiet\0herons", Weakness.UNREADABLE),
        ("wei.zhang@example.org", Weakness.PERSONAL),
        ("WeiZhang20240101", Weakness.PERSONAL),
        ("NorthIncubator1", Weakness.PERSONAL),
        ("north-incubator-2026", Weakness.PERSONAL),
        ("password1234", Weakness.COMMON),
        ("P@ssw0rd!2026", Weakness.COMMON),
        ("correct horse battery staple", Weakness.COMMON),
        ("passwordpassword", Weakness.COMMON),
        ("woaini1314520", Weakness.COMMON),
        ("WoAiNi5201314!", Weakness.COMMON),
        ("5201314520131", Weakness.COMMON),
        ("admin@12345678", Weakness.COMMON),
        ("qwertyuiop123", Weakness.SIMPLE),
        ("zhongguo888888", Weakness.COMMON),
        ("iloveyou123456", Weakness.COMMON),
        ("aaaaaaaaaaaaaa", Weakness.SIMPLE),
        ("abababababab", Weakness.SIMPLE),
        ("xyzxyzxyzxyzx", Weakness.SIMPLE),
        ("fghijklmnopqrs", Weakness.SIMPLE),
        ("zyxwvutsrqpon", Weakness.SIMPLE),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, why: Weakness):
    assert weakness(password, ABOUT) is why


def test_figures_alone_are_refused_where_they_run_on():
    for figures in ("123456789012", "098765432109", "111111111111", "123123123123"):
        assert weakness(figures) in {Weakness.COMMON, Weakness.SIMPLE}


@pytest.mark.usefixtures("usual_hashes")
def test_a_hash_is_argon2id_of_todays_parameters_and_never_the_same_twice():
    first, second = hash_of("seven quiet herons"), hash_of("seven quiet herons")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert not is_outdated(first)


def test_a_password_matches_its_own_hash_alone():
    hashed = hash_of("seven quiet herons")
    assert matches("seven quiet herons", hashed)
    assert not any(matches(each, hashed) for each in ("seven quiet heron", "", "x" * 10_000, "\ud800"))
    assert not matches("seven quiet herons", "")
    assert not matches("nobody's password", "")
    assert not matches("seven quiet herons", "no hash")


def test_a_password_is_the_same_however_a_keyboard_composes_it():
    assert matches("cafe\u0301 noir, ２ｘ", hash_of("caf\u00e9 noir, 2x"))


def test_a_hash_of_weaker_parameters_is_outdated():
    assert is_outdated(argon2.PasswordHasher(time_cost=1, memory_cost=1024).hash("x"))
