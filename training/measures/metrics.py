"""Measures of match lists, as pure functions over arrays. A measure for each query can be resampled."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.reports.evenness import gini
from training.measures.lists import DEPTH, NOBODY, Lists

Float64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_DISCOUNT = 1 / np.log2(np.arange(DEPTH) + 2.0)


@dataclass(frozen=True, slots=True)
class Measures:
    """What lists are worth: four measures for each query, shape [q], and two of all lists together."""

    ndcg: Float64
    recall: Float64
    hit: Float64
    reciprocal_rank: Float64
    coverage: float
    gini: float


def measures(lists: Lists, truth: Mask) -> Measures:
    """Every measure of lists [q, DEPTH] against the right partners [q, candidates]."""
    hits = hits_of(lists, truth)
    shown = exposure(lists, truth.shape[1])
    return Measures(
        ndcg=ndcg(hits, truth.sum(axis=1)),
        recall=hits.sum(axis=1) / np.maximum(truth.sum(axis=1), 1),
        hit=np.asarray(hits.any(axis=1), dtype=np.float64),
        reciprocal_rank=reciprocal_rank(hits),
        coverage=float((shown > 0).mean()) if len(shown) else 0.0,
        gini=gini(shown),
    )


def hits_of(lists: Lists, truth: Mask) -> Mask:
    """Which places of each list name a right partner, [q, DEPTH]; an empty place does not."""
    named = np.take_along_axis(truth, np.maximum(lists, 0), axis=1)
    return np.asarray(named & (lists != NOBODY))


def ndcg(hits: Mask, right: npt.NDArray[np.intp]) -> Float64:
    """nDCG@10 of each query with binary relevance (Järvelin & Kekäläinen 2002); `right` [q] counts partners.

    0 for an empty list and for a query without a right partner.
    """
    ideal = np.concatenate([[0.0], np.cumsum(_DISCOUNT)])[np.minimum(right, DEPTH)]
    return np.asarray((hits @ _DISCOUNT) / np.where(ideal > 0, ideal, 1.0))


def reciprocal_rank(hits: Mask) -> Float64:
    """1 / the place of the first right partner, shape [q]; 0 where none is listed."""
    return np.where(hits.any(axis=1), 1 / (hits.argmax(axis=1) + 1.0), 0.0)


def exposure(lists: Lists, candidates: int) -> npt.NDArray[np.intp]:
    """In how many lists each candidate stands, shape [candidates]."""
    return np.bincount(lists[lists != NOBODY], minlength=candidates)
