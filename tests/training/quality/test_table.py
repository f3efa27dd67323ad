"""The table and the JSON document of results."""

import json

from training.quality.commands import Cost
from training.quality.run import Result
from training.quality.scores import Score
from training.quality.table import document, markdown
from training.quality.tasks import Kind, Task

TASK = Task(name="toy", references={"popularity": 0.1}, threshold=0.2, goal=0.3)
COSTS = {"import": Cost(1.0, 3 * 1024**2), "train": Cost(2.0, 5 * 1024**2), "match": Cost(3.0, 4 * 1024**2)}


def _result(value: float, task: Task = TASK, popularity: Score | None = None) -> Result:
    return Result(task, Score(value, 0.01), Score(0.05, 0.01), popularity, COSTS)


def _cells(result: Result) -> list[str]:
    return [cell.strip() for cell in markdown([result]).splitlines()[-1].strip("|").split("|")]


def test_a_row_names_the_figure_its_error_the_need_and_the_other_methods() -> None:
    cells = _cells(_result(0.25, popularity=Score(0.11, 0.01)))

    assert cells == [
        *("toy", "nDCG@10", "0.2500", "0.0100", "0.0500", "0.1100", "0.200", "yes", "0.300"),
        *("1.0 / 2.0 / 3.0", "5", "popularity 0.100"),
    ]


def test_a_figure_below_its_threshold_is_not_reached() -> None:
    assert _result(0.1999).reached is False
    assert "**no**" in _cells(_result(0.1999))


def test_a_figure_that_equals_its_threshold_reaches_it() -> None:
    assert _result(0.2).reached is True


def test_a_task_without_threshold_is_neither_reached_nor_missed() -> None:
    assert _result(0.25, Task(name="choosing")).reached is None


def test_every_row_has_as_many_cells_as_the_header() -> None:
    pairs = Task(name="pairs", kind=Kind.PAIRS)
    lines = markdown([_result(0.25), _result(0.25, pairs)]).splitlines()

    assert len({line.count("|") for line in lines}) == 1


def test_the_document_is_json_with_null_for_what_is_not_there() -> None:
    entry = json.loads(json.dumps(document([_result(0.25)])))["tasks"][0]

    assert entry["bole"] == {"value": 0.25, "standard_error": 0.01}
    assert entry["popularity"] is None
    assert entry["steps"]["train"] == {"seconds": 2.0, "peak_bytes": 5 * 1024**2}
