"""What serves while a run goes on: the live version, and what stands for it on a holdout."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.errors import NotFound, UnusableModel
from matcher.interactions import day_number
from matcher.model.parameters import Model
from matcher.model.pointer import Promotion
from matcher.model.registry import Registry
from training.weekly.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Serving:
    """The live version with its model and rehearsal; all None before the first, the models also where they
    are damaged: then the run mends what serves, and `findings` say so."""

    version: str | None = None
    model: Model | None = None
    rehearsal: Model | None = None
    findings: tuple[Finding, ...] = ()

    def unaware_from(self, first: int) -> Model | None:
        """What stands for it on a holdout from the day `first` and knows nothing of it: itself where it is
        old enough, else its rehearsal. None where there is neither."""
        models = [model for model in (self.model, self.rehearsal) if model is not None]
        return next((model for model in models if _as_of(model) <= first), None)


def serving(registry: Registry) -> Serving:
    """What the registry's pointer names."""
    try:
        version = registry.live()
    except UnusableModel as error:
        return Serving(findings=(_damaged(error),))
    if version is None:
        return Serving()
    try:
        return Serving(version, registry.load(version), registry.rehearsal(version))
    except (NotFound, UnusableModel) as error:
        return Serving(version, findings=(_damaged(error),))


def pointed(registry: Registry) -> tuple[str | None, Sequence[Promotion]]:
    """The live version and the promotions so far, as of this moment; neither where the pointer is damaged."""
    try:
        return registry.live(), registry.promotions()
    except UnusableModel:
        return None, ()


def _damaged(error: Exception) -> Finding:
    return Finding("live_damaged", Severity.WARNING, {"error": str(error)})


def _as_of(model: Model) -> int:
    return day_number(dt.date.fromisoformat(model.facts["settings"]["as_of"]))
