"""The two models of a run, and taking up those of a run that was cut off."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import NotFound
from matcher.model.bundle import model_hash
from matcher.model.parameters import Model
from matcher.model.registry import Registry
from matcher.runs import RunRecord, RunStatus
from matcher.store import Store
from tests.matcher.model.samples import full_model
from tests.matcher.worlds import TODAY, event
from tests.training.toys import SMALL
from tests.training.weekly.worlds import FIRST, QUARTER, WITHIN, board, data_of, day
from training.train import train
from training.weekly.learning import Learned, learned, resumable
from training.world import Data

HEARD: list[str] = []
THESE, OTHERS = "7 2026-03-01", "8 2026-03-01"


@pytest.fixture(scope="module")
def data() -> Data:
    return data_of(*board(older=3, newer=1))


@pytest.fixture(scope="module")
def both(data: Data) -> Learned:
    return learned(data, TODAY, QUARTER, SMALL, HEARD.append)


def test_the_candidate_learns_from_all_and_its_rehearsal_by_the_same_recipe_from_all_before_the_holdout(
    data: Data, both: Learned
):
    assert model_hash(both.candidate) == model_hash(train(data, TODAY, SMALL))
    assert model_hash(both.rehearsal) == model_hash(train(data, day(FIRST), SMALL))
    assert (both.candidate.version[:8], both.rehearsal.version[:8]) == ("20260228", "20251129")


def test_nothing_of_the_holdout_is_known_to_the_rehearsal(both: Learned):
    """A leak is planted: on each day of the quarter somebody chooses whom their field never chose."""
    people, events = board(older=3, newer=1)
    planted = [event("alpha0", "i9", days_ago=days) for days in (QUARTER, WITHIN, 1)]

    leaking = learned(data_of(people, events + planted), TODAY, QUARTER, SMALL, HEARD.append)

    assert model_hash(leaking.rehearsal) == model_hash(both.rehearsal)
    assert model_hash(leaking.candidate) != model_hash(both.candidate)


def test_what_begins_is_told_for_each_of_the_two(both: Learned):
    assert both is not None
    assert HEARD[0] == "rehearse: featurise"
    assert "fit: featurise" in HEARD
    assert any("fit: investor" in step for step in HEARD)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(str(tmp_path / "models"))


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    return new_store()


def kept(registry: Registry, version: str = "v1") -> Model:
    """A candidate with its rehearsal, as a run leaves them before it goes on."""
    registry.add(full_model(version, seed=1))
    registry.add_rehearsal(version, full_model("rehearsal", seed=2))
    return registry.load(version)


def ran(store: Store, id_: str = "r1", status: RunStatus = RunStatus.RUNNING, **summary: str) -> None:
    began = dt.datetime(2026, 3, 1, 3, int(id_[1:]), tzinfo=dt.UTC)
    store.save_run(RunRecord(id=id_, kind="retrain", started_at=began, status=status, summary=summary))


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.FAILED])
def test_models_of_a_run_that_was_cut_off_are_taken_up(status: RunStatus, store: Store, registry: Registry):
    kept(registry)
    ran(store, status=status, data=THESE, candidate="v1")

    found = resumable(store, registry, THESE)

    assert found is not None
    assert model_hash(found.candidate) == model_hash(full_model(seed=1))
    assert model_hash(found.rehearsal) == model_hash(full_model(seed=2))


@pytest.mark.parametrize("status", [RunStatus.DONE, RunStatus.STOPPED])
def test_models_of_a_run_that_came_to_its_end_are_not(status: RunStatus, store: Store, registry: Registry):
    kept(registry)
    ran(store, status=status, data=THESE, candidate="v1")

    assert resumable(store, registry, THESE) is None


def test_models_of_other_data_are_not_taken_up(store: Store, registry: Registry):
    kept(registry)
    ran(store, data=OTHERS, candidate="v1")
    ran(store, "r2", candidate="v1")

    assert resumable(store, registry, THESE) is None


def test_a_run_that_did_not_come_so_far_hides_none_that_did(store: Store, registry: Registry):
    kept(registry)
    ran(store, "r1", data=THESE, candidate="v1")
    ran(store, "r2", data=THESE)
    ran(store, "r3", data=THESE, candidate="v9")

    found = resumable(store, registry, THESE)

    assert found is not None
    assert found.candidate.version == "v1"


def test_a_candidate_without_its_rehearsal_is_made_anew(store: Store, registry: Registry):
    registry.add(full_model("v1"))
    ran(store, data=THESE, candidate="v1")

    assert resumable(store, registry, THESE) is None


@pytest.mark.parametrize("folder", ["versions/v1", "versions/v1/rehearsal"])
def test_a_damaged_candidate_or_rehearsal_is_made_anew(
    folder: str, store: Store, registry: Registry, tmp_path: Path
):
    kept(registry)
    ran(store, data=THESE, candidate="v1")
    arrays = tmp_path / "models" / folder / "arrays.npz"
    arrays.write_bytes(arrays.read_bytes()[:-9])

    assert resumable(store, registry, THESE) is None


def test_a_candidate_that_was_removed_is_made_anew(store: Store, registry: Registry):
    ran(store, data=THESE, candidate="v1")

    assert resumable(store, registry, THESE) is None
    with pytest.raises(NotFound):
        registry.load("v1")
