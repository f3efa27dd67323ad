"""The two models of a run: the candidate, and its rehearsal that knows nothing of the holdout."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from matcher.errors import NotFound, UnusableModel
from matcher.model.parameters import Model
from matcher.model.registry import Registry
from matcher.runs import RunStatus
from matcher.store import Store
from training.factors import FactorSettings
from training.train import train
from training.world import Data


@dataclass(frozen=True, slots=True)
class Learned:
    """`candidate` knows everything before the run's day, `rehearsal` nothing of the last holdout."""

    candidate: Model
    rehearsal: Model


def learned(
    data: Data, as_of: dt.date, holdout_days: int, factors: FactorSettings, step: Callable[[str], None]
) -> Learned:
    """Both models, by the same recipe. `step` hears what begins."""
    first = as_of - dt.timedelta(days=holdout_days)
    rehearsal = train(data, first, factors, lambda what: step(f"rehearse: {what}"))
    return Learned(train(data, as_of, factors, lambda what: step(f"fit: {what}")), rehearsal)


def resumable(store: Store, registry: Registry, data: str) -> Learned | None:
    """The models of the latest run that came to no end on the very same data (`data` stands for it)."""
    for run in store.runs():
        if run.summary.get("data") == data and run.status in (RunStatus.RUNNING, RunStatus.FAILED):
            found = _kept(registry, run.summary.get("candidate"))
            if found is not None:
                return found
    return None


def _kept(registry: Registry, version: object) -> Learned | None:
    """The models that an earlier run had put away; None where it did not come so far."""
    if not isinstance(version, str):
        return None
    try:
        rehearsal = registry.rehearsal(version)
        return Learned(registry.load(version), rehearsal) if rehearsal else None
    except (NotFound, UnusableModel):
        return None
