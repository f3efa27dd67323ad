"""Platt scaling (Platt 1999): log-odds become those of probabilities that hold on a later slice."""

from dataclasses import dataclass, replace

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
SAME: Scale = (1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """`scales` make probabilities hold; `answers` turn log-odds of deals into those that they then tell, SAME
    where that is deals, and are None where deals are too few to tell."""

    scales: Scales
    answers: Scales | None


def calibration_of(
    combination: Combination, choices: Choices, replies: tuple[Replies, Replies]
) -> Calibration:
    """How probabilities hold: of deals among all candidates, and where a side answered often enough, of its
    own answers. `replies` are the startups' and the partners'."""
    known = choices.stands_for > 0
    halves = log_odds(choices.columns[known], combination)
    together = (halves.startup + halves.partner) / 2
    common = platt(together, choices.deals[known] > 0, choices.stands_for[known].astype(np.float64))
    by_startup, by_partner = (log_odds(answers.columns, combination) for answers in replies)
    startup = _own(by_startup.startup, replies[0].yes) or common
    partner = _own(by_partner.partner, replies[1].yes) or common
    told = (_over(startup, common), _over(partner, common)) if tell_enough(choices) else None
    return Calibration((startup, partner), told)


def tell_enough(choices: Choices) -> bool:
    """Whether there are deals enough to calibrate on."""
    return int((choices.deals[choices.stands_for > 0] > 0).sum()) >= LEAST_OUTCOMES


def _over(scale: Scale, common: Scale) -> Scale:
    """What turns log-odds on the common scale into those on the other."""
    slope = scale[0] / common[0]
    return slope, scale[1] - slope * common[1]


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
            brought_to(mine.startup, theirs.startup, weights, weights),
            brought_to(mine.partner, theirs.partner, weights, weights),
        ),
    )


def brought_to(
    mine: Float64, theirs: Float64, weights: Float64 | None = None, their_weights: Float64 | None = None
) -> Scale:
    """Slope and intercept that bring the mean and spread of some log-odds to those of others, each with its
    weights (default: all equal); without spread the slope is 1."""
    (mean, spread), (level, width) = _standing(mine, weights), _standing(theirs, their_weights)
    slope = width / spread if spread > 0 else 1.0
    return slope, level - slope * mean


def _standing(odds: Float64, weights: Float64 | None) -> tuple[float, float]:
    """Mean and spread."""
    mean = float(np.average(odds, weights=weights))
    return mean, float(np.sqrt(np.average((odds - mean) ** 2, weights=weights)))


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
        return SAME
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
