"""Hybrid matrix factorisation with LightFM: the only module that imports it.

A startup is the sum of its attributes' embeddings, so that one without any interaction has factors too; a
partner has one embedding of its own besides. Several seeds are averaged by laying their factors side by side.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

from matcher.model.parameters import Embeddings, no_embeddings


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """Chosen on itjuzi 2015-01 and crunchbase 2011-01. One thread and fixed seeds make a fit repeatable."""

    dimensions: int = 32
    epochs: int = 30
    learning_rate: float = 0.05
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    regularisation: float = 1e-5


@dataclass(frozen=True, slots=True)
class Factors:
    """Embeddings of both sides; `partners.own` follows the deals' partner vocabulary."""

    startups: Embeddings
    partners: Embeddings


def fit_factors(
    weights: sp.csr_matrix,
    startup_attributes: sp.csr_matrix,
    partner_attributes: sp.csr_matrix,
    settings: FactorSettings,
) -> Factors:
    """Fit on weighed pairs, CSR [startups, partners], attribute rows in their order. No pairs: factors that
    say nothing."""
    width = startup_attributes.shape[1]
    if not weights.nnz:
        return Factors(no_embeddings(width), no_embeddings(width))
    own = sp.identity(partner_attributes.shape[0], format="csr", dtype=np.float32)
    partners = sp.hstack([own, partner_attributes]).tocsr().astype(np.float32)
    return _fitted(weights, startup_attributes, partners, settings, own.shape[0])


def fit_pairs(
    weights: sp.csr_matrix,
    startup_features: sp.csr_matrix,
    partner_features: sp.csr_matrix,
    settings: FactorSettings,
) -> Factors:
    """Fit on pairs with a weight each, [startups, partners], over features as they are given.

    Nobody gets an embedding beside those of their features: this is LightFM as its own users run it.
    """
    return _fitted(weights, startup_features, partner_features, settings, 0)


def _fitted(
    weights: sp.csr_matrix,
    startups: sp.csr_matrix,
    partners: sp.csr_matrix,
    settings: FactorSettings,
    own: int,
) -> Factors:
    """The average of the seeds' models; the first `own` features of partners are the partners themselves."""
    models = [_fit(weights.tocoo(), startups, partners, settings, seed) for seed in settings.seeds]
    for model in models:
        _silence(model, startups, partners)
    return Factors(
        startups=_side_by_side([_startup_embeddings(model) for model in models], share=1.0),
        partners=_side_by_side([_partner_embeddings(model, own) for model in models], share=1 / len(models)),
    )


def _silence(model: LightFM, startups: sp.csr_matrix, partners: sp.csr_matrix) -> None:
    """A feature that nobody had keeps the random numbers it started from: it must say nothing."""
    unseen_startups, unseen_partners = (
        np.asarray(side.sum(axis=0)).ravel() == 0 for side in (startups, partners)
    )
    model.user_embeddings[unseen_startups], model.user_biases[unseen_startups] = 0, 0
    model.item_embeddings[unseen_partners], model.item_biases[unseen_partners] = 0, 0


def _fit(
    weights: sp.coo_matrix,
    startups: sp.csr_matrix,
    partners: sp.csr_matrix,
    settings: FactorSettings,
    seed: int,
) -> LightFM:
    positives = sp.coo_matrix((np.ones_like(weights.data), (weights.row, weights.col)), shape=weights.shape)
    model = LightFM(
        no_components=settings.dimensions,
        loss="warp",
        learning_rate=settings.learning_rate,
        item_alpha=settings.regularisation,
        user_alpha=settings.regularisation,
        random_state=seed,
    )
    return model.fit(
        positives,
        user_features=startups,
        item_features=partners,
        sample_weight=weights,
        epochs=settings.epochs,
        num_threads=1,
    )


def _startup_embeddings(model: LightFM) -> Embeddings:
    """Without biases: WARP compares partners of one startup, where its bias cancels out and drifts freely."""
    none = np.zeros((0, model.no_components), np.float32)
    return Embeddings(model.user_embeddings, np.zeros_like(model.user_biases), none, none[:, 0])


def _partner_embeddings(model: LightFM, partners: int) -> Embeddings:
    return Embeddings(
        model.item_embeddings[partners:],
        model.item_biases[partners:],
        model.item_embeddings[:partners],
        model.item_biases[:partners],
    )


def _side_by_side(seeds: list[Embeddings], share: float) -> Embeddings:
    """Seeds joined so that inner products add up; `share` on one side makes the sum an average."""
    average = 1 / len(seeds)
    return Embeddings(
        np.hstack([seed.attributes for seed in seeds]) * np.float32(share),
        np.asarray(sum(seed.attribute_bias for seed in seeds) * np.float32(average)),
        np.hstack([seed.own for seed in seeds]) * np.float32(share),
        np.asarray(sum(seed.own_bias for seed in seeds) * np.float32(average)),
    )
