"""A long text in parts: with a vector for each, no topic of a long profile drowns in the average of all."""

import re

from matcher.text.comparable import comparable

PART = 400
"""About how many bytes of UTF-8 a part has: three or four English sentences, or 130 Chinese characters."""
MOST = 16
"""A text has about so many parts at most: those of a longer one are longer."""

_SENTENCE_END = re.compile(r"(?<=[.!?;] )|(?<=[。！？；])")


def parts_of(text: str) -> list[str]:
    """The parts of a long text, in order and in their comparable form; none where it is short or blank.

    Parts end where sentences or lines do. A long text without either has one part: itself.
    """
    if _size(text) <= PART:
        return []
    lines = [comparable(line) + " " for line in text.splitlines()]
    sentences = [sentence for line in lines for sentence in _SENTENCE_END.split(line) if sentence.strip()]
    return _packed(sentences, max(PART, sum(map(_size, sentences)) // MOST))


def _packed(sentences: list[str], size: int) -> list[str]:
    """Neighbouring sentences together, as many as fit into `size` bytes, one at least."""
    packed: list[list[str]] = []
    room = 0
    for sentence in sentences:
        if _size(sentence) > room:
            packed.append([])
            room = size
        packed[-1].append(sentence)
        room -= _size(sentence)
    return ["".join(part).strip() for part in packed]


def _size(text: str) -> int:
    return len(text.encode())
