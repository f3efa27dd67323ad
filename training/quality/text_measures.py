"""How well scores of texts agree with what is known of them: each measure is a mean and its error."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.stats import spearmanr

from training.measures.lists import DEPTH

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Figure = tuple[float, float]
Judge = Callable[[Float32, npt.NDArray[np.generic]], Figure]
"""From scores [queries, documents], NaN where unknown, and the truth to a mean and its standard error."""


def graded_ndcg(scores: Float32, gains: npt.NDArray[np.generic]) -> Figure:
    """nDCG@10 with linear gains [queries, documents] (Järvelin & Kekäläinen 2002); a document with a negative
    gain may not be listed. Queries without any gain are left out.
    """
    worth = gains.astype(np.float64)
    listed = np.argsort(-_known(np.where(worth < 0, np.nan, scores)), axis=1, kind="stable")[:, :DEPTH]
    discount = 1 / np.log2(np.arange(listed.shape[1]) + 2.0)
    got = np.maximum(np.take_along_axis(worth, listed, axis=1), 0) @ discount
    best = np.maximum(-np.sort(-worth, axis=1)[:, :DEPTH], 0) @ discount
    return _mean(got[best > 0] / best[best > 0])


def own_rank(scores: Float32, own: npt.NDArray[np.generic]) -> Figure:
    """Mean reciprocal rank of the one right document `own` [queries]; it ranks last among equals."""
    known = _known(scores)
    right = known[np.arange(len(known)), own.astype(np.intp)]
    return _mean(1 / np.maximum((known >= right[:, None]).sum(axis=1), 1))


def rank_correlation(scores: Float32, likeness: npt.NDArray[np.generic]) -> Figure:
    """Spearman's ρ between `likeness` [n] and the scores of the n-th query and document; its error is
    (1 − ρ²) / √(n − 1), that of large samples. No pairs give zeros.
    """
    if len(likeness) < 2:
        return 0.0, 0.0
    found = float(spearmanr(_known(scores).diagonal(), likeness).statistic)
    return found, (1 - found**2) / float(np.sqrt(len(likeness) - 1))


def better_first(scores: Float32, pairs: npt.NDArray[np.generic]) -> Figure:
    """Share of the rows (query, better, worse) of `pairs` in this order by the scores; equal is half."""
    query, better, worse = pairs.astype(np.intp).T
    gap = np.sign(_known(scores)[query, better] - _known(scores)[query, worse])
    return _mean((gap + 1) / 2)


def same_lists(scores: Float32, _: npt.NDArray[np.generic]) -> Figure:
    """Share of ten listed documents that the first half of the queries and the second, the same texts in
    other writing, have in common.
    """
    listed = np.argsort(-_known(scores), axis=1, kind="stable")[:, :DEPTH]
    one, other = np.split(listed, 2)
    return _mean((one[:, :, None] == other[:, None, :]).any(axis=2).mean(axis=1))


def _known(scores: Float32 | Float64) -> Float64:
    """Unknown scores below all others."""
    return np.nan_to_num(scores, nan=-9.0).astype(np.float64)


def _mean(values: Float64) -> Figure:
    if not len(values):
        return 0.0, 0.0
    return float(values.mean()), float(values.std() / np.sqrt(len(values)))
