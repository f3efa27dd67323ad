"""Lists on the holdout against what came true: measures with intervals, and the paired difference."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.measures.intervals import Interval, interval
from training.measures.lists import best
from training.measures.metrics import Measures, measures
from training.measures.reliability import Bin, equal_mass, expected_calibration_error, reliability
from training.weekly.answering import Answers
from training.weekly.holdout import Holdout
from training.weekly.record import Difference, Figures, Quality, Said

Float64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

CANDIDATE, LIVE, PROFILES, POPULARITY, LIGHTFM = "candidate", "live", "profiles", "popularity", "lightfm"


@dataclass(frozen=True, slots=True)
class Judged:
    """One model on one role's holdout; what gives no probabilities has no `ece` (None) and no `bins`."""

    measures: Measures
    ece: float | None
    bins: tuple[Bin, ...]

    @property
    def ndcg(self) -> Interval:
        """nDCG@10 over the queries."""
        return interval(self.measures.ndcg)


def judged(answered: Answers, holdout: Holdout) -> Judged:
    """A model's lists and probabilities."""
    said, true = answered.scores[answered.allowed], holdout.truth[answered.allowed]
    bins = reliability(said, true, equal_mass)
    return Judged(measures(answered.lists, holdout.truth), expected_calibration_error(bins), bins)


def judged_scores(scores: npt.NDArray[np.floating], allowed: Mask, holdout: Holdout) -> Judged:
    """A peer's lists: `scores` [queries, partners] of any scale, among those that could be listed."""
    return Judged(measures(best(scores, allowed), holdout.truth), None, ())


def difference(candidate: Judged, live: Judged) -> Interval:
    """nDCG@10 of the candidate less the live model's, query by query."""
    return interval(candidate.measures.ndcg - live.measures.ndcg)


def quality_of(by_name: Mapping[str, Judged], holdout: Holdout) -> Quality:
    """What the record tells of one role; without a live model the difference is to profiles alone."""
    between = difference(by_name[CANDIDATE], by_name.get(LIVE) or by_name[PROFILES])
    return Quality(
        queries=len(holdout),
        models={name: _figures(one) for name, one in by_name.items()},
        difference=Difference(between.mean, between.low, between.high),
    )


def calibration_of(by_name: Mapping[str, Judged]) -> dict[str, tuple[Said, ...]]:
    """The reliability curve of each model that gives probabilities."""
    return {name: tuple(map(_said, one.bins)) for name, one in by_name.items() if one.bins}


def _said(one: Bin) -> Said:
    return Said(one.predicted, one.observed, one.pairs, one.low, one.high)


def _figures(one: Judged) -> Figures:
    ndcg = one.ndcg
    return Figures(
        ndcg=ndcg.mean,
        low=ndcg.low,
        high=ndcg.high,
        recall=_mean(one.measures.recall),
        hit=_mean(one.measures.hit),
        mrr=_mean(one.measures.reciprocal_rank),
        coverage=one.measures.coverage,
        gini=one.measures.gini,
        ece=one.ece,
    )


def _mean(values: Float64) -> float:
    return float(values.mean()) if len(values) else 0.0
