"""Inner products of sparse rows, fast for the usual case: one startup or one partner against many."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

_FEW = 8
"""Up to so many rows are laid out in full."""


def products(left: sp.csr_matrix, right: Float32 | sp.csr_matrix) -> Float32:
    """Inner product of every row of `left` with every row of `right`, shape [left rows, right rows], row by
    row in memory: numpy rounds sums over scattered numbers otherwise.

    A few rows are laid out in full, which spares a transposition. Sums run over the columns in the order
    of the rows: where those are sorted, a product is the same to the last bit however many rows are asked.
    """
    if isinstance(right, np.ndarray):
        return _with_dense(left, right)
    if left.shape[0] <= _FEW:
        return np.ascontiguousarray((right @ left.toarray().T).T, dtype=np.float32)
    if right.shape[0] <= _FEW:
        return np.asarray(left @ right.toarray().T, dtype=np.float32)
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


def layers(rows: sp.csr_matrix, kinds: Bool) -> sp.csr_matrix:
    """The rows kind by kind, CSR [kinds · rows, columns]: first every row with its columns of the first kind
    alone, then with those of the second, …; `kinds` [kinds, columns] tells which they are. Zeros go."""
    kind, entry = np.nonzero(kinds[:, rows.indices] & (rows.data != 0))
    row = kind * rows.shape[0] + np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))[entry]
    shape = (len(kinds) * rows.shape[0], rows.shape[1])
    ends = np.append(0, np.cumsum(np.bincount(row, minlength=shape[0])))
    return sp.csr_matrix((rows.data[entry], rows.indices[entry], ends), shape=shape)
