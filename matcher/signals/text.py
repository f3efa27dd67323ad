"""What the texts say: similarity in meaning and in words."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.signals.products import products

Float32 = npt.NDArray[np.float32]


def semantic(startup_vectors: Float32, partner_vectors: Float32) -> Float32:
    """Cosine of the text vectors, −1…1; NaN where either profile has no text (a row of zeros)."""
    scores = np.linalg.vecdot(startup_vectors[:, None, :], partner_vectors[None, :, :])
    return _known(scores, _given(startup_vectors), _given(partner_vectors))


def lexical(startup_terms: sp.csr_matrix, partner_terms: sp.csr_matrix) -> Float32:
    """Cosine of tf-idf rows (of length 1), 0…1; NaN where either profile has no words."""
    scores = products(startup_terms, partner_terms)
    return _known(scores, np.diff(startup_terms.indptr) > 0, np.diff(partner_terms.indptr) > 0)


def _given(vectors: Float32) -> npt.NDArray[np.bool_]:
    return np.asarray(vectors.any(axis=1))


def _known(scores: Float32, startups: npt.NDArray[np.bool_], partners: npt.NDArray[np.bool_]) -> Float32:
    return np.where(startups[:, None] & partners[None, :], scores, np.float32(np.nan))
