"""The ask against the amounts that a partner has really joined, on the scale of log10 CNY."""

import numpy as np
import numpy.typing as npt

from matcher.signals.meeting import EVERYBODY, Meeting

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]


def fit(asked: Float64, partners: Float64, everyone: Float64, meeting: Meeting = EVERYBODY) -> Float32:
    """How much likelier the ask [startups] is among the partner's deals than among everyone's, in nats.

    `partners` [partners, 2] and `everyone` [2] are mean and variance of normal distributions. NaN where the
    ask or the partner's amounts are unknown.
    """
    ask, (mean, variance) = meeting.startups(asked), map(meeting.partners, partners.T)
    mine = _log_likelihood(ask, mean, variance)
    usual = _log_likelihood(ask, everyone[0], everyone[1])
    return np.asarray(mine - usual, dtype=np.float32)


def nearness(asked: Float64, partners: Float64, meeting: Meeting = EVERYBODY) -> Float32:
    """Minus the decades between the ask and the partner's mean; 0 is nearest. NaN where either is unknown."""
    mean = meeting.partners(partners[:, 0])
    return np.asarray(-np.abs(meeting.startups(asked) - mean), dtype=np.float32)


def _log_likelihood(asked: Float64, mean: Float64 | np.float64, variance: Float64 | np.float64) -> Float64:
    """Of a normal distribution, but for its constant."""
    return np.asarray(-0.5 * ((asked - mean) ** 2 / variance + np.log(variance)))
