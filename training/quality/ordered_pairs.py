"""The task of ordered pairs: which of two partners, known by their texts alone, is better for a startup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matcher.encoding.encoder import UniversalSentenceEncoder
from training.measures.intervals import interval
from training.quality import live
from training.quality.charts import Bar, Bars
from training.quality.context import Context, PairTrial
from training.quality.methods import ALONE, BOLE, Group, Scores, telling, unlearned
from training.quality.records import Records, read_records
from training.quality.sections import Requirement, Section
from training.quality.tables import read_rows, write_rows
from training.quality.wordings import meanings, words

Float64 = npt.NDArray[np.float64]

_COLUMNS = ("method", "kind", "pair accuracy", "Bole − method")
_SIDES = ("better_id", "worse_id")
_TOGETHER = "TF-IDF + encoder"


@dataclass(frozen=True, slots=True)
class _Answer:
    """One method: `right` [pairs] is 1 where it prefers the better partner, ½ where it cannot tell."""

    name: str
    group: Group
    right: Float64


def pair_sections(context: Context) -> list[Section]:
    """The section of the task of ordered pairs, where it was asked for."""
    if context.pairs is None:
        return []
    trial = context.pairs
    context.say(f"{trial.task.name}: peers")
    answers = [*_own(trial), *_others(context, trial)]
    own = answers[0].right
    rows = tuple(
        (a.name, a.group.value, float(a.right.mean()), None if a.name == BOLE else interval(own - a.right))
        for a in answers
    )
    figure = float(own.mean())
    wanted = Requirement(f"{trial.task.name}, pair accuracy", figure, trial.task.threshold or 0.0)
    note = f"{len(own)} ordered pairs, no interactions; startups and partners are known by their texts."
    return [Section(trial.task.name, _COLUMNS, rows, note, (_chart(trial, answers),), (wanted,))]


def right_order(better: Scores, worse: Scores) -> Float64:
    """1 where the better one scores higher, 0 where lower, ½ where equal or where either is unknown."""
    return np.where(better > worse, 1.0, np.where(better < worse, 0.0, 0.5))


def _own(trial: PairTrial) -> Iterator[_Answer]:
    for name, file in ((BOLE, trial.scores), (ALONE, trial.alone)):
        scores = {(row["startup_id"], row["partner_id"]): float(row["score"]) for row in read_rows(file)}
        yield _Answer(name, Group.OWN, _by_pair(trial, scores))


def _by_pair(trial: PairTrial, scores: Mapping[tuple[str, str], float]) -> Float64:
    pairs = read_rows(trial.folder / "pairs.csv")
    better, worse = (np.array([scores[row["startup_id"], row[side]] for row in pairs]) for side in _SIDES)
    return right_order(better, worse)


def _others(context: Context, trial: PairTrial) -> Iterator[_Answer]:
    records = _records(trial)
    with live.opened(trial.home.path) as store:
        texts = {"TF-IDF": words(records), "encoder": meanings(records, UniversalSentenceEncoder(), store)}
    for name, scores in {**texts, _TOGETHER: unlearned(texts.values())}.items():
        yield _Answer(name, Group.PEER, _by_scores(trial, records, scores))
    signals = live.signal_scores(live.snapshot_of(trial.home.path, context.today), records)
    for name, scores in telling(signals).items():
        yield _Answer(name, Group.SIGNAL, _by_scores(trial, records, scores))


def _records(trial: PairTrial) -> Records:
    """The records with every startup as a query and the better partner as its right one."""
    right: Path = trial.scores.with_name("better.csv")
    pairs = [(row["startup_id"], row["better_id"]) for row in read_rows(trial.folder / "pairs.csv")]
    write_rows(right, ("startup_id", "partner_id"), pairs)
    return read_records(trial.folder, "pairs.csv", f"../{right.name}")


def _by_scores(trial: PairTrial, records: Records, scores: Scores) -> Float64:
    pairs = read_rows(trial.folder / "pairs.csv")
    query = records.queries.rows((row["startup_id"] for row in pairs), unknown=-1)
    better, worse = (
        scores[query, records.candidates.rows((row[side] for row in pairs), unknown=-1)] for side in _SIDES
    )
    return right_order(better, worse)


def _chart(trial: PairTrial, answers: list[_Answer]) -> Bars:
    bars = []
    for answer in sorted(answers, key=lambda answer: -float(answer.right.mean())):
        found = interval(answer.right)
        label = f"{answer.name} alone" if answer.group is Group.SIGNAL else answer.name
        bars.append(Bar(label, found.mean, (found.low, found.high), answer.group is Group.OWN))
    title = f"{trial.task.name}: pairs in the right order"
    return Bars(trial.task.name, title, trial.task.measure, tuple(bars), trial.task.goal)
