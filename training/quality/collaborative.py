"""implicit's ALS and BPR, for startups that have partners already: the only module that imports it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking
from threadpoolctl import threadpool_limits

from matcher.vocabulary import Rows
from training.quality.popularity import chosen
from training.quality.records import Records

Float32 = npt.NDArray[np.float32]


class Loss(StrEnum):
    """Which of the two."""

    ALS = "ALS"
    """Hu, Koren & Volinsky 2008."""
    BPR = "BPR"
    """Rendle et al. 2009."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to run it; the defaults are the library's. ALS has no learning rate."""

    factors: int = 100
    regularisation: float = 0.01
    learning_rate: float = 0.01

    def __str__(self) -> str:
        return f"d {self.factors}, λ {self.regularisation:g}, rate {self.learning_rate:g}"


INSTALLED = Setting()
GRIDS = {
    Loss.ALS: (INSTALLED, Setting(16), Setting(8, 1.0), Setting(4, 10.0), Setting(16, 10.0)),
    Loss.BPR: (INSTALLED, Setting(8, 0.01, 0.2), Setting(32, 0.1, 0.05), Setting(32, 0.1, 0.2)),
}
"""What is tried on an earlier cut; the winner there is what "tuned" means."""


def collaborative(records: Records, loss: Loss, setting: Setting) -> Float32:
    """The scores of every query and candidate, [q, c]; NaN where the startup has had nobody.

    ALS folds each startup in from what it has had; BPR has no fold-in and takes the fitted factors.
    """
    pairs = chosen(records).astype(np.float32)
    if not pairs.nnz:
        return np.full((len(records.asked), pairs.shape[1]), np.nan, np.float32)
    with threadpool_limits(1, "blas"):  # its own threads and those of BLAS would get in each other's way
        users, items = (_als if loss is Loss.ALS else _bpr)(pairs, records.asked, setting)
    known = np.diff(pairs.indptr)[records.asked] > 0
    return np.where(known[:, None], users @ items.T, np.float32(np.nan))


def _als(pairs: sp.csr_matrix, asked: Rows, setting: Setting) -> tuple[Float32, Float32]:
    model = AlternatingLeastSquares(
        setting.factors, regularization=setting.regularisation, num_threads=1, random_state=0
    )
    model.fit(pairs, show_progress=False)
    return model.recalculate_user(asked, pairs[asked]), model.item_factors


def _bpr(pairs: sp.csr_matrix, asked: Rows, setting: Setting) -> tuple[Float32, Float32]:
    model = BayesianPersonalizedRanking(
        setting.factors,
        learning_rate=setting.learning_rate,
        regularization=setting.regularisation,
        num_threads=1,
        random_state=0,
    )
    model.fit(pairs, show_progress=False)
    return model.user_factors[asked], model.item_factors
