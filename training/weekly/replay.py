"""History lived again: what retraining brings over time, beside a model that was frozen at the start.

On each day of the replay a model is trained on all before it, and judged on what followed until the next: so
are the frozen model and popularity. Nobody knows what is judged.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.encoding.cache import VectorStore
from matcher.encoding.encoder import Encoder
from matcher.interactions import day_number
from matcher.model.parameters import Model
from matcher.profiles import PARTNER_ROLES
from training.factors import FactorSettings
from training.measures.intervals import Interval, interval
from training.train import train
from training.weekly.answering import answers
from training.weekly.broken import BREAKS, broken
from training.weekly.gate import judge_quality, judge_roles, passes
from training.weekly.holdout import Holdout, holdout_of
from training.weekly.peers import popularity
from training.weekly.quality import CANDIDATE, LIVE, Judged, judged, judged_scores
from training.weekly.settings import GateSettings
from training.world import Data, world_of

RETRAINED, FROZEN, POPULARITY = "retrained", "frozen", "popularity"
METHODS = (RETRAINED, FROZEN, POPULARITY)


@dataclass(frozen=True, slots=True)
class Stage:
    """One day of the replay. `ndcg`: that of every query by method, aligned; `rejected`: for each way to
    break a model, whether the gate turned such a candidate down (empty where nobody asked)."""

    day: dt.date
    ndcg: dict[str, list[float]]
    rejected: dict[str, bool]

    @property
    def queries(self) -> int:
        """Startups with a new partner until the next day of the replay."""
        return len(self.ndcg[RETRAINED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """From the day `first` on, every `every_days`, until a stage's end would pass `last`."""

    first: dt.date
    last: dt.date
    every_days: int
    factors: FactorSettings
    with_broken: bool = False

    @property
    def days(self) -> list[dt.date]:
        """The days of the replay."""
        stages = (self.last - self.first).days // self.every_days
        return [self.first + dt.timedelta(days=self.every_days * place) for place in range(stages)]


def relived(
    plan: Plan, data: Data, sources: tuple[VectorStore, Encoder], done: Sequence[dt.date] = ()
) -> Iterator[Stage]:
    """The stages of the plan in order, but for those `done` before: as if nothing were cut off."""
    days = plan.days
    models: dict[int, Model] = {}
    for place in (place for place, day in enumerate(days) if day not in done):
        before = max(place - 1, 0)
        models = {at: models.get(at) or train(data, days[at], plan.factors) for at in {0, before, place}}
        yield _stage(days[place], (models[before], models[place], models[0]), plan, data, sources)


def fingerprint(data: Data) -> str:
    """What tells these data from any others: 64 hex digits."""
    digest = hashlib.sha256(data.encoder.encode())
    for profile in data.profiles:
        digest.update(repr(profile).encode())
    for name in data.interactions.__slots__:
        digest.update(repr(getattr(data.interactions, name).tolist()).encode())
    return digest.hexdigest()


def gains(stages: Sequence[Stage]) -> Interval:
    """nDCG@10 of the retrained less the frozen model's over all queries of the stages."""
    ours, theirs = (
        np.array([value for stage in stages for value in stage.ndcg[name]]) for name in (RETRAINED, FROZEN)
    )
    return interval(ours - theirs)


def _stage(
    day: dt.date,
    models: tuple[Model, Model, Model],
    plan: Plan,
    data: Data,
    sources: tuple[VectorStore, Encoder],
) -> Stage:
    before, retrained, frozen = models
    first = day_number(day)
    ndcg: dict[str, list[float]] = {name: [] for name in METHODS}
    rejected = dict.fromkeys(BREAKS if plan.with_broken else (), False)
    world = world_of(data, first)
    for role in PARTNER_ROLES:
        holdout = holdout_of(data, role, first, first + plan.every_days, GateSettings().most_pairs)
        if not len(holdout):
            continue
        served = answers(retrained, holdout, data, sources)
        found = {
            RETRAINED: judged(served, holdout),
            FROZEN: judged(answers(frozen, holdout, data, sources), holdout),
            POPULARITY: judged_scores(popularity(holdout, world), served.allowed, holdout),
        }
        for name, one in found.items():
            ndcg[name] += one.measures.ndcg.tolist()
        if plan.with_broken:
            live = before, judged(answers(before, holdout, data, sources), holdout)
            for way in BREAKS:
                rejected[way] |= _turned_down(broken(retrained, way), live, holdout, data, sources)
    return Stage(day, ndcg, rejected)


def _turned_down(
    candidate: Model,
    live: tuple[Model, Judged],
    holdout: Holdout,
    data: Data,
    sources: tuple[VectorStore, Encoder],
) -> bool:
    """What the gate says of a broken candidate beside the model of the stage before."""
    model, theirs = live
    by_name = {CANDIDATE: judged(answers(candidate, holdout, data, sources), holdout), LIVE: theirs}
    findings = [
        *judge_quality(holdout.role, by_name, len(holdout), GateSettings()),
        *judge_roles(candidate, model, dict.fromkeys(PARTNER_ROLES, holdout.partners)),
    ]
    return not passes(findings)
