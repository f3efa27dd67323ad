"""Inner products of sparse rows, fast for the usual case: one startup or one partner against many."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Float32 = npt.NDArray[np.float32]


def products(left: sp.csr_matrix, right: Float32 | sp.csr_matrix) -> Float32:
    """Inner product of every row of `left` with every row of `right`, shape [left rows, right rows].

    A single row is laid out in full, which spares a transposition. Sums run over the columns in the order
    of the rows: where those are sorted, a product is the same to the last bit however many rows are asked.
    """
    if isinstance(right, np.ndarray):
        return _with_dense(left, right)
    if left.shape[0] == 1:
        return np.asarray((right @ left.toarray()[0])[None, :], dtype=np.float32)
    if right.shape[0] == 1:
        return np.asarray((left @ right.toarray()[0])[:, None], dtype=np.float32)
    return np.asarray((left @ right.T).toarray(), dtype=np.float32)


def _with_dense(left: sp.csr_matrix, right: Float32) -> Float32:
    """One entry of every left row at a time: few columns of `right` are read, and the order is the rows'."""
    sums = np.zeros((left.shape[0], len(right)), dtype=np.float32)
    lengths = np.diff(left.indptr)
    for place in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > place)
        entries = left.indptr[rows] + place
        sums[rows] += left.data[entries, None] * right.T[left.indices[entries]]
    return sums
