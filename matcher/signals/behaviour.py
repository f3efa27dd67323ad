"""What everyone does: how active partners are, which tastes they share, whom similar startups chose."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.meeting import EVERYBODY, Meeting
from matcher.signals.products import products

Float32 = npt.NDArray[np.float32]

PRIOR_CHOICES = 5.0
"""Choices that similar startups are imagined to have made as everyone does, before any is counted."""
SHARE_FLOOR = 1.0
"""Even shares added before the logarithm, which so stays finite and tells little of small differences."""


def habit(values: Float32, startups: int, meeting: Meeting = EVERYBODY) -> Float32:
    """What is the partner's own, the same for every startup; NaN where the partner has no history."""
    theirs = meeting.partners(values)
    return np.broadcast_to(theirs, (startups, len(values))) if theirs.ndim == 2 else theirs


def factors(
    startup_factors: Float32,
    startup_bias: Float32,
    partner_factors: Float32,
    partner_bias: Float32,
    meeting: Meeting = EVERYBODY,
) -> Float32:
    """Hybrid factorisation score u·v + b_u + b_v (Kula 2015), on the model's own scale.

    0 where nothing was learned. Several seeds lie side by side in the factors, divided by their number, so
    that the product is their average.
    """
    products = meeting.dots(startup_factors, partner_factors)
    return np.asarray(products + meeting.startups(startup_bias) + meeting.partners(partner_bias))


def neighbours(
    likeness: Float32, chosen: sp.csr_matrix, segment_totals: Float32, meeting: Meeting = EVERYBODY
) -> Float32:
    """How many times more often similar startups chose the partner than everyone did, in nats.

    `likeness` [startups, segments] in 0…1 weighs past deals by how alike their startup was, a segment being
    all deals of one description; `chosen` CSR [partners, segments] counts their deals, decayed with age, and
    `segment_totals` [segments] those of every partner, whether asked about or not. Shrunk towards everyone's
    choice by PRIOR_CHOICES. NaN where the partner has no history.
    """
    mass = meeting.gathered(likeness, chosen)
    popularity = np.asarray(chosen.sum(axis=1)).ravel()
    share = meeting.partners(popularity / max(float(segment_totals.sum()), 1e-12))
    whole = meeting.startups(np.linalg.vecdot(likeness, segment_totals))
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.log((mass + PRIOR_CHOICES * share) / ((whole + PRIOR_CHOICES) * share))
    return np.where(share > 0, scores, np.nan).astype(np.float32)


def likeness(startup_weights: sp.csr_matrix, segment_attributes: sp.csr_matrix) -> Float32:
    """exp(agreement − full agreement) in 0…1, of shape [startups, segments].

    `startup_weights` holds what each attribute of the startup is worth when a past deal shares it; full
    agreement is their sum, so that a deal of the very same description has likeness 1.
    """
    agreement = products(startup_weights, segment_attributes)
    full = np.asarray(startup_weights.sum(axis=1)).ravel()
    return np.asarray(np.exp(agreement - full[:, None]), dtype=np.float32)


def share(startups: Float32, partners: sp.csr_matrix, meeting: Meeting = EVERYBODY) -> Float32:
    """The partner's expected share of deals with such startups against the average partner's, in nats.

    `startups` [startups, d + 1] are whitened descriptions, `partners` CSR [partners, d + 1] decayed deals
    counted by description times the number of partners there are: their product is the ridge regression of
    who joined each past deal on how it is described (Hoerl & Kennard 1970), 1 for an even share. NaN where
    the partner has no history.
    """
    expected = meeting.gathered(startups, partners)
    known = meeting.partners(np.diff(partners.indptr) > 0)
    scores = np.log(np.maximum(expected, 0) + SHARE_FLOOR)
    return np.where(known, scores, np.nan).astype(np.float32)


def companions(
    friends: sp.csr_matrix, together: sp.csr_matrix, totals: Float32, meeting: Meeting = EVERYBODY
) -> Float32:
    """How many times more often the partner is met beside the startup's own than beside anyone's, in nats.

    `friends` CSR [startups, known partners] is 1 for its partners; `together` CSR [partners, known partners]
    counts the startups that two share, `totals` [known partners] those of each in all. Shrunk like
    `neighbours`. NaN where the startup has no partner yet, or the partner never had company.
    """
    mass = meeting.products(friends, together)
    company = np.asarray(together.sum(axis=1)).ravel()
    share = meeting.partners(company / max(float(totals.sum()), 1e-12))
    whole = meeting.startups(np.asarray(friends @ totals))
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.log((mass + PRIOR_CHOICES * share) / ((whole + PRIOR_CHOICES) * share))
    known = meeting.startups(np.diff(friends.indptr) > 0) & (share > 0)
    return np.where(known, scores, np.nan).astype(np.float32)
