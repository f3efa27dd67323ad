"""Do Bole's probabilities come true as often as they say, over all that followed the cut?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.measures.lists import NOBODY, best
from training.measures.reliability import BINS, Calibration, calibration, equal_mass, reliability
from training.quality import live
from training.quality.charts import Reliability
from training.quality.context import Context, Trial
from training.quality.sections import Cell, Requirement, Section

Float64 = npt.NDArray[np.float64]

MOST = 0.03
_COLUMNS = (
    *("task", "probability", "pairs", "mean predicted", "came true", "ECE"),
    *("ECE, bins of equal numbers", "ECE of the lists", "Brier", "log loss"),
)
_NOTE = (
    f"Expected calibration error over {BINS} bins of all pairs of a query and an eligible candidate, against "
    "the deals that followed. Who met without a deal counts as a no: what came true is a lower bound."
)


@dataclass(frozen=True, slots=True)
class Predicted:
    """One task: what each probability says of every eligible pair, shape [pairs] each, and what came true."""

    task: str
    by_name: Mapping[str, Float64]
    came_true: npt.NDArray[np.bool_]
    listed: npt.NDArray[np.bool_]


def calibration_sections(context: Context) -> list[Section]:
    """One section over the reported list tasks, with a reliability curve of each."""
    trials = [trial for trial in context.trials.values() if trial.reported]
    return [calibration_section([_predicted(context, trial) for trial in trials])] if trials else []


def calibration_section(every: Sequence[Predicted]) -> Section:
    """How far each probability of each task is from what came true; the score must be near."""
    found = [(predicted, dict(_calibrations(predicted))) for predicted in every]
    return Section(
        "Calibration",
        _COLUMNS,
        tuple(_row(p, name, one) for p, by_name in found for name, one in by_name.items()),
        _NOTE,
        charts=tuple(map(_chart, every)),
        required=tuple(
            Requirement(f"{p.task}, expected calibration error", by_name[live.SCORE].ece, MOST, most=True)
            for p, by_name in found
        ),
    )


def _predicted(context: Context, trial: Trial) -> Predicted:
    context.say(f"{trial.task.name}: calibration")
    records = trial.records
    chances = live.probabilities(live.snapshot_of(trial.home.path, context.today), records)
    listed = np.zeros_like(records.truth)
    queries, places = np.nonzero((lists := best(chances[live.SCORE], records.allowed)) != NOBODY)
    listed[queries, lists[queries, places]] = True
    eligible = records.allowed
    by_name = {name: values[eligible] for name, values in chances.items()}
    return Predicted(trial.task.name, by_name, records.truth[eligible], listed[eligible])


def _calibrations(predicted: Predicted) -> Iterator[tuple[str, Calibration]]:
    for name, values in predicted.by_name.items():
        yield name, calibration(values, predicted.came_true, predicted.listed)


def _row(predicted: Predicted, name: str, found: Calibration) -> tuple[Cell, ...]:
    shares = (found.predicted, found.observed, found.ece, found.ece_mass, found.ece_listed)
    return (predicted.task, name, len(predicted.came_true), *shares, found.brier, found.log_loss)


def _chart(predicted: Predicted) -> Reliability:
    """Bins of equal numbers: nearly all pairs are improbable, and one bin of equal width would hold them."""
    series = tuple(
        (name, reliability(values, predicted.came_true, equal_mass))
        for name, values in predicted.by_name.items()
    )
    return Reliability(f"reliability-{predicted.task}", f"Reliability: {predicted.task}", series)
