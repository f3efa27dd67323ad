"""Which combination serves: the learned one where it is no worse on the latest slices, else the prior."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.matching.scoring import log_odds, two_sided
from matcher.model.combination import Combination
from training.calibration import Calibration, Scales, calibration_of, matched, scaled, tell_enough
from training.combining import learned
from training.scaling import rescaled
from training.slices import Choices, Slice, joined, joined_replies
from training.volumes import volumed

Float64 = npt.NDArray[np.float64]
Facts = dict[str, object]

LEAST_QUERIES = 20
"""Of the latest slices, to tell which of two combinations is better, and of the others, to learn from."""
JUDGED = 3
"""So many of the latest slices are judged on: half a year. One alone turned down what was better."""
DEPTH = 10
_NO_REPLIES = (joined_replies([]), joined_replies([]))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The combination to serve, what turns its log-odds of deals into those of answers (see `Calibration`),
    and what was found on the way."""

    combination: Combination
    answers: Scales | None
    facts: Facts


def judged(prior: Combination, slices: Sequence[Slice]) -> Chosen:
    """The combination to serve, and what was found; `slices` come latest first.

    With too few queries it is the prior. It is calibrated on the latest deals, where those are too few on all
    of them, and where even those are too few not at all: "calibrated" tells.
    """
    filled = [part for part in slices if len(part.choices)]
    latest, earlier = (joined([part.choices for part in some]) for some in _parted(filled))
    if min(len(latest), len(earlier)) < LEAST_QUERIES:
        return _unlearned(prior, slices, len(latest) + len(earlier))
    unheard = rescaled(prior, _known_columns(joined([latest, earlier])))
    start = volumed(unheard, earlier)  # of new startups alone: see `volumed`
    trial = learned(start, _parted(filled)[1])
    before, after = (ndcg(combination, latest) for combination in (start, trial))
    better = gain(after - before)
    chosen = trial if better else start
    outcomes = latest if tell_enough(latest) else _whole(slices)
    calibration = _calibration(chosen, outcomes, filled)
    calibrated = scaled(chosen, calibration.scales)
    again = learned(volumed(unheard, joined([part.choices for part in filled])), filled)
    final = matched(again, calibrated, latest) if better else calibrated
    return Chosen(
        final,
        calibration.answers,
        {
            "combination": "learned" if better else "prior",
            "calibrated": calibration.answers is not None,
            "queries": sum(len(part.choices) for part in filled),
            "judged_on": len(latest),
            "ndcg_prior": round(float(before.mean()), 4),
            "ndcg_learned": round(float(after.mean()), 4),
        },
    )


def _unlearned(prior: Combination, slices: Sequence[Slice], queries: int) -> Chosen:
    """The prior at volumes, and calibrated on the deals where there are enough: both halves by one scale, as
    scales found apart from so little would turn the lists round."""
    every = _whole(slices)
    found = volumed(prior, every)
    facts: Facts = {"combination": "prior", "calibrated": False, "queries": queries}
    if not len(every):
        return Chosen(found, None, facts)
    calibration = calibration_of(found, every, _NO_REPLIES)
    facts["calibrated"] = calibration.answers is not None
    return Chosen(scaled(found, calibration.scales), calibration.answers, facts)


def _whole(slices: Sequence[Slice]) -> Choices:
    """Every choice of the slices, of new startups and of those that came back."""
    return joined([choices for part in slices for choices in (part.choices, part.returning) if len(choices)])


def _parted(slices: Sequence[Slice]) -> tuple[Sequence[Slice], Sequence[Slice]]:
    """Those to judge on, and those before them; the one between shares a month with both, and is neither."""
    return slices[:JUDGED], slices[JUDGED + 1 :]


def gain(differences: Float64) -> bool:
    """Whether the learned one may serve: it is not worse by more than its standard error."""
    return bool(differences.mean() >= -differences.std() / np.sqrt(len(differences)))


def ndcg(combination: Combination, choices: Choices) -> Float64:
    """nDCG@10 of each query's deals (of its wishes, where it came to no deal), [q] in 0…1."""
    score = two_sided(log_odds(choices.columns, combination))
    score = np.where(choices.stands_for > 0, score, -1)
    wanted = np.where(choices.deals.any(axis=1, keepdims=True), choices.deals, choices.wanted) > 0
    best = np.argsort(-score, axis=1, kind="stable")[:, :DEPTH]
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))[: best.shape[1]]
    gained = np.take_along_axis(wanted, best, axis=1) @ discount
    most = np.cumsum(discount)[np.minimum(wanted.sum(axis=1), len(discount)) - 1]
    return np.asarray(gained / most)


def _calibration(combination: Combination, outcomes: Choices, every: Sequence[Slice]) -> Calibration:
    """Calibrated on these deals; answers are fewer than deals, and are taken from all slices."""
    replies = (
        joined_replies([part.by_startup for part in every]),
        joined_replies([part.by_partner for part in every]),
    )
    return calibration_of(combination, outcomes, replies)


def _known_columns(choices: Choices) -> npt.NDArray[np.float32]:
    return choices.columns[choices.stands_for > 0]
