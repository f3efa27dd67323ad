"""The headline, and a table for each list task: every method beside Bole."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from training.measures.intervals import Interval, interval, verdict
from training.measures.metrics import Measures, measures
from training.quality.answering import AT_ONCE
from training.quality.charts import Bar, Bars
from training.quality.context import Context, Trial
from training.quality.methods import ALONE, BOLE, LIGHTFM, POPULARITY, TUNED, Group, Method, methods
from training.quality.sections import Cell, Requirement, Section

MEBIBYTE = 1024 * 1024
_SIGNALS_DRAWN = 3
_HEADLINE = (
    *("task", "queries", "candidates", "Bole", "profiles alone", "popularity"),
    *("LightFM as installed", "LightFM tuned", "Bole ÷ best LightFM", "Bole − best LightFM"),
    *("Bole − profiles alone", "so Bole is"),
    *("import / train / match, s", "peak MiB"),
)
_COLUMNS = (
    *("method", "kind", "nDCG@10", "recall@10", "hit@10", "MRR@10", "coverage", "Gini", "Bole − method"),
)
_NOTE = (
    "nDCG@10, with 95 % intervals of the difference by a paired bootstrap over the queries. LightFM is tuned "
    "on the earlier cut of the same records. Warm tasks ask for new partners of startups that have some. "
    "Two tasks are answered at a time: the seconds are those of one busy core."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A task with the measures of every method, Bole's first."""

    trial: Trial
    methods: Sequence[tuple[Method, Measures]]

    def of(self, name: str) -> Measures | None:
        """The measures of a method; None where it did not run."""
        return {method.name: found for method, found in self.methods}.get(name)


def task_sections(context: Context) -> list[Section]:
    """The headline over all list tasks, then one section for each."""
    homes: dict[Path, list[Trial]] = {}
    for trial in context.trials.values():
        homes.setdefault(trial.home.path, []).append(trial)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # a cold task and its warm one share what is tuned
        groups = pool.map(lambda trials: [_measured(context, trial) for trial in trials], homes.values())
        every = [measured for group in groups for measured in group]
    return [headline(every), *map(task_section, every)] if every else []


def _measured(context: Context, trial: Trial) -> Measured:
    context.say(f"{trial.task.name}: peers")
    truth = trial.records.truth
    return Measured(trial, [(method, measures(method.lists, truth)) for method in methods(context, trial)])


def headline(every: Sequence[Measured]) -> Section:
    """Every list task in one row, with what must be reached there."""
    required = [
        Requirement(f"{m.trial.task.name}, nDCG@10", _ndcg(m, BOLE) or 0.0, threshold, m.trial.task.goal)
        for m in every
        if (threshold := m.trial.task.threshold) is not None
    ]
    worst = min(_learnt(m).high for m in every)
    required.append(Requirement("all tasks: Bole − profiles alone, the lowest upper end", worst, 0.0))
    rows = tuple(map(_headline_row, every))
    return Section("All tasks", _HEADLINE, rows, _NOTE, required=tuple(required))


def _headline_row(measured: Measured) -> tuple[Cell, ...]:
    trial = measured.trial
    rivals = [found for name in (LIGHTFM, TUNED) if (found := measured.of(name))]
    best = max(rivals, key=lambda found: float(found.ndcg.mean()))
    own = measured.methods[0][1]
    return (
        trial.task.name,
        *trial.records.truth.shape,
        *(_ndcg(measured, name) for name in (BOLE, ALONE, POPULARITY, LIGHTFM, TUNED)),
        f"{own.ndcg.mean() / best.ndcg.mean():.2f}" if best.ndcg.any() else None,
        interval(own.ndcg - best.ndcg),
        _learnt(measured),
        verdict(_learnt(measured)),
        " / ".join(f"{cost.seconds:.0f}" for cost in trial.costs.values()),
        round(max(cost.peak_bytes for cost in trial.costs.values()) / MEBIBYTE),
    )


def _learnt(measured: Measured) -> Interval:
    """What learning added to the ranking from profiles alone."""
    (_, own), (_, alone) = measured.methods[:2]
    return interval(own.ndcg - alone.ndcg)


def task_section(measured: Measured) -> Section:
    """Every method of one task, with a picture of Bole, its peers and its best signals."""
    own = measured.methods[0][1]
    rows = tuple(_row(method, found, own) for method, found in measured.methods)
    trial = measured.trial
    queries, candidates = trial.records.truth.shape
    until, end = trial.task.train_until, trial.task.test_until
    span = f"learnt before {until}" + (f", answers until {end}" if end else "")
    note = (
        f"{queries:,} queries, {candidates:,} candidates, {len(trial.records.events):,} interactions; {span}."
    )
    return Section(trial.task.name, _COLUMNS, rows, note, charts=(_chart(measured),))


def _row(method: Method, found: Measures, own: Measures) -> tuple[Cell, ...]:
    means = (found.ndcg, found.recall, found.hit, found.reciprocal_rank)
    return (
        method.name,
        method.group.value,
        *(float(values.mean()) for values in means),
        found.coverage,
        found.gini,
        None if method.name == BOLE else interval(own.ndcg - found.ndcg),
    )


def _chart(measured: Measured) -> Bars:
    """Bole, its peers and its best signals, best first."""
    ranked = sorted(measured.methods, key=lambda pair: -float(pair[1].ndcg.mean()))
    alone = [pair for pair in ranked if pair[0].group is Group.SIGNAL][:_SIGNALS_DRAWN]
    drawn = [pair for pair in ranked if pair[0].group is not Group.SIGNAL or pair in alone]
    bars = tuple(_bar(method, interval(found.ndcg)) for method, found in drawn)
    task = measured.trial.task
    return Bars(task.name, f"{task.name}: nDCG@10", "nDCG@10", bars, task.goal)


def _bar(method: Method, found: Interval) -> Bar:
    label = f"{method.name} alone" if method.group is Group.SIGNAL else method.name
    return Bar(label, found.mean, (found.low, found.high), method.group is Group.OWN)


def _ndcg(measured: Measured, name: str) -> float | None:
    found = measured.of(name)
    return None if found is None else float(found.ndcg.mean())
