"""How Chinese names sound: the letters that people type for them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

LONGEST = 60
"""So many characters of a name are spelt; nobody types more."""
STARTS = 10
"""So many places of a name, from its first, at which somebody may begin to type."""
_LONGEST_WORD = 4
_HAN = re.compile("[\u3400-\u9fff]")
_PARTS = re.compile("([\u3400-\u9fff]+)")
_NO_LETTER = re.compile(r"[\W_]+")


def initials(name: str) -> str:
    """The first letter of each syllable of a comparable name: 青松科技 → qskj; "" without Chinese.

    Latin letters and figures stand for themselves (ai青松 → aiqs).
    """
    return "".join(syllable if plain else syllable[:1] for syllable, plain in _syllables(name[:LONGEST]))


def spelt(name: str) -> tuple[str, ...]:
    """The pinyin of a comparable name from each of its first syllables on: 青松 → qingsong, song.

    So that what is typed may begin anywhere, and yet "ai" does not find every "kai"; () without Chinese.
    """
    syllables = [syllable for syllable, _ in _syllables(name[:LONGEST])]
    return tuple("".join(syllables[place:]) for place in range(min(len(syllables), STARTS)))


@lru_cache(maxsize=4_096)
def _syllables(name: str) -> Sequence[tuple[str, bool]]:
    """Each syllable of Chinese, and each stretch of other letters and figures (True), without marks."""
    if not _HAN.search(name):
        return ()
    found: list[tuple[str, bool]] = []
    for part in _PARTS.split(name):
        if _HAN.match(part):
            found += [(syllable, False) for syllable in _read(part)]
        elif letters := _NO_LETTER.sub("", part):
            found.append((letters, True))
    return tuple(found)


def _read(text: str) -> Iterator[str]:
    """The readings of Chinese characters; in words that say otherwise than their characters (重庆, 银行)
    those of the word, the longest first."""
    words, place = _words(), 0
    while place < len(text):
        ends = range(min(place + _LONGEST_WORD, len(text)), place + 1, -1)
        word = next((readings for end in ends if (readings := words.get(text[place:end]))), None)
        if word is None:
            yield from filter(None, (_reading(text[place]),))
            place += 1
        else:
            yield from word
            place += len(word)


@lru_cache(maxsize=32_768)
def _reading(character: str) -> str:
    """The usual reading of a character, "" where none is known."""
    return _toneless(_characters().get(ord(character), "").partition(",")[0])


@cache
def _characters() -> Mapping[int, str]:
    # read when a first name is spelt: it takes a tenth of a second
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """The words of up to four characters of which one is read otherwise than alone."""
    from pypinyin.phrases_dict import phrases_dict

    short = ((word, said) for word, said in phrases_dict.items() if len(word) <= _LONGEST_WORD == 4)
    read = ((word, tuple(_toneless(readings[0]) for readings in said)) for word, said in short)
    told = ((word, said) for word, said in read if len(said) == len(word))
    return {word: said for word, said in told if said != tuple(map(_reading, word))}


@lru_cache(maxsize=4_096)
def _toneless(reading: str) -> str:
    """lǜ → lv, as people type it."""
    plain = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǜ", "v").replace("ǚ", "v"))
    return re.sub("[^a-z]", "", plain)
