"""The combination of a trained model: the expert prior, with scales and trust measured on this data.

Similarities of texts and factor scores have no natural unit: their centre and spread are measured over pairs
of this data. The weight of the factors grows with what they were learned from; what partners declare fades as
what they do becomes known.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination, Term, combination_of

Float32 = npt.NDArray[np.float32]

LEAST_PAIRS = 400
"""Known pairs that a column needs for a scale of its own."""
LEAST_SPREAD = 1e-6
LEAST_KNOWN = {"semantic": 3000, "lexical": 3000, "factors": 400}
"""What has no natural unit; with fewer known pairs than this the prior's centre and scale stay. A handful of
short texts is no measure of how alike texts are: a few shared words would count as a great deal."""
HALF_TRUST_DEALS = 500
"""With so many deals the factors have half their full weight: below, they are mostly noise."""
HALF_DECLARED_DEALS = 10
"""With so many deals a partner, on average, what partners declare has half its weight."""
_DECLARED = ("industry", "region", "stage")


def prior_on(columns: Float32, deals: int, partners: int) -> Combination:
    """The prior with trust and scales of this data, for a role with `deals` past deals and `partners`.

    `columns` [..., columns] are pairs of this data; those of too few known values keep their own scale.
    """
    terms = dict(EXPERT_PRIOR)
    for name, least in LEAST_KNOWN.items():
        terms[name] = _measured(terms[name], columns[..., COLUMNS.index(name)].ravel(), least)
    terms["factors"] = _weighed(terms["factors"], deals / (deals + HALF_TRUST_DEALS))
    each = deals / max(partners, 1)
    for name in _DECLARED:
        terms[name] = _weighed(terms[name], HALF_DECLARED_DEALS / (each + HALF_DECLARED_DEALS))
    return combination_of(terms)


def rescaled(prior: Combination, columns: Float32) -> Combination:
    """The same log-odds, but for a constant, on scales measured over the pairs: a step is one deviation."""
    flat = columns.reshape(-1, columns.shape[-1]).astype(np.float64)
    known = np.isfinite(flat)
    enough = known.sum(axis=0) >= LEAST_PAIRS
    centre = np.where(enough, _mean(flat, known), prior.centre)
    spread = np.sqrt(_mean((flat - centre) ** 2, known))
    enough &= spread > LEAST_SPREAD
    scale = np.where(enough, spread, prior.scale)
    centre = np.where(enough, centre, prior.centre)
    per_step = scale / prior.scale
    return Combination(centre, scale, prior.startup * per_step, prior.partner * per_step)


def _mean(values: npt.NDArray[np.float64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Mean of the known values of each column, 0 where there are none."""
    return np.asarray(np.where(known, values, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def _weighed(term: Term, trust: float) -> Term:
    return replace(term, startup=term.startup * trust, partner=term.partner * trust)


def _measured(term: Term, values: Float32, least: int) -> Term:
    known = values[np.isfinite(values)].astype(np.float64)
    if len(known) < least or known.std() < 1e-6:
        return term
    return replace(term, centre=float(known.mean()), scale=float(known.std()))
