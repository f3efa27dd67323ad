"""Platt scaling (Platt 1999): log-odds become those of probabilities that hold on a later slice."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from matcher.matching.scoring import log_odds
from matcher.model.combination import Combination
from training.slices import Choices, Replies

Float64 = npt.NDArray[np.float64]

LEAST_SLOPE, MOST_SLOPE = 0.2, 5.0
LEAST_OUTCOMES = 20
"""With fewer yeses (or noes) than this a side keeps the scale it has."""


Scale = tuple[float, float]
"""Slope and intercept of new log-odds over old ones."""
Scales = tuple[Scale, Scale]
"""Those of the startup's half and of the partner's."""


def scales_of(combination: Combination, choices: Choices, replies: tuple[Replies, Replies]) -> Scales:
    """Scales that make probabilities hold: of deals among all candidates, and where a side answered often
    enough, of its own answers. `replies` are the startups' and the partners'."""
    known = choices.stands_for > 0
    halves = log_odds(choices.columns[known], combination)
    together = (halves.startup + halves.partner) / 2
    common = platt(together, choices.deals[known] > 0, choices.stands_for[known].astype(np.float64))
    by_startup, by_partner = (log_odds(answers.columns, combination) for answers in replies)
    return (
        _own(by_startup.startup, replies[0].yes) or common,
        _own(by_partner.partner, replies[1].yes) or common,
    )


def scaled(combination: Combination, scales: Scales) -> Combination:
    """The combination with each half's log-odds times its slope plus its intercept."""
    (startup_slope, startup_level), (partner_slope, partner_level) = scales
    return replace(
        combination,
        startup=combination.startup * startup_slope,
        partner=combination.partner * partner_slope,
        startup_intercept=combination.startup_intercept * startup_slope + startup_level,
        partner_intercept=combination.partner_intercept * partner_slope + partner_level,
    )


def matched(combination: Combination, like: Combination, choices: Choices) -> Combination:
    """The combination with each half's log-odds of all candidates brought to the mean and spread of `like`'s.

    What was calibrated knew fewer slices; the one that serves, fitted on all, then speaks as loud.
    """
    known = choices.stands_for > 0
    weights = choices.stands_for[known].astype(np.float64)
    mine, theirs = (log_odds(choices.columns[known], one) for one in (combination, like))
    return scaled(
        combination,
        (
            _match(mine.startup, theirs.startup, weights),
            _match(mine.partner, theirs.partner, weights),
        ),
    )


def _match(mine: Float64, theirs: Float64, weights: Float64) -> Scale:
    """Slope and intercept that bring one mean and spread to the other; without spread the slope is 1."""
    spread, width = _spread(mine, weights), _spread(theirs, weights)
    slope = width / spread if spread > 0 else 1.0
    return slope, float(np.average(theirs, weights=weights) - slope * np.average(mine, weights=weights))


def _spread(odds: Float64, weights: Float64) -> float:
    mean = np.average(odds, weights=weights)
    return float(np.sqrt(np.average((odds - mean) ** 2, weights=weights)))


def _own(odds: Float64, yes: npt.NDArray[np.bool_]) -> Scale | None:
    """The scale on which a side's own answers hold, None where there are too few."""
    if min(int(yes.sum()), int((~yes).sum())) < LEAST_OUTCOMES:
        return None
    return platt(odds, yes, np.ones(len(odds)))


def platt(odds: Float64, yes: npt.NDArray[np.bool_], weights: Float64) -> tuple[float, float]:
    """Slope and intercept, so that sigmoid(slope·odds + intercept) has the largest likelihood.

    The slope stays within its bounds, so that the order of pairs never turns round. With fewer than
    LEAST_OUTCOMES yeses or noes: 1 and 0, no change.
    """
    if min(yes.sum(), (~yes).sum()) < LEAST_OUTCOMES:
        return 1.0, 0.0
    rate = float(np.average(yes, weights=weights))
    sign, centre = np.where(yes, 1.0, -1.0), float(np.average(odds, weights=weights))

    def loss(theta: Float64) -> tuple[float, Float64]:
        margin = sign * (theta[0] * (odds - centre) + theta[1])
        pull = -sign * weights / (1 + np.exp(np.clip(margin, -50, 50)))
        return float(weights @ np.logaddexp(0, -margin)), np.array([pull @ (odds - centre), pull.sum()])

    start = np.array([1.0, np.log(rate / (1 - rate))])
    bounds = [(LEAST_SLOPE, MOST_SLOPE), (None, None)]
    slope, level = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(slope), float(level - slope * centre)
