"""The live model of a home through the library."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from matcher.model.combination import SIGNALS
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.training.quality.toys import write_task
from training.quality.live import probabilities, signal_scores, snapshot_of
from training.quality.records import read_records


def home_with(folder: Path, migrated: Path, profiles: list[Profile]) -> Path:
    folder.mkdir()
    (folder / "bole.db").write_bytes(migrated.read_bytes())
    store = Store(f"sqlite:///{folder / 'bole.db'}")
    store.add_organisation("default")
    store.put_profiles(profiles)
    store.close()
    return folder


def test_each_signal_of_the_live_model_can_be_read_alone(tmp_path: Path, migrated: Path):
    profiles = [
        Profile(organisation="default", id="s", name="S", role=Role.STARTUP, industries=("ai",)),
        Profile(organisation="default", id="a", name="A", role=Role.INVESTOR, industries=("ai",)),
        Profile(organisation="default", id="b", name="B", role=Role.INVESTOR, industries=("health",)),
        Profile(organisation="default", id="c", name="C", role=Role.INVESTOR),
    ]
    home = home_with(tmp_path / "home", migrated, profiles)
    task = write_task(tmp_path / "task", {"s": "ai"}, ["b", "a", "c"], [], [("s", "a")])

    scores = signal_scores(snapshot_of(home, dt.date(2026, 11, 1)), read_records(task))

    other, same, silent = scores["industry"][0]
    assert list(scores) == list(SIGNALS)
    assert same > other
    assert np.isnan(silent)


def test_probabilities_are_those_of_the_score_and_lie_between_their_halves(tmp_path: Path, migrated: Path):
    profiles = [
        Profile(organisation="default", id="s", name="S", role=Role.STARTUP, industries=("ai",)),
        Profile(organisation="default", id="a", name="A", role=Role.INVESTOR, industries=("ai",)),
        Profile(organisation="default", id="m", name="M", role=Role.MENTOR, industries=("health",)),
    ]
    home = home_with(tmp_path / "home", migrated, profiles)
    task = write_task(tmp_path / "task", {"s": "ai"}, ["a", "m"], [], [("s", "a")])

    found = probabilities(snapshot_of(home, dt.date(2026, 11, 1)), read_records(task))

    assert found["score"] == pytest.approx(np.sqrt(found["p_startup"] * found["p_partner"]))
    assert ((found["score"] > 0) & (found["score"] < 1)).all()
