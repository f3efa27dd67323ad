"""LightFM as its own users run it: the labels of both sides as features, WARP, one model."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.model.parameters import Embeddings
from matcher.vocabulary import Rows, Vocabulary
from training.factors import FactorSettings, fit_pairs
from training.quality.labels import indicators, labels
from training.quality.popularity import chosen
from training.quality.records import Records

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to run it. The defaults are those of the library, with every label counting 1.

    `own` gives every startup with a deal a feature of its own and `shared` makes the features of each row
    sum to 1, as the library's Dataset does unless told otherwise: both cost cold startups a good deal.
    """

    dimensions: int = 10
    epochs: int = 30
    regularisation: float = 0.0
    own: bool = False
    shared: bool = False

    def __str__(self) -> str:
        more = (", a feature of each startup's own" if self.own else "", ", rows of 1" if self.shared else "")
        return f"d {self.dimensions}, {self.epochs} epochs, α {self.regularisation:g}{''.join(more)}"


INSTALLED = Setting()
GRID = (
    INSTALLED,
    Setting(dimensions=32),
    Setting(dimensions=32, epochs=15, regularisation=1e-5),
    Setting(dimensions=32, regularisation=1e-5),
    Setting(dimensions=64, regularisation=1e-5),
    Setting(dimensions=32, regularisation=1e-5, own=True),
    Setting(dimensions=32, regularisation=1e-5, own=True, shared=True),
    Setting(dimensions=64, epochs=60, regularisation=1e-5, shared=True),
)
"""What is tried on an earlier cut; the winner there is what "tuned" means."""


def hybrid(records: Records, setting: Setting, asked: Rows) -> Float32:
    """The scores of the startups `asked` (rows) and all candidates, [len(asked), c]; NaN without a deal."""
    pairs = chosen(records)
    if not pairs.nnz:
        return np.full((len(asked), pairs.shape[1]), np.nan, np.float32)
    own = np.diff(pairs.indptr) > 0 if setting.own else np.zeros(pairs.shape[0], dtype=bool)
    startups, partners = startup_features(records, own), partner_features(records)
    if setting.shared:
        startups, partners = shared(startups), shared(partners)
    settings = FactorSettings(
        dimensions=setting.dimensions,
        epochs=setting.epochs,
        seeds=(0,),
        regularisation=setting.regularisation,
    )
    fitted = fit_pairs(pairs.astype(np.float32), startups, partners, settings)
    one, other = represented(startups[asked], fitted.startups), represented(partners, fitted.partners)
    return np.asarray(one[0] @ other[0].T + one[1][:, None] + other[1])


def startup_features(records: Records, own: npt.NDArray[np.bool_]) -> sp.csr_matrix:
    """Labels, and where `own` [startups] a feature of the startup's own: 1 each."""
    ids = records.startups.terms
    rows = [
        [*labels(profile), *([f"startup:{id_}"] if has_own else [])]
        for id_, profile, has_own in zip(ids, records.startup_profiles, own, strict=True)
    ]
    return indicators(rows, Vocabulary())


def partner_features(records: Records) -> sp.csr_matrix:
    """Labels and a feature of the candidate's own: 1 each."""
    rows = [
        [*labels(profile), f"partner:{id_}"]
        for id_, profile in zip(records.candidates.terms, records.candidate_profiles, strict=True)
    ]
    return indicators(rows, Vocabulary())


def represented(features: sp.csr_matrix, embeddings: Embeddings) -> tuple[Float32, Float32]:
    """Factors [n, d] and biases [n] of rows of features."""
    return features @ embeddings.attributes, features @ embeddings.attribute_bias


def shared(rows: sp.csr_matrix) -> sp.csr_matrix:
    """The same features with rows that sum to 1; an empty row stays empty."""
    sums = np.maximum(np.asarray(rows.sum(axis=1)).ravel(), 1)
    return sp.csr_matrix(sp.diags(1 / sums) @ rows, dtype=np.float32)
