"""What a model would have answered to a slice's startups on its first day, by the way that serves."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.encoding.cache import VectorStore
from matcher.encoding.encoder import Encoder
from matcher.matching.answers import Filters
from matcher.matching.eligibility import Request
from matcher.matching.ranking import eligible, question
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.parameters import Model
from matcher.profiles import Profile
from training.measures.lists import Lists, best
from training.weekly.holdout import Holdout
from training.weekly.past import PastStore
from training.world import Data

Float64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_EPOCH = dt.date(1970, 1, 1)
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Answers:
    """`scores` [queries, partners] in 0…1, NaN for who could not be listed, and the `lists` they give."""

    scores: Float64
    lists: Lists

    @property
    def allowed(self) -> Mask:
        """Who could be listed, [queries, partners]."""
        return np.isfinite(self.scores)


def answers(model: Model, holdout: Holdout, data: Data, sources: tuple[VectorStore, Encoder]) -> Answers:
    """The model's scores of every eligible pair of the slice; nothing of the slice is known to it."""
    snapshot = _snapshot(model, holdout, data, sources)
    scores = np.full(holdout.truth.shape, np.nan)
    for place, query in enumerate(holdout.queries):
        asked = question(snapshot, Request(query.organisation, query, np.inf, _NO_FILTERS), holdout.role)
        for pool, rows, found in eligible(asked):
            keys = (pool.profiles[row].key for row in rows.tolist())
            scores[place, holdout.partners.rows(keys, unknown=-1)] = found
    return Answers(scores, best(scores, np.isfinite(scores)))


def _snapshot(model: Model, holdout: Holdout, data: Data, sources: tuple[VectorStore, Encoder]) -> Snapshot:
    """The world on the slice's first day: its startups as they were then, the interactions before it."""
    cache, encoder = sources
    then = {query.key: query for query in holdout.queries}
    profiles: list[Profile] = [then.get(profile.key, profile) for profile in data.profiles]
    before = data.interactions.take(data.interactions.days < holdout.first)
    day = _EPOCH + dt.timedelta(days=holdout.first)
    return take_snapshot(Sources(PastStore(profiles, before, cache), encoder), model, day)
