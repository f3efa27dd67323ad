"""Inner products of sparse rows, fast for the usual case: one startup or one partner against many."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Float32 = npt.NDArray[np.float32]


def products(left: sp.csr_matrix, right: sp.csr_matrix) -> Float32:
    """Inner product of every row of `left` with every row of `right`, shape [left rows, right rows].

    A single row is laid out in full, which spares a transposition. Sums run over the columns in the order
    of the rows: where those are sorted, a product is the same to the last bit however many rows are asked.
    """
    if left.shape[0] == 1:
        return np.asarray((right @ left.toarray()[0])[None, :], dtype=np.float32)
    if right.shape[0] == 1:
        return np.asarray((left @ right.toarray()[0])[:, None], dtype=np.float32)
    return np.asarray((left @ right.T).toarray(), dtype=np.float32)
