"""What the texts say: similarity in meaning and in words."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.encoding.texts import Parts, TextVectors
from matcher.signals.meeting import EVERYBODY, Chosen, Meeting

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

_STEPS = np.float32(1 << 20)


def semantic(startups: TextVectors, partners: TextVectors, meeting: Meeting = EVERYBODY) -> Float32:
    """Similarity in meaning, −1…1: the mean of `whole` and `closest_parts`; NaN where either has no text."""
    parts = closest_parts(startups.parts, partners.parts, meeting)
    together = whole(startups.whole, partners.whole, meeting) + parts
    return np.asarray(together / 2, dtype=np.float32)


def whole(startup_vectors: Float32, partner_vectors: Float32, meeting: Meeting = EVERYBODY) -> Float32:
    """Cosine of the vectors of whole texts, −1…1; NaN where either profile has none (a row of zeros)."""
    scores = meeting.dots(startup_vectors, partner_vectors)
    return _known(scores, _given(startup_vectors), _given(partner_vectors), meeting)


def closest_parts(startups: Parts, partners: Parts, meeting: Meeting = EVERYBODY) -> Float32:
    """Mean over the startup's parts of the cosine of the partner's part closest to each, −1…1.

    A partner that wrote of much more besides loses nothing by it (MaxSim of Khattab & Zaharia 2020, over
    passages instead of words). NaN where either profile has no text.
    """
    if isinstance(meeting, Chosen):
        return meeting.by_asker(
            lambda some, others: closest_parts(startups.take(some), partners.take(others))
        )
    scores = np.full((len(startups), len(partners)), np.nan, dtype=np.float32)
    texts = np.flatnonzero(partners.counts)
    if len(texts):
        codes, starts = partners.codes.astype(np.float32), partners.ends[texts]
        for row in np.flatnonzero(startups.counts):
            mine = slice(startups.ends[row], startups.ends[row + 1])
            inner = startups.codes[mine].astype(np.float32) @ codes.T
            cosines = inner / (startups.lengths[mine, None] * partners.lengths)
            scores[row, texts] = _mean(np.maximum.reduceat(cosines, starts, axis=1))
    return scores


def _mean(rows: Float32) -> Float64:
    """Mean of the rows in steps of 1/2²⁰: sums of whole numbers are exact, in whatever order."""
    return np.asarray(np.rint(rows * _STEPS, dtype=np.float64).sum(axis=0) / (_STEPS * len(rows)))


def lexical(
    startup_terms: sp.csr_matrix, partner_terms: sp.csr_matrix, meeting: Meeting = EVERYBODY
) -> Float32:
    """Cosine of tf-idf rows (of length 1), 0…1; NaN where either profile has no words."""
    scores = meeting.products(startup_terms, partner_terms)
    return _known(scores, np.diff(startup_terms.indptr) > 0, np.diff(partner_terms.indptr) > 0, meeting)


def _given(vectors: Float32) -> npt.NDArray[np.bool_]:
    given = np.asarray(vectors[:, :1].any(axis=1))  # mostly the first number tells
    given[~given] = vectors[~given].any(axis=1)
    return given


def _known(
    scores: Float32, startups: npt.NDArray[np.bool_], partners: npt.NDArray[np.bool_], meeting: Meeting
) -> Float32:
    return np.where(meeting.startups(startups) & meeting.partners(partners), scores, np.float32(np.nan))
