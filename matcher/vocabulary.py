"""The one place where outside ids (str) become rows (int) and back."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]


class Vocabulary:
    """An append-only, ordered set of terms: the n-th distinct term added has row n."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms: list[str] = []
        self._rows: dict[str, int] = {}
        self.extend(terms)

    def extend(self, terms: Iterable[str]) -> None:
        """Add the terms that are new, in the order given."""
        for term in terms:
            if term not in self._rows:
                self._rows[term] = len(self._terms)
                self._terms.append(term)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term: str) -> bool:
        return term in self._rows

    def row(self, term: str) -> int:
        """The row of a term.

        Raises:
            KeyError: the term is unknown; ask `in` first, or use `rows` with `unknown`.
        """
        return self._rows[term]

    def rows(self, terms: Iterable[str], *, unknown: int) -> Rows:
        """Row of each term (shape [n]); `unknown` stands for every term that is not here."""
        return np.fromiter((self._rows.get(term, unknown) for term in terms), dtype=np.intp)

    def known(self, terms: Iterable[str]) -> Rows:
        """Rows of those terms that are here, in their order; the others are left out."""
        return np.fromiter((self._rows[term] for term in terms if term in self._rows), dtype=np.intp)

    @property
    def terms(self) -> Sequence[str]:
        """Every term, by row."""
        return self._terms
