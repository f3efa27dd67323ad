"""The words that cells and headers use, read from data/*.json."""

import functools
import json
from importlib import resources
from typing import Any


@functools.cache
def load(name: str) -> dict[str, Any]:
    """The content of data/<name>.json: lists of words by what they stand for. Not to be written into."""
    loaded: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("data", f"{name}.json").read_text("utf-8")
    )
    return loaded


def by_word(meanings: dict[str, list[str]]) -> dict[str, str]:
    """Each word's meaning."""
    return {word: meaning for meaning, words in meanings.items() for word in words}
