"""Misspelt labels: which word of a catalogue a label means whose writer slipped once.

A label is only read as another where it can hardly be a word of its own: what is right must never become
wrong. Chinese must fall apart into more words than the right spelling has (人工只能, 教玉; 实事 is a word,
and never read as 时事); a wrong character that does not sound alike must even stand alone (安全硬件 is no
slip for 安全软件). Latin words keep their first letter, which slips seldom (Pollock & Zamora 1984), and the
less a slip leaves of a word, the longer the word must be: shopping is not shipping. A character more is only
a slip where it repeats its neighbour: a longer word may be a narrower one.
"""

import re
from collections.abc import Iterable

import rjieba
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.text.homophones import sound_alike

_HAN = re.compile("[\u3400-\u9fff]")
_FIGURE = re.compile(r"\d")
"""B2B is no slip for B2C: labels with figures mean what they say."""
_SHORT_HAN = 3
"""Labels of so many characters and fewer lose too much with one."""
_SWAPPED_LATIN, _SHORTER_LATIN, _WRONG_LATIN = 6, 9, 10
"""How long a Latin word must be for two letters in each other's place, one missing, one wrong."""


def near_spellings(written: str, known: Iterable[str]) -> list[str]:
    """Those of the known (folded) labels that a folded label misspells, in the order of `known`."""
    near = process.extract(written, list(known), scorer=OSA.distance, score_cutoff=1, limit=None)
    return [right for right, _, _ in sorted(near, key=lambda found: found[2]) if misspells(written, right)]


def misspells(written: str, right: str) -> bool:
    """Whether a folded label is a folded known one with a single slip of the hand, and nothing else."""
    if OSA.distance(written, right) != 1 or _FIGURE.search(written + right):
        return False
    if _HAN.search(right):
        return _slips_han(written, right) and _broken(written, right)
    return not _HAN.search(written) and _slips_latin(written, right)


def _slips_han(written: str, right: str) -> bool:
    if len(written) != len(right):
        return _typed_twice(written, right) if len(written) > len(right) else len(right) > _SHORT_HAN
    wrong = [at for at, (a, b) in enumerate(zip(written, right, strict=True)) if a != b]
    if len(wrong) == 2 or sound_alike(written[wrong[0]], right[wrong[0]]):
        return True
    return len(right) > _SHORT_HAN and _alone(written, wrong[0])


def _slips_latin(written: str, right: str) -> bool:
    if written[:1] != right[:1]:
        return False
    if len(written) > len(right):
        return len(right) >= _SWAPPED_LATIN and _typed_twice(written, right)
    if len(written) < len(right):
        return len(right) >= _SHORTER_LATIN or (len(right) >= _SWAPPED_LATIN and right == f"{written}s")
    return len(right) >= (_SWAPPED_LATIN if sorted(written) == sorted(right) else _WRONG_LATIN)


def _typed_twice(written: str, right: str) -> bool:
    """Whether the one character more stands beside its equal."""
    return any(
        written[at] == written[at - 1] and written[:at] + written[at + 1 :] == right
        for at in range(1, len(written))
    )


def _broken(written: str, right: str) -> bool:
    """Whether the label falls apart into more words, or more single characters, than the right one."""
    pieces, whole = _words(written), _words(right)
    alone, meant = (sum(len(piece) == 1 for piece in words) for words in (pieces, whole))
    return len(pieces) > len(whole) or alone > meant


def _alone(written: str, at: int) -> bool:
    """Whether the character at a position is a word by itself."""
    end = 0
    for piece in _words(written):
        end += len(piece)
        if end > at:
            return len(piece) == 1
    return False


def _words(label: str) -> list[str]:
    words: list[str] = rjieba.cut(label, hmm=False)
    return words
