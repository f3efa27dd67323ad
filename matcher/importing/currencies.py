"""Currencies by sign, code and name, as ISO 4217 codes."""

import re

from matcher.errors import InvalidInput
from matcher.importing.rules import Rule
from matcher.importing.words import by_word, load
from matcher.text.comparable import comparable

_CODES = by_word(load("words")["currencies"]) | {"$": "USD"}
_PATTERN = re.compile("|".join(re.escape(word) for word in sorted(_CODES, key=len, reverse=True)))
_YUAN = re.compile("元|圆|块钱?")


def take_currency(text: str) -> tuple[str, str]:
    """The text (already comparable) without its currency, and the code ("" where it names none).

    A bare 元 counts as CNY only where nothing else is named (美元, 元/USD).

    Raises:
        InvalidInput: two currencies in one text.
    """
    found = {_CODES[word] for word in _PATTERN.findall(text)}
    if len(found) > 1:
        raise InvalidInput("", text, Rule.CURRENCY_CLASH, " / ".join(sorted(found)))
    rest = _PATTERN.sub(" ", text)
    bare, yuan = _YUAN.subn(" ", rest)
    return bare, next(iter(found), "CNY" if yuan else "")


def currency(text: str) -> str:
    """The ISO code of a currency's name, sign or code; any three Latin letters stand for themselves.

    Raises:
        InvalidInput: anything else.
    """
    written = comparable(text)
    if re.fullmatch("[a-z]{3}", written):
        return _CODES.get(written, written.upper())
    rest, code = take_currency(written)
    if not code or rest.strip(" ()/,;"):
        raise InvalidInput("", text, Rule.CURRENCY, "CNY")
    return code
