"""Who meets whom: the pairs that a signal is computed for, and how the two sides' rows are laid out for them.

A pair's value is the same to the last bit in either way of meeting: sums run over the same entries in the
same order.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.products import products
from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Everybody:
    """Every startup meets every partner: values are of shape [startups, partners]."""

    def startups(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Values [..., startups] of one side, to be broadcast over the pairs."""
        return values[..., :, None]

    def partners(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Values [..., partners] of the other."""
        return values[..., None, :]

    def products(self, startups: sp.csr_matrix, partners: Float32 | sp.csr_matrix) -> Float32:
        """Inner products of sparse rows with sparse or dense ones."""
        return products(startups, partners)

    def layered(self, startups: sp.csr_matrix, partners: Float32 | sp.csr_matrix, kinds: int) -> Float32:
        """The same of startups' rows in so many layers (see `products.layers`), [kinds, ...]."""
        shape = (kinds, startups.shape[0] // kinds, partners.shape[0])
        return products(startups, partners).reshape(shape)

    def gathered(self, startups: Float32, partners: sp.csr_matrix) -> Float32:
        """Inner products of dense rows [..., startups, d] with sparse ones."""
        *above, width = startups.shape
        found = partners @ startups.reshape(math.prod(above), width).T
        return np.asarray(found.T).reshape(*above, partners.shape[0])

    def dots(self, startups: Float32, partners: Float32) -> Float32:
        """Inner products of dense rows, pair by pair (see the package's docstring)."""
        return np.asarray(np.linalg.vecdot(startups[:, None, :], partners[None, :, :]))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some pairs meet: values are of shape [pairs].

    Pair i is of the startup in row `of_startup[i]` with the partner in row `of_partner[i]`. Those of one
    asker, startup or partner, stand in a row: asker i has the pairs ends[i]…ends[i+1].
    """

    of_startup: Rows
    of_partner: Rows
    ends: Rows

    def startups(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """See `Everybody.startups`."""
        return np.asarray(values[..., self.of_startup])

    def partners(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """See `Everybody.partners`."""
        return np.asarray(values[..., self.of_partner])

    def products(self, startups: sp.csr_matrix, partners: Float32 | sp.csr_matrix) -> Float32:
        """See `Everybody.products`."""
        [found] = self.layered(startups, partners, 1)
        return np.asarray(found)

    def layered(self, startups: sp.csr_matrix, partners: Float32 | sp.csr_matrix, kinds: int) -> Float32:
        """See `Everybody.layered`."""
        if isinstance(partners, np.ndarray):
            return self._with_dense(startups, partners, kinds)
        mine, theirs = _narrowed(startups, partners)
        each = mine.toarray().reshape(kinds, mine.shape[0] // kinds, mine.shape[1])
        return self.gathered(each, theirs)

    def gathered(self, startups: Float32, partners: sp.csr_matrix) -> Float32:
        """See `Everybody.gathered`. Each pair reads that part of one long vector which is its startup's."""
        rows = partners[self.of_partner]
        *above, many, width = startups.shape
        first = np.repeat(self.of_startup * width, np.diff(rows.indptr))
        long = sp.csr_matrix((rows.data, first + rows.indices, rows.indptr), (rows.shape[0], many * width))
        found = long @ startups.reshape(math.prod(above), many * width).T
        return np.asarray(found.T).reshape(*above, rows.shape[0])

    def dots(self, startups: Float32, partners: Float32) -> Float32:
        """See `Everybody.dots`."""
        return self.by_asker(lambda some, others: EVERYBODY.dots(startups[some], partners[others]))

    def by_asker(self, values: Callable[[Rows, Rows], Float32]) -> Float32:
        """Values asker by asker: of each with all of its own, as when everybody meets."""
        out = np.empty(len(self.of_startup), dtype=np.float32)
        for own, startups, partners in self._askers():
            out[own] = values(startups, partners).ravel()
        return out

    def _askers(self) -> Iterator[tuple[slice, Rows, Rows]]:
        """Each asker's pairs, their startups and their partners: one of either is the asker, named once."""
        for first, end in zip(self.ends[:-1].tolist(), self.ends[1:].tolist(), strict=True):
            startups, partners = self.of_startup[first:end], self.of_partner[first:end]
            if (startups == startups[:1]).all():
                yield slice(first, end), startups[:1], partners
            else:
                yield slice(first, end), startups, partners[:1]

    def _with_dense(self, startups: sp.csr_matrix, partners: Float32, kinds: int) -> Float32:
        """One entry of every startup's row at a time, as in `products`."""
        starts = np.arange(kinds) * (startups.shape[0] // kinds)
        rows, others = (starts[:, None] + self.of_startup).ravel(), np.tile(self.of_partner, kinds)
        first, lengths = startups.indptr[rows], np.diff(startups.indptr)[rows]
        sums = np.zeros(len(rows), dtype=np.float32)
        for place in range(int(lengths.max(initial=0))):
            pairs = np.flatnonzero(lengths > place)
            entries = first[pairs] + place
            sums[pairs] += startups.data[entries] * partners[others[pairs], startups.indices[entries]]
        return sums.reshape(kinds, len(self.of_startup))


Meeting = Everybody | Chosen
EVERYBODY = Everybody()


def _narrowed(startups: sp.csr_matrix, partners: sp.csr_matrix) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Both over those columns alone that any startup has: the others add nothing to a product."""
    used = np.zeros(startups.shape[1], dtype=bool)
    used[startups.indices] = True
    place = np.cumsum(used) - 1
    kept = used[partners.indices]
    ends = np.append(0, np.cumsum(kept))[partners.indptr]
    width = int(used.sum())
    return (
        sp.csr_matrix((startups.data, place[startups.indices], startups.indptr), (startups.shape[0], width)),
        sp.csr_matrix((partners.data[kept], place[partners.indices[kept]], ends), (partners.shape[0], width)),
    )
