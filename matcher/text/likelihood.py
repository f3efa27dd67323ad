"""How unlikely a piece of text is: what tells a right reading of bytes from a wrong one.

A character's cost is the logarithm of its Zipf rank. A thousand characters make most of any Chinese text,
so a table of a few cells is enough, where general detectors need a page (and guess Korean or Cyrillic).
"""

import functools
import json
import math
import unicodedata
from collections import Counter
from importlib import resources

_OFFSET = 10
_PUNCTUATION = "，。、；：（）《》〈〉“”‘’？！【】「」『』—…·％－"
_WESTERN = "éèêëàâäáçñöôóòüûúùïîíßåøæÉÄÖÜ–—‘’“”€£°·"
_BROKEN = 10**7
"""Rank of what nobody writes: control characters, private use, unassigned, U+FFFD."""


def cost(text: str) -> float:
    """Minus the log likelihood of the text in nats: the lower, the likelier. "" costs 0."""
    return sum(count * character_cost(character) for character, count in Counter(text).items())


def mean_cost(text: str) -> float:
    """Cost of a character on average, 0 for "": Chinese and English text have 4 to 8, binary data over 10."""
    return cost(text) / len(text) if text else 0.0


@functools.lru_cache(maxsize=1 << 16)
def character_cost(character: str) -> float:
    """The character's cost in nats: 4 (a letter, 的) to 18 (what nobody writes)."""
    return math.log(_rank(character) + _OFFSET) + math.log(_OFFSET)


def _rank(character: str) -> int:
    if character in _common():
        return _common()[character]
    if "\u3400" <= character <= "\u9fff":
        return min(_level(character, "gb2312", 0xD8), _level(character, "big5", 0xC9))
    if "！" <= character <= "～":
        return 800
    return _BROKEN if unicodedata.category(character)[0] == "C" else 30_000


def _level(character: str, standard: str, second_level: int) -> int:
    """Rank by the level at which a standard lists the character: both list the frequent ones first."""
    encoded = character.encode(standard, errors="ignore")
    if not encoded:
        return 40_000
    return 3_000 if encoded[0] < second_level else 12_000


@functools.cache
def _common() -> dict[str, int]:
    """Rank of the frequent characters: ASCII, punctuation and the common ones of both scripts."""
    source = resources.files(__package__).joinpath("data/characters.json")
    scripts = json.loads(source.read_text(encoding="utf-8"))
    han = {c: rank for script in ("traditional", "simplified") for rank, c in enumerate(scripts[script])}
    ascii_text = {chr(code): 5 for code in range(32, 127)} | dict.fromkeys("\t\r\n", 5)
    return han | ascii_text | dict.fromkeys(_PUNCTUATION, 20) | dict.fromkeys(_WESTERN, 60)
