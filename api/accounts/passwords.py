"""Passwords: which are refused, how they are hashed and checked.

After NIST SP 800-63B: length counts and what is commonly chosen is refused; nobody is asked for capitals or
signs, nor to change a good password.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

import argon2
from argon2.exceptions import InvalidHashError, VerifyMismatchError

LEAST, MOST = 12, 256
FEWEST_CHARACTERS = 4
"""Different ones in a password: below, it is one key held down."""
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_LEET = str.maketrans("013457@$!", "oleastasi")
_HASHER = argon2.PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)
"""One hash takes 64 MiB: many who sign in at once must not take the machine's memory."""


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    UNREADABLE = "unreadable"
    PERSONAL = "personal"
    COMMON = "common"
    SIMPLE = "simple"
    BREACHED = "breached"


def weakness(password: str, about: Iterable[str] = (), *, breached: Container[str] = ()) -> Weakness | None:
    """Why the password is refused; None where it is good. `about` are the e-mail address, the name and the
    organisation of who takes it: neither of them is a password, nor with figures around it. `breached` are
    those that others lost."""
    plain = normalised(password)
    if any("\ud800" <= sign <= "\udfff" for sign in plain) or not plain.isprintable():
        return Weakness.UNREADABLE
    if not LEAST <= len(plain) <= MOST:
        return Weakness.SHORT if len(plain) < LEAST else Weakness.LONG
    if _is_personal(plain, about):
        return Weakness.PERSONAL
    if _is_simple(plain.casefold()):
        return Weakness.SIMPLE
    if _is_common(plain.casefold()):
        return Weakness.COMMON
    return Weakness.BREACHED if password in breached else None


def normalised(password: str) -> str:
    """The same password however a keyboard composed it (NFKC, as SP 800-63B recommends)."""
    return unicodedata.normalize("NFKC", password)


def hash_of(password: str) -> str:
    """The argon2id hash to keep, with its parameters in it (RFC 9106's second choice)."""
    with _AT_ONCE:
        return _HASHER.hash(normalised(password).encode("utf-8", "surrogatepass"))


def matches(password: str, hashed: str) -> bool:
    """Whether it is the password of the hash. It takes as long where there is no hash ("")."""
    given = normalised(password[: MOST + 1]).encode("utf-8", "surrogatepass")
    with _AT_ONCE:
        try:
            return _HASHER.verify(hashed or _nobodys_hash(), given) and bool(hashed)
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(hashed: str) -> bool:
    """Whether hashes are made with other parameters today."""
    return _HASHER.check_needs_rehash(hashed)


@cache
def _nobodys_hash() -> str:
    """A hash that is checked where there is none, so that an unknown address takes as long as a known one."""
    return _HASHER.hash("nobody's password")


def _is_personal(plain: str, about: Iterable[str]) -> bool:
    words = {_letters(part) for text in about for part in (text, *text.split("@"))}
    return _letters(plain) in words - {""}


def _letters(text: str) -> str:
    """The text without signs, and without figures at its ends."""
    return re.sub(r"^\d+|\d+$", "", re.sub(r"[\W_]", "", normalised(text).casefold()))


def _is_common(folded: str) -> bool:
    """Whether it is a common password, perhaps several times, or with figures and signs around it."""
    squeezed = re.sub(r"[\W_]", "", folded)
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    tries = {folded, squeezed, bare, bare.translate(_LEET), re.sub(r"\d", "", squeezed)}
    return bool((tries | {_repeated(each) for each in tries}) & _common())


@cache
def _common() -> frozenset[str]:
    text = (files("api.accounts") / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))


def _is_simple(folded: str) -> bool:
    """Whether it is a few keys repeated, or runs along the alphabet, the figures or the keyboard."""
    few = len(set(folded)) < FEWEST_CHARACTERS or len(_repeated(folded)) <= FEWEST_CHARACTERS
    return few or _steps_along_rows(folded) >= len(folded) - 3


def _repeated(text: str) -> str:
    """What the text repeats, the last time perhaps cut off; the text itself where it repeats nothing."""
    periods = range(1, len(text) * 2 // 3 + 1)
    return next((text[:period] for period in periods if text[period:] == text[:-period]), text)


def _steps_along_rows(folded: str) -> int:
    """How many neighbours in the text are neighbours in a row too, in either direction."""
    pairs = {row[i : i + 2] for row in _ROWS for i in range(len(row) - 1)} | {"90"}
    either = pairs | {pair[::-1] for pair in pairs}
    return sum(folded[i : i + 2] in either for i in range(len(folded) - 1))
