"""What is dear to find, kept until what it was found from has changed."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from flask import current_app

Found = TypeVar("Found")

MOST_KEPT = 200
"""Questions whose answer is kept; beyond that all are forgotten."""


class Kept(Generic[Found]):
    """The last answer to each question. Each application has its own, under the given name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def found(
        self,
        question: Hashable,
        mark: Hashable,
        find: Callable[[], Found],
        *,
        again: Callable[[], object] = lambda: None,
    ) -> Found:
        """The answer at a mark (a revision, read before): the kept one after `again`, or what `find` finds.

        The question names the organisation whose answer it is.
        """
        kept: dict[Hashable, tuple[Hashable, Found]] = current_app.extensions.setdefault(self._name, {})
        last = kept.get(question)
        if last is not None and last[0] == mark:
            again()
            return last[1]
        answer = find()
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[question] = (mark, answer)
        return answer
