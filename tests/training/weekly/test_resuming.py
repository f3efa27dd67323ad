"""Runs that were cut off, that were not alone, or that found something damaged."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import Conflict, UnusableModel
from matcher.runs import RunStatus
from tests.training.weekly.homes import STRICT, Home
from training.weekly.record import WeeklyRecord

First = tuple[Home, WeeklyRecord]
EARLY, LATE = ("check", "rehearse and fit"), ("evaluate", "promote")
"""Steps at which nothing was put away as yet, and those at which both models were."""
AN_HOUR = dt.timedelta(hours=1)


class Died(BaseException):
    """The end of a process, at whatever point."""


def at(step: str, what: Callable[[], object]) -> Callable[[str], None]:
    """Does something as the step begins."""
    return lambda begun: void(what()) if begun == step else None


def void(_: object) -> None:
    """Nothing."""


def die() -> None:
    raise Died


@pytest.fixture(scope="module")
def killed(first_run: First, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By step, what a kill as it begins would leave on the disk; something is new to learn from."""
    folder = tmp_path_factory.mktemp("killed")
    home = first_run[0].copied(folder / "home")
    home.grows()
    left: dict[str, Path] = {}

    def begun(step: str) -> None:
        if step in (*EARLY, *LATE):
            left[step] = folder / step.replace(" ", "-")
            home.copied(left[step])

    home.run(step=begun)
    home.store.close()
    return left


@pytest.mark.parametrize("step", [*EARLY, *LATE])
def test_after_a_kill_the_old_model_serves_and_the_next_run_succeeds(
    step: str, killed: dict[str, Path], first_run: First, tmp_path: Path
):
    """What was fitted and put away is not fitted again."""
    before = Home(killed[step]).copied(tmp_path / "home", later=2 * AN_HOUR)
    assert before.registry.live() == first_run[1].live_after
    assert before.registry.live_model().version == first_run[1].live_after
    assert before.store.runs()[0].status is RunStatus.RUNNING

    record = before.run()

    assert record.outcome == "promoted"
    assert before.fits == (2 if step in EARLY else 0)
    assert before.registry.live() == record.live_after != first_run[1].live_after
    assert before.registry.rehearsal(str(record.live_after)) is not None
    done, cut_off, *_ = before.store.runs()
    assert (done.status, cut_off.status, cut_off.summary["error"]) == (
        RunStatus.DONE,
        RunStatus.FAILED,
        "killed",
    )
    before.store.close()


def test_models_of_a_killed_run_are_not_taken_up_where_something_is_new(
    killed: dict[str, Path], tmp_path: Path
):
    home = Home(killed["promote"]).copied(tmp_path / "home", later=2 * AN_HOUR)
    home.store.delete_profile("north", "late")

    with pytest.raises(Died):
        home.run(step=at("evaluate", die))

    assert home.fits == 2
    home.store.close()


def test_a_run_that_dies_politely_says_so_and_gives_the_lease_back(trained: Home):
    with pytest.raises(Died):
        trained.run(step=at("encode", die))

    assert trained.store.lease("retrain") is None
    run = trained.store.runs()[0]
    assert (run.status, run.step, run.summary["error"]) == (RunStatus.FAILED, "encode", "interrupted")


def test_while_another_run_holds_the_lease_there_is_none(trained: Home):
    trained.store.acquire("retrain", "you", stale_after_seconds=600)
    live, runs = trained.registry.live(), trained.store.runs()

    with pytest.raises(Conflict, match="retrain is held by you"):
        trained.run()

    assert trained.heard == []
    assert (trained.registry.live(), trained.store.runs()) == (live, runs)
    lease = trained.store.lease("retrain")
    assert lease is not None
    assert lease.owner == "you"


def test_a_run_that_lost_its_lease_promotes_nothing(trained: Home):
    live = trained.registry.live()
    trained.grows()

    def lose() -> None:
        mine = trained.store.lease("retrain")
        assert mine is not None
        trained.store.release(mine)
        trained.store.acquire("retrain", "you", stale_after_seconds=600)

    with pytest.raises(Conflict, match="you took it over"):
        trained.run(step=at("promote", lose))

    assert trained.registry.live() == live
    assert trained.registry.verdict(str(trained.store.runs()[0].summary["candidate"])) is None
    assert trained.store.runs()[0].status is RunStatus.FAILED
    lease = trained.store.lease("retrain")
    assert lease is not None
    assert lease.owner == "you"


def damage(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


@pytest.mark.parametrize("file", ["arrays.npz", "rehearsal/arrays.npz"])
def test_a_damaged_live_model_is_mended_and_said_to_have_been_damaged(file: str, trained: Home):
    live = str(trained.registry.live())
    damage(trained.folder / "models" / "versions" / live / file)

    record = trained.run()

    assert (record.outcome, record.candidate) == ("kept", live)
    assert "live_damaged" in {finding.code for finding in record.checks}
    assert "no_rival" in {finding.code for finding in record.gate}
    assert trained.registry.live_model().version == live
    assert trained.registry.rehearsal(live) is not None


def test_a_damaged_pointer_is_written_anew_and_said_to_have_been_damaged(trained: Home):
    live = trained.registry.live()
    damage(trained.folder / "models" / "live.json")
    with pytest.raises(UnusableModel):
        trained.registry.live()

    record = trained.run()

    assert (record.outcome, record.live_before, record.live_after) == ("promoted", None, live)
    assert "live_damaged" in {finding.code for finding in record.checks}
    assert trained.registry.live_model().version == live


def test_with_a_damaged_pointer_a_candidate_may_still_be_turned_down(trained: Home):
    damage(trained.folder / "models" / "live.json")

    record = trained.run(STRICT)

    assert (record.outcome, record.live_after) == ("rejected", None)
    assert trained.store.runs()[0].status is RunStatus.DONE
    with pytest.raises(UnusableModel):
        trained.registry.live()


def test_a_run_that_fails_says_why(trained: Home):
    """What it had put away is spoilt before it can go live."""
    live = trained.registry.live()
    trained.grows()

    def spoil() -> None:
        version = trained.store.runs()[0].summary["candidate"]
        damage(trained.folder / "models" / "versions" / version / "arrays.npz")

    with pytest.raises(UnusableModel):
        trained.run(step=at("promote", spoil))

    run = trained.store.runs()[0]
    assert run.status is RunStatus.FAILED
    assert run.summary["candidate"] in run.summary["error"]
    assert trained.registry.live() == live
