"""What the models are measured beside each week: popularity, and LightFM as its own users run it."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from matcher.profiles import Role
from training.deals import strength_of
from training.factors import FactorSettings, fit_pairs
from training.weekly.holdout import Holdout
from training.world import World

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

INSTALLED = FactorSettings(dimensions=10, epochs=30, seeds=(0,), regularisation=0.0)
"""The library's defaults, WARP, with the labels of both sides as features."""


def popularity(holdout: Holdout, world: World) -> Float64:
    """How many startups each partner had before the slice, the same for every query, [queries, partners]."""
    counts = np.asarray(_pairs(holdout, world, _startups(world)).sum(axis=0), dtype=np.float64).ravel()
    return np.broadcast_to(counts, holdout.truth.shape)


def lightfm(holdout: Holdout, world: World) -> Float32:
    """Its scores, [queries, partners]; zeros where there was nothing to learn from."""
    startups = _startups(world)
    pairs = _pairs(holdout, world, startups)
    if not pairs.nnz:
        return np.zeros(holdout.truth.shape, np.float32)
    taken = np.flatnonzero(np.diff(pairs.indptr))
    of_startups = world.table_of(startups).attributes
    own = sp.identity(len(holdout.partners), dtype=np.float32, format="csr")
    of_partners = sp.hstack([own, world.table_of(holdout.partners.terms).attributes]).tocsr()
    found = fit_pairs(pairs[taken], of_startups[taken], of_partners.astype(np.float32), INSTALLED)
    asked = world.table_of([query.key for query in holdout.queries]).attributes
    left = asked @ found.startups.attributes
    right = of_partners @ found.partners.attributes
    return np.asarray(left @ right.T + of_partners @ found.partners.attribute_bias, dtype=np.float32)


def _startups(world: World) -> list[str]:
    return [key for key, profile in world.profiles.items() if profile.role is Role.STARTUP]


def _pairs(holdout: Holdout, world: World, startups: list[str]) -> sp.csr_matrix:
    """1 where a startup dealt with a partner before the slice, CSR [startups, partners]."""
    row_of = {key: row for row, key in enumerate(startups)}
    events = world.events
    told = np.flatnonzero((strength_of(events) > 0) & (events.days < holdout.first)).tolist()
    pairs = {
        (row_of[events.startups[row]], holdout.partners.row(events.partners[row]))
        for row in told
        if events.startups[row] in row_of and events.partners[row] in holdout.partners
    }
    where = np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2).T
    shape = (len(startups), len(holdout.partners))
    return sp.csr_matrix((np.ones(where.shape[1], np.float32), (where[0], where[1])), shape=shape)
