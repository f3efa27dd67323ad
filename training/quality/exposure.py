"""What `--spread` does: exposure before and after, and what it costs."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from training.measures.intervals import interval
from training.measures.lists import Lists
from training.measures.metrics import Measures, measures
from training.quality.context import Context, Trial
from training.quality.lists import read_lists
from training.quality.sections import Cell, Requirement, Section
from training.quality.tasks import INVENTED

GINI_AT_MOST, LOSS_AT_MOST = 0.8, 0.02
_AT_ONCE = 2
_COLUMNS = (
    *("task", "Gini before", "Gini spread", "ratio", "coverage before", "coverage spread"),
    *("nDCG@10 before", "nDCG@10 spread", "loss", "loss, %"),
)
_NOTE = (
    "`bole match --spread` beside `bole match`. Gini, over all candidates, of how many lists each is in. "
    "Loss of nDCG@10 with its 95 % interval by a paired bootstrap over the queries."
)


@dataclass(frozen=True, slots=True)
class Spread:
    """One task's measures without and with the switch."""

    task: str
    plain: Measures
    spread: Measures

    @property
    def ratio(self) -> float:
        """Gini of exposure with the switch, as a share of that without; 1 where nobody is shown."""
        return self.spread.gini / self.plain.gini if self.plain.gini else 1.0

    @property
    def loss(self) -> float:
        """Share of nDCG@10 that the switch costs; 0 where there is none to lose."""
        before = float(self.plain.ndcg.mean())
        return 1 - float(self.spread.ndcg.mean()) / before if before else 0.0


def exposure_sections(context: Context) -> list[Section]:
    """The reported cold tasks and the invented city, with and without the switch."""
    trials = [t for t in context.trials.values() if t.reported or t.task is INVENTED]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        lists = list(pool.map(lambda trial: _spread_lists(context, trial), trials))
    return (
        [exposure_section([_measured(*both) for both in zip(trials, lists, strict=True)])] if trials else []
    )


def exposure_section(every: Sequence[Spread]) -> Section:
    """The table; the invented city, where nobody is shown to everyone, has nothing to reach."""
    required = [found for one in every if one.task != INVENTED.name for found in _required(one)]
    return Section("Exposure", _COLUMNS, tuple(map(_row, every)), _NOTE, required=tuple(required))


def _required(one: Spread) -> tuple[Requirement, Requirement]:
    return (
        Requirement(f"{one.task}, Gini spread ÷ before", one.ratio, GINI_AT_MOST, most=True),
        Requirement(f"{one.task}, nDCG@10 lost to spreading", one.loss, LOSS_AT_MOST, most=True),
    )


def _row(one: Spread) -> tuple[Cell, ...]:
    before, after = one.plain, one.spread
    return (
        one.task,
        before.gini,
        after.gini,
        one.ratio,
        before.coverage,
        after.coverage,
        float(before.ndcg.mean()),
        float(after.ndcg.mean()),
        str(interval(before.ndcg - after.ndcg)),
        f"{100 * one.loss:.1f}",
    )


def _measured(trial: Trial, lists: Lists) -> Spread:
    truth = trial.records.truth
    return Spread(trial.task.name, measures(trial.lists, truth), measures(lists, truth))


def _spread_lists(context: Context, trial: Trial) -> Lists:
    folder = context.work / "spread"
    folder.mkdir(parents=True, exist_ok=True)
    out, queries = folder / f"{trial.task.name}.csv", trial.folder / "queries.csv"
    words = ("--startups", str(queries), "--role", trial.task.role, "--k", "10", "--out", str(out))
    trial.home.run("match-spread", "match", "--spread", *words)
    return read_lists(out, trial.records)
