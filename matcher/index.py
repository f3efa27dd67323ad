"""Exact inner-product search over rows, guarded: the only module that knows faiss.

One OpenMP thread: every web worker has one core, and a search before a fork would hang the children.
"""

import faiss
import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows

Float32 = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


class ExactIndex:
    """Vectors of rows 0…n−1, searched exactly (faiss IndexFlatIP). Immutable after construction.

    Raises:
        ValueError: a vector holds NaN or infinity: faiss would rank it silently anywhere.
    """

    def __init__(self, vectors: Float32) -> None:
        _refuse_not_finite(vectors)
        faiss.omp_set_num_threads(1)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Float32, k: int, allowed: Mask) -> Rows:
        """Rows of the k largest inner products with `query` [d] among those `allowed` [n], best first.

        Fewer than k rows where fewer are allowed; none where none is.

        Raises:
            ValueError: the query holds NaN or infinity, or the mask is not of the index's length.
        """
        _refuse_not_finite(query)
        if len(allowed) != len(self):
            raise ValueError(f"mask of {len(allowed)} rows for an index of {len(self)}")
        most = min(k, int(allowed.sum()))
        if most == 0:
            return np.zeros(0, dtype=np.intp)
        bits = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits) * 8, faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # faiss adds it on import
        _, rows = self._index.search(query[None, :].astype(np.float32), most, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.intp)


def _refuse_not_finite(vectors: Float32) -> None:
    if not np.isfinite(vectors).all():
        raise ValueError("a vector holds NaN or infinity; give zeros for what is missing")
