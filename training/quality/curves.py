"""Quality by how much is known: the learning curve, and the small worlds whose companies are described."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from training.measures.intervals import Interval, interval, verdict
from training.quality.charts import Curves, Line
from training.quality.context import Context, Trial
from training.quality.methods import ALONE, BOLE, LIGHTFM, POPULARITY, TUNED, UNLEARNED
from training.quality.sections import Cell, Requirement, Section
from training.quality.subsamples import Point, Size, points

_COUNTS = (0, 100, 1_000, 10_000)
_SEEDS = (0, 1, 2)
_AVERAGED_UP_TO = 1_000
"""A point with so few interactions depends on which: it is the average over three draws."""
_SHARES = (0.25, 0.5)
_SHOWN = (BOLE, ALONE, UNLEARNED, POPULARITY, LIGHTFM, TUNED)
_COLUMNS = ("task", "interactions", "draws", *_SHOWN)
_CURVE_NOTE = (
    "nDCG@10 with so many interactions before the cut, drawn at random (the first n of a random order; with "
    "up to 1,000 of them the average over three). The last column says, by the 95 % interval of the paired "
    "difference, whether Bole is worse than its own ranking from profiles alone."
)
_FEW_NOTE = (
    "The deals of those companies whose Chinese description is known: a quarter, half (three draws each) and "
    "all of them."
)


def learning_curve(context: Context) -> list[Section]:
    """One section over the reported list tasks of dated records, with a picture for each."""
    trials = [trial for trial in context.trials.values() if trial.reported and trial.task.train_until]
    measured = {trial.task.name: _curve(context, trial) for trial in trials}
    return [curve_section("Learning curve", measured, (ALONE,), _CURVE_NOTE)] if measured else []


def few_interactions(context: Context) -> list[Section]:
    """One section over the small worlds."""
    trials = [trial for trial in context.trials.values() if trial.task.described]
    measured = {trial.task.name: _few(context, trial) for trial in trials}
    rivals = (ALONE, POPULARITY, UNLEARNED)
    return (
        [curve_section("Few interactions, with descriptions", measured, rivals, _FEW_NOTE)]
        if measured
        else []
    )


def _curve(context: Context, trial: Trial) -> list[Point]:
    context.say(f"{trial.task.name}: learning curve")
    everything = len(trial.records.events)
    counts = [*(count for count in _COUNTS if count < everything), everything]
    sizes = [Size(count, _SEEDS if 0 < count <= _AVERAGED_UP_TO else _SEEDS[:1]) for count in counts]
    return points(context, trial, sizes)


def _few(context: Context, trial: Trial) -> list[Point]:
    context.say(f"{trial.task.name}: subsamples")
    everything = len(trial.records.events)
    sizes = [*(Size(round(share * everything), _SEEDS) for share in _SHARES), Size(everything)]
    return points(context, trial, sizes)


def curve_section(
    title: str, measured: Mapping[str, Sequence[Point]], rivals: Sequence[str], note: str
) -> Section:
    """The points of each task by name, with what Bole adds to each of the `rivals`."""
    every = [(name, point) for name, found in measured.items() for point in found]
    columns = tuple(column for rival in rivals for column in (f"Bole − {rival}", f"beside {rival}"))
    return Section(
        title,
        (*_COLUMNS, *columns),
        tuple(_row(name, point, rivals) for name, point in every),
        note,
        charts=tuple(_chart(title, name, found) for name, found in measured.items()),
        required=tuple(_required(title, [point for _, point in every], rival) for rival in rivals),
    )


def _row(name: str, point: Point, rivals: Sequence[str]) -> tuple[Cell, ...]:
    differences = [_difference(point, rival) for rival in rivals]
    return (
        name,
        point.size.interactions,
        len(point.size.seeds),
        *(float(point.ndcg[method].mean()) if method in point.ndcg else None for method in _SHOWN),
        *(cell for difference in differences for cell in (difference, verdict(difference))),
    )


def _required(title: str, found: Sequence[Point], rival: str) -> Requirement:
    """That Bole is nowhere worse: the upper end of no difference is below 0."""
    worst = min(_difference(point, rival).high for point in found)
    return Requirement(f"{title}: Bole − {rival}, the lowest upper end", worst, 0.0)


def _difference(point: Point, rival: str) -> Interval:
    own: npt.NDArray[np.float64] = point.ndcg[BOLE]
    return interval(own - point.ndcg[rival])


def _chart(title: str, name: str, found: Sequence[Point]) -> Curves:
    lines = tuple(_line(method, found) for method in _SHOWN if any(method in p.ndcg for p in found))
    return Curves(f"curve-{name}", f"{title}: {name}", "interactions learnt from", "nDCG@10", lines)


def _line(method: str, found: Sequence[Point]) -> Line:
    at = [point for point in found if method in point.ndcg]
    means = [interval(point.ndcg[method]) for point in at]
    return Line(
        method,
        tuple(float(point.size.interactions) for point in at),
        tuple(mean.mean for mean in means),
        tuple((mean.low, mean.high) for mean in means) if method == BOLE else (),
        own=method == BOLE,
    )
