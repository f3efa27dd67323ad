"""The learned combination: a regularised fit around the prior on temporal slices, both sides at once.

The startup's half s and the partner's half p are linear in the columns, with weights w_s and w_p. Their
evidence:

- a deal tells what both wanted: of a query's candidates the chosen ones have the largest (s + p) / 2
  (conditional logit, McFadden 1974). Where it is known that the startup had asked, the deal moves p alone:
  the asking moves s;
- whom a startup asked for has the largest s / 2; its dismissals are noes of s / 2 (logistic);
- a partner's accepts and declines are yes and no of p / 2 (logistic);
- staff who put one partner before another say which has the larger (s + p) / 2.

Halves count half everywhere, as they do in the score: else the partner's half would have to make up for a
startup's half of another size.

The penalty ½λ(‖w_s − μ_s‖² + ‖w_p − μ_p‖²) holds both at the prior μ unless the evidence says otherwise: with
few deals the combination is the prior. Rising columns keep weights of at least 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from matcher.model.combination import COLUMNS, EXPERT_PRIOR, Combination
from training.slices import Choices, Replies, Slice, joined, joined_replies

Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

PENALTY = 100.0
"""λ, in queries. Chosen on itjuzi 2014-07, 2015-01, crunchbase 2010-07, 2011-01 among 10, 30, 100, 300."""
ROUNDS = 100
HALF = 0.5
"""What each half's log-odds count in a score."""
_ABSENT = 1e-30
_RISING = np.array([term.rising for term in EXPERT_PRIOR.values()])
Loss = Callable[[Float64], tuple[float, Float64]]


def learned(prior: Combination, slices: Sequence[Slice]) -> Combination:
    """The combination with weights fitted on the slices around `prior`; without evidence it is the prior."""
    choices = joined([part.choices for part in slices if len(part.choices)])
    preferred = joined([part.preferred for part in slices])
    losses = [
        *_choice_losses(prior, choices),
        _choice_loss(prior, preferred, preferred.deals, np.array([HALF, HALF])),
        _reply_loss(prior, joined_replies([part.by_startup for part in slices]), 0),
        _reply_loss(prior, joined_replies([part.by_partner for part in slices]), 1),
    ]
    start = np.concatenate([prior.startup, prior.partner, [0.0, 0.0]])
    found = minimize(
        _penalised(losses, start),
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=_bounds(),
        options={"maxiter": ROUNDS},
    )
    startup, partner = found.x[: len(COLUMNS)], found.x[len(COLUMNS) : -2]
    return replace(prior, startup=startup, partner=partner)


def _bounds() -> list[tuple[float | None, None]]:
    half = [(0.0 if rising else None, None) for rising in _RISING]
    return [*half, *half, (None, None), (None, None)]


def _penalised(losses: Sequence[Loss], start: Float64) -> Loss:
    """The sum of the losses and the penalty; the last two parameters, the replies' intercepts, are free."""

    def loss(theta: Float64) -> tuple[float, Float64]:
        away = theta - start
        away[-2:] = 0
        value, slope = 0.5 * PENALTY * float(away @ away), PENALTY * away
        for part in losses:
            more, steeper = part(theta)
            value, slope = value + more, slope + steeper
        return value, slope

    return loss


def _choice_losses(prior: Combination, choices: Choices) -> list[Loss]:
    deals, wanted = choices.deals.astype(bool), choices.wanted.astype(bool)
    return [
        _choice_loss(prior, choices, deals & ~wanted, np.array([HALF, HALF])),
        _choice_loss(prior, choices, deals & wanted, np.array([0.0, HALF])),
        _choice_loss(prior, choices, wanted, np.array([HALF, 0.0])),
    ]


def _choice_loss(prior: Combination, choices: Choices, chosen: npt.NDArray[np.bool_], sides: Float64) -> Loss:
    """Negative log-likelihood of whom each query chose, a query with several choices counting once.

    A candidate that was drawn counts as often as it stands for others, the chosen ones never more than once:
    without that correction (McFadden 1978) the few drawn make whoever was chosen from afar look good.
    """
    rows = np.flatnonzero(chosen.any(axis=1)) if len(chosen) else np.zeros(0, np.intp)
    steps = prior.standardise(choices.columns[rows]).astype(np.float32)
    target = (chosen[rows] / np.maximum(chosen[rows].sum(axis=1, keepdims=True), 1)).astype(np.float32)
    standing = np.log(np.maximum(choices.stands_for[rows], _ABSENT)).astype(np.float32)
    flat = steps.reshape(-1, len(COLUMNS))
    observed = flat.T @ target.ravel()

    def loss(theta: Float64) -> tuple[float, Float64]:
        if not len(rows):
            return 0.0, np.zeros_like(theta)
        weights = sides[0] * theta[: len(COLUMNS)] + sides[1] * theta[len(COLUMNS) : -2]
        scores = (flat @ weights.astype(np.float32)).reshape(target.shape) + standing
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        slope = (flat.T @ (likely / total).ravel() - observed).astype(np.float64)
        value = -float((target * (scores - np.log(total))).sum(dtype=np.float64))
        return value, np.concatenate([sides[0] * slope, sides[1] * slope, [0.0, 0.0]])

    return loss


def _reply_loss(prior: Combination, replies: Replies, side: int) -> Loss:
    """Negative log-likelihood of one side's answers, with an intercept of its own."""
    steps = prior.standardise(replies.columns)
    half = slice(side * len(COLUMNS), (side + 1) * len(COLUMNS))
    sign = np.where(replies.yes, 1.0, -1.0)

    def loss(theta: Float64) -> tuple[float, Float64]:
        margin = sign * (HALF * (steps @ theta[half]) + theta[-2 + side])
        pull = -sign / (1 + np.exp(margin))
        slope = np.zeros_like(theta)
        slope[half], slope[-2 + side] = HALF * (pull @ steps), pull.sum()
        return float(np.logaddexp(0, -margin).sum()), slope

    return loss
