"""Match lists as arrays: one row for each query, best first, −1 where a list is shorter than ten."""

import numpy as np
import numpy.typing as npt

DEPTH = 10
NOBODY = -1

Lists = npt.NDArray[np.intp]
"""[queries, DEPTH] columns of candidates."""


def best(scores: npt.NDArray[np.floating], allowed: npt.NDArray[np.bool_]) -> Lists:
    """The DEPTH best candidates of each query, ties to the smaller column; both arrays [queries, candidates].

    A candidate whose score is NaN is unknown and not listed.
    """
    worth = np.where(allowed & ~np.isnan(scores), -scores, np.inf)
    order = np.argsort(worth, axis=1, kind="stable")[:, :DEPTH]
    found = np.where(np.isfinite(np.take_along_axis(worth, order, axis=1)), order, NOBODY)
    missing = DEPTH - found.shape[1]
    return np.pad(found, ((0, 0), (0, max(missing, 0))), constant_values=NOBODY)
