"""What is dear to find, kept until what it was found from has changed."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from flask import current_app

Found = TypeVar("Found")

MOST_KEPT = 200
"""Organisations whose answer is kept; beyond that all are forgotten."""


class Kept(Generic[Found]):
    """The last answer for each organisation. Each application has its own, under the given name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def found(self, organisation: str, mark: Hashable, find: Callable[[], Found]) -> Found:
        """The answer at a mark (a revision, read before): the kept one, or what `find` finds."""
        kept: dict[str, tuple[Hashable, Found]] = current_app.extensions.setdefault(self._name, {})
        last = kept.get(organisation)
        if last is not None and last[0] == mark:
            return last[1]
        answer = find()
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[organisation] = (mark, answer)
        return answer
