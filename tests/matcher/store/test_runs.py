import datetime as dt
from dataclasses import replace

import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.matcher.store.samples import NOW

RUN = RunRecord(id="20240501T083000Z-ab12", kind="retrain", started_at=NOW, step="fit", summary={"版本": 1})


def test_a_run_comes_back_as_it_was(store: Store) -> None:
    store.save_run(RUN)
    assert store.run(RUN.id) == RUN
    found = store.runs()[0]
    assert (found.started_at.tzinfo, found.finished_at, found.status) == (dt.UTC, None, RunStatus.RUNNING)


def test_a_run_that_is_saved_again_takes_the_new_values(store: Store) -> None:
    store.save_run(RUN)
    done = replace(
        RUN, finished_at=NOW + dt.timedelta(hours=1), status=RunStatus.DONE, summary={"outcome": "kept"}
    )
    store.save_run(done)
    assert store.runs() == [done]


def test_runs_of_a_kind_come_newest_first(store: Store) -> None:
    days = {"b": 2, "d": 0, "a": 3, "c": 1}
    runs = [replace(RUN, id=id_, started_at=NOW + dt.timedelta(days=day)) for id_, day in days.items()]
    for run in runs:
        store.save_run(run)
    store.save_run(replace(RUN, id="other", kind="replay"))
    assert [run.id for run in store.runs(limit=3)] == ["a", "b", "c"]
    assert [run.id for run in store.runs("replay")] == ["other"]
    assert store.runs("unknown") == []


def test_runs_that_started_together_come_by_id(store: Store) -> None:
    for name in "bca":
        store.save_run(replace(RUN, id=name))
    assert [run.id for run in store.runs()] == ["c", "b", "a"]


def test_an_unknown_run_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="'x'"):
        store.run("x")


@pytest.mark.parametrize("value", [float("nan"), {1, 2}])
def test_a_summary_that_is_no_json_is_refused(store: Store, value: object) -> None:
    with pytest.raises(InvalidInput, match="summary"):
        store.save_run(replace(RUN, summary={"quality": value}))
    assert store.runs() == []


def test_saving_a_run_is_no_change_to_what_matching_reads(store: Store) -> None:
    store.save_run(RUN)
    assert store.revision() == 0
