"""The combination of a trained model: the expert prior, with scales and trust measured on this data.

Similarities of texts and factor scores have no natural unit: their centre and spread are measured over pairs
of this data. The weight of the factors grows with what they were learned from; what partners declare fades as
what they do becomes known.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matcher.features.space import AttributeSpace
from matcher.matching.sides import Knowledge, PartnerSide, StartupSide
from matcher.matching.signal_matrix import signal_matrix
from matcher.model.combination import EXPERT_PRIOR, SIGNALS, Combination, Term, combination_of

Float32 = npt.NDArray[np.float32]

PAIRS_SIDE = 300
"""So many startups × so many partners are measured, spread evenly over the data."""
LEAST_KNOWN = {"semantic": 3000, "lexical": 3000, "factors": 400}
"""What has no natural unit; with fewer known pairs than this the prior's centre and scale stay. A handful of
short texts is no measure of how alike texts are: a few shared words would count as a great deal."""
HALF_TRUST_DEALS = 500
"""With so many deals the factors have half their full weight: below, they are mostly noise."""
HALF_DECLARED_DEALS = 3
"""With so many deals a partner, on average, what partners declare has half its weight."""
_DECLARED = ("industry", "region", "stage")


def scaled_combination(
    startups: StartupSide, partners: PartnerSide, knowledge: Knowledge, space: AttributeSpace, deals: int
) -> Combination:
    """The prior with measured centres and scales, for a role with `deals` past deals."""
    sample = signal_matrix(
        startups.take(_spread(len(startups.table))),
        partners.take(_spread(len(partners.table))),
        knowledge,
        space,
    )
    terms = dict(EXPERT_PRIOR)
    for name, least in LEAST_KNOWN.items():
        terms[name] = _measured(terms[name], sample[:, :, SIGNALS.index(name)].ravel(), least)
    terms["factors"] = _weighed(terms["factors"], deals / (deals + HALF_TRUST_DEALS))
    each = deals / max(len(partners.table), 1)
    for name in _DECLARED:
        terms[name] = _weighed(terms[name], HALF_DECLARED_DEALS / (each + HALF_DECLARED_DEALS))
    return combination_of(terms)


def _weighed(term: Term, trust: float) -> Term:
    return replace(term, startup=term.startup * trust, partner=term.partner * trust)


def _measured(term: Term, values: Float32, least: int) -> Term:
    known = values[np.isfinite(values)].astype(np.float64)
    if len(known) < least or known.std() < 1e-6:
        return term
    return replace(term, centre=float(known.mean()), scale=float(known.std()))


def _spread(n: int) -> npt.NDArray[np.intp]:
    """At most PAIRS_SIDE rows, evenly spaced."""
    return np.unique(np.linspace(0, max(n - 1, 0), min(n, PAIRS_SIDE)).astype(np.intp))
