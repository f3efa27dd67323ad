"""Text similarity as a method of its own: what a partner says and what its startups say, against the query.

A partner is the average of its own text and of those of the startups it has had: without deals, its own text.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.encoding.cache import VectorStore, encode
from matcher.encoding.encoder import Encoder
from matcher.text.terms import inverse_document_frequency, term_counts, tf_idf
from training.quality.labels import plain_text
from training.quality.popularity import chosen
from training.quality.records import Records

Float32 = npt.NDArray[np.float32]


def words(records: Records) -> Float32:
    """Cosine of TF-IDF vectors of every query and candidate, [q, c]; NaN where either has no words."""
    startups, partners = _texts(records)
    counts = term_counts([*startups, *partners])
    rows = tf_idf(counts, inverse_document_frequency(counts))
    one, other = rows[: len(startups)], rows[len(startups) :]
    together = sp.csr_matrix(other + chosen(records).T @ one)
    lengths = np.sqrt(np.asarray(together.multiply(together).sum(axis=1), dtype=np.float64)).ravel()
    cosines = (one[records.asked] @ together.T).toarray() / np.where(lengths > 0, lengths, np.nan)
    cosines[np.diff(one[records.asked].indptr) == 0] = np.nan
    return np.asarray(cosines, dtype=np.float32)


def meanings(records: Records, encoder: Encoder, cache: VectorStore) -> Float32:
    """Cosine of encoded texts of every query and candidate, [q, c]; NaN where either has no text."""
    startups, partners = (encode(texts, encoder, cache) for texts in _texts(records))
    together = partners + chosen(records).astype(np.float32).T @ startups
    return _unit(startups[records.asked]) @ _unit(together).T


def _texts(records: Records) -> tuple[list[str], list[str]]:
    sides = (records.startup_profiles, records.candidate_profiles)
    startups, partners = ([plain_text(profile) for profile in side] for side in sides)
    return startups, partners


def _unit(vectors: Float32) -> Float32:
    """Rows of length 1; a row of zeros, which has no text, becomes NaN."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, np.nan), dtype=np.float32)
