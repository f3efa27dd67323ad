"""How Chinese names sound: the letters that people type for them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

LONGEST = 60
"""So many characters of a name are spelt; nobody types more."""
STARTS = 10
"""So many places of a name, from its first, at which somebody may begin to type."""
_HAN = re.compile("[\u3400-\u9fff]+")


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
    for part in re.split("([\u3400-\u9fff]+)", name):
        if _HAN.fullmatch(part):
            spoken = lazy_pinyin(part, style=Style.NORMAL, errors="ignore", v_to_u=False)
            found += [(syllable, False) for syllable in spoken]
        elif letters := re.sub(r"[\W_]+", "", part):
            found.append((letters, True))
    return tuple(found)
