"""Tastes: how partners choose startups by attribute, learned from who joined each past deal.

Two models over the same descriptions x of deals. The multinomial logit (McFadden 1974)

    P(partner j | x) = exp(b_j + w_j·x) / Σ_k exp(b_k + w_k·x)

with a ridge penalty on w and hardly one on b; and the whitening matrix (XᵀVX + λI)⁻¹ of the ridge regression
of the same choices, V the deals' decay with age. Both set one attribute's worth against those that come with
it (a city within its province), which counting them one by one cannot.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize

from matcher.model.parameters import Tastes, no_tastes
from training.deals import Deals

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

PENALTY = 1.0
"""Of squared weights. Chosen on itjuzi 2014-01, 2014-07, 2015-01, crunchbase 2010-07, 2011-01 among .5…3."""
BIAS_PENALTY = 0.01
ROUNDS = 30
"""Of L-BFGS; 15 and 60 gave the same lists on the same cuts."""
RIDGE = 50.0
MOST_WEIGHTS = 8_000_000
"""Partners × attributes; with more the logit is left out, and affinity counted."""
MOST_CELLS = 60_000_000
"""Contexts × partners in one pass; with more only the latest contexts are learned from."""
MOST_DESCRIBED = 3000
"""So many attributes, the most frequent ones, describe deals."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Tastes, and the log-odds [partners] of being chosen whatever the startup: 0 where none were fitted."""

    tastes: Tastes
    popularity: Float32


def fit_tastes(deals: Deals) -> Fitted:
    """The tastes behind the deals; rows follow the deals' partners."""
    if not len(deals):
        return Fitted(no_tastes(), np.zeros(len(deals.partner_keys), np.float32))
    described = _described(deals)
    design = _with_constant(deals.attributes[:, described])
    whitening = _whitening(design[deals.contexts], deals.weights())
    partners = len(deals.partner_keys)
    if partners * design.shape[1] > MOST_WEIGHTS:
        none = np.zeros((0, len(described)), np.float32)
        return Fitted(Tastes(described, none, whitening), np.zeros(partners, np.float32))
    weights = _logit(design, _chosen(deals))
    return Fitted(Tastes(described, np.ascontiguousarray(weights[:-1].T), whitening), weights[-1])


def _described(deals: Deals) -> npt.NDArray[np.int32]:
    """Columns of the attributes that any deal had, in order."""
    frequency = np.bincount(deals.described.indices, minlength=deals.attributes.shape[1])
    frequent = np.argsort(-frequency, kind="stable")[:MOST_DESCRIBED]
    return np.sort(frequent[frequency[frequent] > 0]).astype(np.int32)


def _with_constant(attributes: sp.csr_matrix) -> sp.csr_matrix:
    constant = sp.csr_matrix(np.ones((attributes.shape[0], 1), np.float32))
    return sp.hstack([attributes, constant]).tocsr().astype(np.float32)


def _whitening(design: sp.csr_matrix, weights: Float64) -> Float32:
    """Inverse of the weighted Gram matrix with RIDGE on its diagonal, little of it for the constant."""
    gram = (design.T @ design.multiply(weights[:, None])).toarray().astype(np.float64)
    penalty = np.full(len(gram), RIDGE)
    penalty[-1] *= BIAS_PENALTY
    return np.asarray(np.linalg.inv(gram + np.diag(penalty)), dtype=np.float32)


def _chosen(deals: Deals) -> sp.csr_matrix:
    """Weight of each partner's deals in each context, CSR [contexts, partners], the oldest left out."""
    shape = (deals.attributes.shape[0], len(deals.partner_keys))
    latest = np.zeros(shape[0], dtype=np.int64)
    np.maximum.at(latest, deals.contexts, deals.days.astype(np.int64))
    kept = np.argsort(-latest, kind="stable")[: max(1, MOST_CELLS // max(shape[1], 1))]
    among = np.isin(deals.contexts, kept)
    rows = (deals.contexts[among], deals.partners[among])
    return sp.csr_matrix((deals.weights()[among].astype(np.float32), rows), shape=shape)


def _logit(design: sp.csr_matrix, chosen: sp.csr_matrix) -> Float32:
    """Weights [attributes + 1, partners] of the multinomial logit."""
    rows = np.flatnonzero(np.diff(chosen.indptr))
    features, target = design[rows], chosen[rows].toarray()
    transposed, whole = features.T.tocsr(), target.sum(axis=1, keepdims=True)
    observed = transposed @ target
    penalty = np.full((design.shape[1], 1), PENALTY, np.float32)
    penalty[-1] *= BIAS_PENALTY

    def loss(flat: Float64) -> tuple[float, Float64]:
        weights = flat.reshape(observed.shape).astype(np.float32)
        scores = features @ weights
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        fit = (target * (scores - np.log(total))).sum(dtype=np.float64)
        likely *= whole / total
        slope = transposed @ likely - observed + penalty * weights
        return 0.5 * float((penalty * weights**2).sum(dtype=np.float64)) - fit, slope.astype(
            np.float64
        ).ravel()

    start = np.zeros(observed.size)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS, "maxcor": 6})
    return np.asarray(found.x.reshape(observed.shape), dtype=np.float32)
