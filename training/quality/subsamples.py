"""Bole and its peers with fewer interactions: random subsamples of those before the cut.

The subsamples of one seed are nested: the first n of one random order. A point with several seeds averages,
query by query, over them.
"""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.vocabulary import Rows
from training.measures.lists import Lists, best
from training.measures.metrics import hits_of, ndcg
from training.quality import hybrid, live, tuning
from training.quality.answering import AT_ONCE, INTERACTIONS, fresh_home
from training.quality.bole import PROFILES, Home
from training.quality.context import Context, Trial
from training.quality.lists import read_lists
from training.quality.methods import ALONE, BOLE, LIGHTFM, POPULARITY, TUNED, UNLEARNED, Scores, unlearned
from training.quality.popularity import popularity
from training.quality.records import Records, events_of
from training.quality.tables import read_rows, write_rows

Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """How many interactions, drawn with which seeds."""

    interactions: int
    seeds: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Point:
    """nDCG@10 of each method by name, shape [queries] each; a method that cannot work there is not named."""

    size: Size
    ndcg: Mapping[str, Float64]


@dataclass(frozen=True, slots=True)
class _Draw:
    """One subsample of a trial's interactions, and where it is worked on; `base` has the profiles."""

    trial: Trial
    chosen: Rows
    folder: Path
    base: Home


def points(context: Context, trial: Trial, sizes: Sequence[Size]) -> list[Point]:
    """What every method reaches at each size, in the order given.

    Raises:
        CommandFailed: a command did not end well.
    """
    folder = context.work / "subsamples" / trial.task.name
    base = fresh_home(folder / "profiles", trial.home.shell)
    base.take_in([trial.folder / name for name in PROFILES])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [
            [pool.submit(_measured, context, _draw(trial, size, seed, folder, base)) for seed in size.seeds]
            for size in sizes
        ]
        return [
            Point(size, _average([future.result() for future in runs]))
            for size, runs in zip(sizes, futures, strict=True)
        ]


def subsample(total: int, size: int, seed: int) -> Rows:
    """`size` of `total` rows in rising order; more for the same seed hold all of fewer."""
    return np.sort(np.random.default_rng(seed).permutation(total)[:size])


def _draw(trial: Trial, size: Size, seed: int, folder: Path, base: Home) -> _Draw:
    chosen = subsample(len(trial.records.events), size.interactions, seed)
    return _Draw(trial, chosen, folder / f"{size.interactions}-{seed}", base)


def _measured(context: Context, draw: _Draw) -> dict[str, Float64]:
    trial = draw.trial
    lists = {ALONE: trial.alone, BOLE: trial.alone}
    if len(draw.chosen):
        records = _records(draw)
        lists |= _answers(context, draw, records)
        lists |= {name: best(scores, records.allowed) for name, scores in _peers(context, trial, records)}
    return {name: _ndcg(found, trial.records) for name, found in lists.items()}


def _records(draw: _Draw) -> Records:
    records = draw.trial.records
    rows = read_rows(draw.trial.folder / INTERACTIONS)
    events = events_of([rows[row] for row in draw.chosen], records.startups, records.candidates)
    return records.with_events(events)


def _answers(context: Context, draw: _Draw, records: Records) -> dict[str, Lists]:
    """Bole's lists, and those of its signals without learning how to weigh them."""
    trial = draw.trial
    if len(draw.chosen) == len(trial.records.events):
        return {BOLE: trial.lists, UNLEARNED: _unlearned(context, trial.home.path, records)}
    home = _trained(draw)
    out = draw.folder.with_suffix(".csv")
    home.match(trial.folder / "queries.csv", trial.task.role, out)
    found = {BOLE: read_lists(out, records), UNLEARNED: _unlearned(context, home.path, records)}
    shutil.rmtree(home.path)
    return found


def _trained(draw: _Draw) -> Home:
    home = draw.base.copy(draw.folder)
    rows = read_rows(draw.trial.folder / INTERACTIONS)
    few = draw.folder / INTERACTIONS
    write_rows(few, tuple(rows[0]), [tuple(rows[row].values()) for row in draw.chosen])
    home.take_in([few])
    home.train(draw.trial.task.train_until)
    return home


def _unlearned(context: Context, home: Path, records: Records) -> Lists:
    signals = live.prior_scores(live.snapshot_of(home, context.today), records)
    return best(unlearned(signals.values()), records.allowed)


def _peers(context: Context, trial: Trial, records: Records) -> list[tuple[str, Scores]]:
    found: list[tuple[str, Scores]] = [
        (POPULARITY, popularity(records)),
        (LIGHTFM, hybrid.hybrid(records, hybrid.INSTALLED, records.asked)),
    ]
    if trial.task.earlier:
        setting = tuning.hybrid_setting(context.folders[trial.task.earlier], warm_queries=trial.task.warm)
        found.append((TUNED, hybrid.hybrid(records, setting, records.asked)))
    return found


def _ndcg(lists: Lists, records: Records) -> Float64:
    return ndcg(hits_of(lists, records.truth), records.truth.sum(axis=1))


def _average(runs: Sequence[Mapping[str, Float64]]) -> dict[str, Float64]:
    return {name: np.mean([run[name] for run in runs], axis=0) for name in runs[0]}
