"""The amounts that partners usually join."""

import numpy as np
import numpy.typing as npt

from training.deals import Deals

Float64 = npt.NDArray[np.float64]

PRIOR_DEALS = 3.0
"""Deals of the usual size that each partner is imagined to have joined before."""


def asks_of(deals: Deals) -> Float64:
    """Mean and variance of log10 CNY of each partner's decayed deals, [partners + 1, 2].

    Shrunk towards everyone's, which are the last row; NaN where a partner (or everyone) has no known amount.
    """
    amounts, weights = deals.asks[deals.contexts], deals.weights()
    known = np.isfinite(amounts)
    if not known.any():
        return np.full((len(deals.partner_keys) + 1, 2), np.nan)
    amounts, weights, partners = amounts[known], weights[known], deals.partners[known]
    usual = np.average(amounts, weights=weights)
    spread = max(float(np.average((amounts - usual) ** 2, weights=weights)), 1e-3)
    size = len(deals.partner_keys)
    total = np.bincount(partners, weights, size) + PRIOR_DEALS
    mean = (np.bincount(partners, weights * amounts, size) + PRIOR_DEALS * usual) / total
    squares = np.bincount(partners, weights * (amounts - mean[partners]) ** 2, size)
    found = np.column_stack([mean, (squares + PRIOR_DEALS * spread) / total])
    found[np.bincount(partners, minlength=size) == 0] = np.nan
    return np.vstack([found, [usual, spread]])
