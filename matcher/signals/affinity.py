"""Attribute affinity: what a partner has really taken on before, attribute by attribute.

Learned (`training.tastes`), it is the partner's log-odds for each attribute in a multinomial logit of who
joined past deals. Where there are too many partners to fit one, it is counted: for decayed deal counts M(a)
of attribute a, M in all, and everyone's share g(a), the lift is

    ln( (M(a) + k·g(a)) / ((M + k)·g(a)) ),

how many times more often than everyone the partner takes on such startups, shrunk towards everyone's
behaviour as if k more deals had followed it (a Dirichlet prior). Both are nats, and sum over attributes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.meeting import EVERYBODY, Meeting
from matcher.signals.products import layers

Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

PRIOR_DEALS = 10.0
"""k above. Chosen on itjuzi 2014-07, 2015-01 and crunchbase 2011-01 among 3, 5 and 10."""


@dataclass(frozen=True, slots=True)
class Affinity:
    """What each attribute is worth to n partners: `gains` [n, attributes] + `base` [n] for each one shared.

    `gains` is dense where learned; counted, it is CSR, ln(1 + M(a)/(k·g(a))) beside the base ln(k/(M+k)), so
    that attributes a partner never met cost no memory. `known` [n] are the partners with any deal, `seen`
    [attributes] those that any deal has had: the others say nothing.
    """

    gains: Float32 | sp.csr_matrix
    base: Float32
    known: Bool
    seen: Bool

    def take(self, rows: npt.NDArray[np.intp]) -> "Affinity":
        """The chosen partners, in the order given."""
        return Affinity(self.gains[rows], self.base[rows], self.known[rows], self.seen)


def counted_affinity(counts: sp.csr_matrix, deals: npt.NDArray[np.float64]) -> Affinity:
    """Affinity from decayed counts: `counts` CSR [n, attributes], `deals` [n] in all."""
    total = deals.sum()
    share = np.asarray(counts.sum(axis=0)).ravel() / max(total, 1e-12)
    gains = sp.csr_matrix(counts, dtype=np.float32, copy=True)
    gains.data = np.log1p(counts.data / (PRIOR_DEALS * share[counts.indices])).astype(np.float32)
    base = np.log(PRIOR_DEALS / (deals + PRIOR_DEALS)).astype(np.float32)
    return Affinity(gains, base, deals > 0, share > 0)


def learned_affinity(weights: Float32, deals: npt.NDArray[np.float64]) -> Affinity:
    """Affinity from learned log-odds [n, attributes]; `deals` [n] tells who has any: nobody else gains."""
    known, seen = deals > 0, np.ones(weights.shape[1], dtype=bool)
    gains = np.where(known[:, None], weights, np.float32(0))
    return Affinity(gains, np.zeros(len(weights), np.float32), known, seen)


def lift(
    startup_attributes: sp.csr_matrix, affinity: Affinity, kinds: Bool, meeting: Meeting = EVERYBODY
) -> Float32:
    """Summed affinity in nats over the startup's attributes (0/1 rows) of each kind, [kinds, ...].

    `kinds` [kinds, attributes] tells of what kind the attributes are. NaN where the startup has none of the
    kind that any deal had, or the partner has no history.
    """
    asked = layers(startup_attributes, kinds & affinity.seen)
    how_many = np.diff(asked.indptr).reshape(len(kinds), -1).astype(np.float32)
    shared_gains = meeting.layered(asked, affinity.gains, len(kinds))
    scores = shared_gains + meeting.startups(how_many) * meeting.partners(affinity.base)
    unknown = meeting.startups(how_many == 0) | meeting.partners(~affinity.known)
    return np.where(unknown, np.nan, scores).astype(np.float32)
