"""Exact inner-product search over rows, guarded: the only module that knows faiss.

One OpenMP thread: every web worker has one core, and a search before a fork would hang the children.
"""

from collections.abc import Sequence

import faiss
import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

SPARE = 32
"""So many rows more than wanted are found for each query of a batch: see `ExactIndex.search_many`."""
_FEW = 20
"""Up to so many queries faiss itself takes one by one."""
_ROUNDING = 2.0**-24


class ExactIndex:
    """Vectors of rows 0…n−1, searched exactly (faiss IndexFlatIP). Immutable after construction.

    Raises:
        ValueError: a vector holds NaN or infinity: faiss would rank it silently anywhere.
    """

    def __init__(self, vectors: Float32) -> None:
        _refuse_not_finite(vectors)
        faiss.omp_set_num_threads(1)
        self._index = _flat(vectors)
        self._longest = float(np.linalg.norm(vectors, axis=1).max(initial=0))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Float32, k: int, allowed: Mask) -> Rows:
        """Rows of the k largest inner products with `query` [d] among those `allowed` [n], best first.

        Fewer than k rows where fewer are allowed; none where none is.

        Raises:
            ValueError: the query holds NaN or infinity, or the mask is not of the index's length.
        """
        self._refuse_unusable(query, allowed)
        most = min(k, int(allowed.sum()))
        if most == 0:
            return np.zeros(0, dtype=np.intp)
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits) * 8, faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # faiss adds it on import
        _, rows = self._index.search(query[None, :].astype(np.float32), most, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.intp)

    def search_many(self, queries: Float32, k: int, allowed: Mask, without: Sequence[Rows]) -> list[Rows]:
        """For each of many `queries` [m, d] the very rows that `search` gives, in no order, but faster.

        All may find the rows `allowed` [n], each but its own of `without`. A batch is multiplied as matrices,
        which round otherwise than one query's products do. What lies so near the last place that rounding
        might decide is multiplied again as `search` does; where even that is a tie, `search` is asked.

        Raises:
            ValueError: as `search`.
        """
        self._refuse_unusable(queries, allowed)
        rows = np.flatnonzero(allowed)
        wanted = min(k + SPARE + max(map(len, without), default=0), len(rows))
        settled: list[Rows | None] = [None] * len(queries)
        if len(queries) > _FEW and wanted:
            values, places = self._among(rows).search(queries, wanted)
            found = zip(queries, values, rows[places], without, strict=True)
            settled = [self._settled(*one, k, complete=wanted == len(rows)) for one in found]
        return [
            self.search(query, k, _but(allowed, own)) if one is None else one
            for one, query, own in zip(settled, queries, without, strict=True)
        ]

    def _among(self, rows: Rows) -> faiss.IndexFlatIP:
        """An index of these rows alone: a batch's search cannot leave any out and be as fast."""
        return self._index if len(rows) == len(self) else _flat(self._index.reconstruct_batch(rows))

    def _settled(
        self, query: Float32, values: Float32, rows: Rows, own: Rows, k: int, *, complete: bool
    ) -> Rows | None:
        """The k rows of the largest products, None where that is not certain.

        `values` and `rows` are a batch's finding, best first, `complete` where nothing else is allowed.
        Where the two ways to multiply lie at most e apart, who is more than 2 e above the first that is left
        out is in, and who is more than 2 e below the last that is in is out.
        """
        mine = ~np.isin(rows, own)
        values, rows = values[mine].astype(np.float64), rows[mine]
        if len(rows) <= k:
            return rows if complete else None
        doubt = 2 * self._error(query)
        sure = values > values[k] + doubt
        near = ~sure & (values >= values[k - 1] - doubt)
        left = k - int(sure.sum())
        if near[-1] and not complete:
            return None
        again = self._products(query, rows[near])
        best = np.argsort(-again, kind="stable")
        if 0 < left < len(best) and again[best[left - 1]] == again[best[left]]:
            return None
        return np.concatenate([rows[sure], rows[near][best[:left]]])

    def _error(self, query: Float32) -> float:
        """How far two ways of summing a product may lie apart (Higham, Accuracy and Stability, §3.1)."""
        terms = len(query) * _ROUNDING
        return 2 * terms / (1 - terms) * float(np.linalg.norm(query)) * self._longest

    def _products(self, query: Float32, rows: Rows) -> Float32:
        """The products of these rows, rounded as by `search`."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        values, places = _flat(self._index.reconstruct_batch(rows)).search(query[None, :], len(rows))
        products = np.empty(len(rows), dtype=np.float32)
        products[places[0]] = values[0]
        return products

    def _refuse_unusable(self, queries: Float32, allowed: Mask) -> None:
        _refuse_not_finite(queries)
        if len(allowed) != len(self):
            raise ValueError(f"mask of {len(allowed)} rows for an index of {len(self)}")


def _flat(vectors: Float32) -> faiss.IndexFlatIP:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def _but(allowed: Mask, rows: Rows) -> Mask:
    mask = allowed.copy()
    mask[rows] = False
    return mask


def _refuse_not_finite(vectors: Float32) -> None:
    if not np.isfinite(vectors).all():
        raise ValueError("a vector holds NaN or infinity; give zeros for what is missing")
