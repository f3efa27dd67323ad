"""Pinyin that a careless page writes after Traditional characters, and what it breaks.

Such pages look for GBK byte pairs and insert the reading behind them: 國(guó). A pair that straddles two
characters matches too; then the insertion tears the second one apart, and a decoder shows "?" for the
torn byte. 要 (D2AA) 創 (8493) holds AA84, which is 獎 jiǎng, and comes out as 要?jiǎng)?chuàng). A decoder
that is one byte off sees a comma (A3AC) in 。(A1A3) 現 (AC46): what remains is ?,F. Readings and the bytes
that survive say what stood there.
"""

import functools
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources

import rjieba

from matcher.text.simplified import simplified

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = f"[a-zü{_TONED}]{{1,6}}"
_HAN = "[\u3400-\u9fff]"
_NOTE = re.compile(rf"({_HAN})\s?\(({_SYLLABLE})\)")
_TORN = re.compile(rf"(\S)[?\ufffd]({_SYLLABLE})\)")
_TORN_LAST = re.compile(rf"[?\ufffd]({_SYLLABLE})\)")
_HALF_NOTED = re.compile(rf"([@-Z\[-~])\(({_SYLLABLE})\)")
_COMMA = re.compile(rf"[?\ufffd],([@-Z\[-~])\(({_SYLLABLE})\)")
_SUSPECT = re.compile(f"[a-zü{_TONED}][)）]")
_HALF_WIDTH = str.maketrans("（），？", "(),?")
_TO_FULL_WIDTH = 0xFEE0
_LONGEST_TORN = 9
"""Characters of a torn place. What stands further before a restored one has not changed."""
_COMMA_END = 0xAC
"""Second byte of GBK's full-width comma, and so the first byte of the character it was cut out of."""


def without_pinyin(text: str) -> str:
    """The text without bracketed readings, torn characters restored where bytes and readings tell them.

    Brackets that hold anything but the one-syllable reading of the character before them stay. A torn
    character that cannot be told is dropped with its reading. Where there is
    such noise, brackets, commas and question marks come out in half width.
    """
    if not _SUSPECT.search(text):
        return text
    text = text.translate(_HALF_WIDTH)
    text = _COMMA.sub(_comma_restored, text)
    behind = 0
    while torn := _next_torn(text, behind):
        text, behind = _torn_restored(text, torn), max(torn.start() - _LONGEST_TORN, 0)
    return _NOTE.sub(_note_dropped, text)


def _note_dropped(note: re.Match[str]) -> str:
    character, reading = note.groups()
    return character if is_reading(reading, character) else note.group()


def is_reading(reading: str, character: str) -> bool:
    """Whether a bracketed text is a reading: one syllable with its tone, or without but of this character."""
    plain = _toneless(reading)
    if plain == reading:
        return character in _toneless_readings().get(plain, "")
    return plain in _toneless_readings()


def _comma_restored(comma: re.Match[str]) -> str:
    character = _character(_COMMA_END, ord(comma.group(1)))
    return f"。{character}" if character in _readings().get(comma.group(2), "") else comma.group()


def _next_torn(text: str, behind: int) -> re.Match[str] | None:
    """The first torn place from a position on: a toned syllable that closes a bracket nobody opened."""
    return next((m for m in _TORN.finditer(text, behind) if m.group(2) in _readings()), None)


def _torn_restored(text: str, torn: re.Match[str]) -> str:
    before, reading = torn.groups()
    leads = [_pair(false)[1] for false in _readings()[reading] if _pair(false)[0] == _pair(before)[1]]
    for lead in leads:
        for restored, end in _continued(text, torn.end(), lead):
            return text[: torn.start()] + before + restored + text[end:]
    return text[: torn.start()] + before + text[torn.end() :]


def _continued(text: str, at: int, lead: int) -> Iterator[tuple[str, int]]:
    """Ways to read on from a torn character's first byte: (characters, position behind them)."""
    restored = ""
    while at < len(text):
        if last := _TORN_LAST.match(text, at):
            yield from ((restored + c, last.end()) for c in _with_lead(last.group(1), lead))
            return
        if noted := _HALF_NOTED.match(text, at):
            yield from ((restored + some, noted.end()) for some in _with_trail(lead, *noted.groups()))
            return
        first, second = _pair(text[at])
        character = _character(lead, first)
        if not character:
            return
        restored, lead = restored + character, second
        note = _NOTE.match(text, at)
        at = note.end() if note else at + 1


def _with_lead(reading: str, lead: int) -> list[str]:
    return [c for c in _readings().get(reading, "") if _pair(c)[0] == lead]


def _with_trail(lead: int, trail: str, reading: str) -> list[str]:
    """The character of a first byte and a last (an ASCII letter), else two without what was between."""
    whole = _character(lead, ord(trail))
    return [whole] if whole and whole in _readings().get(reading, "") else _lost_pairs(lead, trail, reading)


def _lost_pairs(lead: int, trail: str, reading: str) -> list[str]:
    """Two characters of which only the first byte and the last (an ASCII letter) survive, likeliest first.

    The two bytes between were dropped, so they are no GBK character.
    """
    seconds = [c for c in _readings().get(reading, "") if _pair(c)[1] == ord(trail)]
    pairs = [
        _character(lead, middle) + second
        for second in seconds
        for middle in range(0x80, 0xFF)
        if _character(lead, middle) and not _character(middle, _pair(second)[0])
    ]
    return sorted(pairs, key=lambda pair: len(rjieba.cut(simplified(pair), hmm=False)))


def _pair(character: str) -> tuple[int, int]:
    """The two GBK bytes of a character, of its full-width form for ASCII; (0, 0) where it has not two."""
    encoded = (chr(ord(character) + _TO_FULL_WIDTH) if "!" <= character <= "~" else character).encode(
        "gbk", "ignore"
    )
    return (encoded[0], encoded[1]) if len(encoded) == 2 else (0, 0)


def _character(first: int, second: int) -> str:
    """The GBK character of two bytes, "" where there is none."""
    decoded = bytes((first, second)).decode("gbk", errors="ignore")
    return decoded if len(decoded) == 1 and not decoded.isascii() else ""


@functools.cache
def _readings() -> dict[str, str]:
    """Reading with its tone mark → the characters that have it."""
    source = resources.files(__package__).joinpath("data/readings.json")
    characters: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))["characters"]
    return characters


@functools.cache
def _toneless_readings() -> dict[str, str]:
    """Reading without tone → the characters that have it."""
    characters: dict[str, str] = {}
    for reading, some in _readings().items():
        characters[_toneless(reading)] = characters.get(_toneless(reading), "") + some
    return characters


def _toneless(reading: str) -> str:
    """lǜ → lü."""
    marks = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0304\u030c]", "", marks))
