"""Exposure control: a list of k in which those who are shown to everyone make room for some who are not.

Every partner has a lasting price, the dual variable of an evenly shared exposure, learned at training time
(`training.exposure`). A list takes the k candidates with the largest

    share of the query's expected successes − price

and stands in the order of the scores, as ever. The best of a query has so large a share that no price moves
it; at the end of a list, where candidates are nearly equal, the price decides. One request needs no other,
and every worker with the same model gives the same list. (Singh & Joachims 2018, "Fairness of exposure in
rankings"; the online form with dual prices after Xu et al. 2023, "P-MMF".)
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matcher.model.parameters import RoleModel

Float64 = npt.NDArray[np.float64]

CONSIDERED = 400
"""So many of the best candidates compete for the places of a list."""
_LEAST = 1e-300


def shares(scores: Float64) -> Float64:
    """Each candidate's share of the expected successes of its row, [..., n]; a row sums to 1.

    Scores are probabilities; a candidate whose score is 0 has no share.
    """
    odds = scores / np.maximum(1 - scores, _LEAST)
    weight = odds / odds.max(axis=-1, keepdims=True, initial=_LEAST)
    return np.asarray(weight / np.maximum(weight.sum(axis=-1, keepdims=True), _LEAST))


def price_of(model: RoleModel, key: str) -> float:
    """A partner's price; 0, that of one shown as often as it is due, for whom training did not know."""
    if key not in model.partners or not len(model.prices):
        return 0.0
    return float(model.prices[model.partners.row(key)])


def spread(scores: Sequence[float], prices: Sequence[float], k: int) -> list[int]:
    """Which k of the candidates (all, where there are fewer) the list takes: their places from 0, in order.

    Candidates stand best first, with their `scores` and `prices`. Equal worth goes to the earlier. Without
    prices the first k are taken.
    """
    worth = shares(np.asarray(scores, dtype=np.float64)) - np.asarray(prices, dtype=np.float64)
    taken: list[int] = np.sort(np.argsort(-worth, kind="stable")[:k]).tolist()
    return taken
