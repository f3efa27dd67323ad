"""Exposure control: a list of k in which those who are shown to everyone make room for some who are not.

Every partner has a lasting price, the dual variable of an evenly shared exposure, learned at training time
(`training.exposure`). A list takes the k candidates with the largest

    share of the query's expected successes − price

and stands in the order of the scores, as ever. The best of a query has so large a share that no price moves
it; at the end of a list, where candidates are nearly equal, the price decides. One request needs no other,
and every worker with the same model gives the same list. (Singh & Joachims 2018, "Fairness of exposure in
rankings"; the online form with dual prices after Xu et al. 2023, "P-MMF".)
"""

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

CONSIDERED = 400
"""So many of the best candidates compete for the places of a list."""
SHARPNESS = 1.3
"""Odds are raised to this power before they are shared out: scores are flatter than what comes true.
Chosen on itjuzi 2015-01 and crunchbase 2011-01 among 1, 1.3, 1.5, 2 and 3."""
_LEAST = 1e-300


def shares(scores: Float64) -> Float64:
    """Each candidate's share of the expected successes of its row, [..., n]; a row sums to 1.

    Scores are probabilities; a candidate whose score is 0 has no share.
    """
    odds = scores / np.maximum(1 - scores, _LEAST)
    weight = (odds / odds.max(axis=-1, keepdims=True, initial=_LEAST)) ** SHARPNESS
    return np.asarray(weight / np.maximum(weight.sum(axis=-1, keepdims=True), _LEAST))


def spread(scores: Float64, prices: Float64, k: int) -> Places:
    """Which k of the candidates (all, where there are fewer) the list takes: their positions, in order.

    Candidates stand best first, `scores` and `prices` [n]; an unknown price is 0, that of a partner shown as
    often as the average. Equal worth goes to the earlier. Without prices the first k are taken.
    """
    worth = shares(scores) - prices
    taken: Places = np.sort(np.argsort(-worth, kind="stable")[:k])
    return taken
