"""The headline and the table of a task."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.quality.toys import write_task
from training.measures.intervals import Interval
from training.measures.lists import DEPTH, NOBODY, Lists
from training.measures.metrics import measures
from training.quality.bole import Home
from training.quality.commands import Cost, Shell
from training.quality.context import Trial
from training.quality.methods import ALONE, BOLE, LIGHTFM, Group, Method
from training.quality.records import read_records
from training.quality.task_tables import Measured, headline, task_section
from training.quality.tasks import Task

COSTS = {"import": Cost(1.0, 3 * 1024**2), "train": Cost(2.0, 5 * 1024**2), "match": Cost(3.0, 4 * 1024**2)}


def first(*columns: int) -> Lists:
    """One query for each column, which is all that its list names."""
    lists = np.full((len(columns), DEPTH), NOBODY)
    lists[:, 0] = columns
    return lists


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    """Bole is right about both queries, LightFM and the signal about one, profiles alone about none."""
    folder = write_task(tmp_path, {"s": "x", "t": "x"}, [*"abc"], [], [("s", "a"), ("t", "b")])
    records = read_records(folder)
    task = Task(name="toy", train_until="2020-07-01", threshold=0.9, goal=0.95)
    lists = {BOLE: first(0, 1), ALONE: first(2, 2), LIGHTFM: first(0, 2), "stage": first(2, 1)}
    groups = (Group.OWN, Group.OWN, Group.PEER, Group.SIGNAL)
    home = Home(tmp_path, Shell(tmp_path, lambda _: None))
    trial = Trial(task, folder, home, records, folder, folder, lists[BOLE], lists[ALONE], COSTS)
    every = [Method(name, group, lists[name]) for name, group in zip(lists, groups, strict=True)]
    return Measured(trial, [(method, measures(method.lists, records.truth)) for method in every])


def test_the_headline_sets_bole_beside_the_best_lightfm_and_tells_what_it_cost(measured: Measured):
    section = headline([measured])
    row = dict(zip(section.columns, section.rows[0], strict=True))

    assert (row["task"], row["queries"], row["candidates"]) == ("toy", 2, 3)
    assert (row["Bole"], row["profiles alone"], row[LIGHTFM]) == (1.0, 0.0, 0.5)
    assert row["LightFM tuned"] is None
    assert row["Bole ÷ best LightFM"] == "2.00"
    assert (row["import / train / match, s"], row["peak MiB"]) == ("1 / 2 / 3", 5)


def test_the_threshold_of_a_task_must_be_reached_and_learning_must_not_harm(measured: Measured):
    figure, learnt = headline([measured]).required

    assert (figure.value, figure.needed, figure.aim, figure.reached) == (1.0, 0.9, 0.95, True)
    assert learnt.value == 1.0


def test_a_task_tells_how_far_bole_is_ahead_of_each_method(measured: Measured):
    rows = {row[0]: row for row in task_section(measured).rows}

    assert rows[BOLE][-1] is None
    assert rows[ALONE][-1] == Interval(1.0, 1.0, 1.0)
    assert isinstance(ahead := rows[LIGHTFM][-1], Interval)
    assert (ahead.mean, ahead.low, ahead.high) == (0.5, 0.0, 1.0)


def test_the_picture_shows_the_best_first_and_names_a_signal_as_one(measured: Measured):
    (chart,) = task_section(measured).charts

    assert [bar.label for bar in chart.bars] == [BOLE, LIGHTFM, "stage alone", ALONE]
    assert [bar.own for bar in chart.bars] == [True, False, False, True]
    assert chart.aim == 0.95
