"""What a retrain is held against: LightFM alone, on the very pairs and features that training gives it."""

import time
from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

from matcher.features.table import widened
from matcher.profiles import PARTNER_ROLES, Role
from training.deals import deals_of
from training.factors import FactorSettings
from training.slices import windows
from training.train import LEAST_DEALS
from training.world import Data, World, world_of

Matrices = tuple[sp.csr_matrix, sp.csr_matrix, sp.csr_matrix]
"""Weighed pairs, features of the startups' side, features of the partners' side."""


def seconds_of_fits(data: Data, days: Sequence[int], settings: FactorSettings) -> tuple[float, float]:
    """Seconds of `LightFM.fit` on one thread: for one model of each role on the last of the days, and for
    every model that training on each of the days fits (one for itself, one for each slice of its past)."""
    taken = [list(_taken(data, day, settings)) for day in days]
    last = dict(reversed(taken[-1]))  # the first of each role
    return sum(last.values()), sum(seconds for one in taken for _, seconds in one)


def _taken(data: Data, day: int, settings: FactorSettings) -> Iterator[tuple[Role, float]]:
    """The seconds of each fit of one training, the day's own first of each role."""
    world = world_of(data, day)
    for role in PARTNER_ROLES:
        slices = windows(day) if world.deals[role] >= LEAST_DEALS else []
        for fitted_on in (day, *(first for first, _ in slices)):
            yield role, _seconds(_matrices(role, fitted_on, world), settings)


def _matrices(role: Role, day: int, world: World) -> Matrices:
    """What `training.roles` gives LightFM for what was known of the role before the day."""
    deals = deals_of(world.partners[role], world.events, world.profiles, world.attributes, day)
    active = np.unique(deals.partners)
    attributes = world.table_of(deals.partner_keys.terms).attributes
    where = (deals.contexts, np.searchsorted(active, deals.partners))
    weights = sp.csr_matrix(
        (deals.weights().astype(np.float32), where), shape=(deals.attributes.shape[0], len(active))
    )
    own = sp.identity(len(active), format="csr", dtype=np.float32)
    partners = sp.hstack([own, attributes[active]]).tocsr().astype(np.float32)
    return weights, widened(deals.attributes, attributes.shape[1]), partners


def _seconds(matrices: Matrices, settings: FactorSettings) -> float:
    """Of every seed's fit."""
    weights, startups, partners = matrices
    if not weights.nnz:
        return 0.0
    pairs = weights.tocoo()
    positives = sp.coo_matrix((np.ones_like(pairs.data), (pairs.row, pairs.col)), shape=pairs.shape)
    began = time.perf_counter()
    for seed in settings.seeds:
        LightFM(
            no_components=settings.dimensions,
            loss="warp",
            learning_rate=settings.learning_rate,
            item_alpha=settings.regularisation,
            user_alpha=settings.regularisation,
            random_state=seed,
        ).fit(
            positives,
            user_features=startups,
            item_features=partners,
            sample_weight=pairs,
            epochs=settings.epochs,
            num_threads=1,
        )
    return time.perf_counter() - began
