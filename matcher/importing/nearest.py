"""What a wrong word was probably meant to be."""

from collections.abc import Collection, Mapping

from rapidfuzz import fuzz, process

ALIKE = 70.0


def nearest(word: str, words: Collection[str] | Mapping[str, str]) -> str:
    """The most alike of `words` ("" where none is near); of a mapping, the key of the likest value."""
    choices = words if isinstance(words, Mapping) else {known: known for known in words}
    found = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(found[2]) if found else ""
