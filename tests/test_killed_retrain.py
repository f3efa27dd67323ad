"""A retrain is killed while the API serves: nobody notices, and the next run brings it to its end.

`python -m tests.bench.killing` does the same at every step, before every change of a file, and more often.
"""

import random
from pathlib import Path

from api.cli.workplace import today
from fixtures.world import Settings as World
from matcher.model.registry import Registry
from tests.bench.incubators import Incubator, incubator
from tests.bench.victims import killed_after, killed_when

SMALL = World(startups=24, mentors=12, investors=6, interactions=240, until=today())


def killed_at(here: Incubator, step: str) -> bool:
    return killed_when(here.command("retrain"), here.log, lambda steps: f'"{step}"' in steps[-1]).was_killed


def killed_at_a_moment(here: Incubator, rng: random.Random) -> bool:
    return killed_after(here.command("retrain"), here.log, rng.uniform(0, 0.5)).was_killed


def test_whenever_a_retrain_is_killed_the_api_answers_and_the_next_run_succeeds(tmp_path: Path):
    rng = random.Random(7)
    with incubator(tmp_path / "here", SMALL) as here:
        before = Registry(str(here.models)).live()
        here.happen()
        for step in ("rehearse and fit", "promote"):
            assert killed_at(here, step)
            assert here.wounds() == []
        for _ in range(2):
            assert killed_at_a_moment(here, rng)
            assert here.wounds() == []

        assert here.recover() == []
        assert Registry(str(here.models)).live() != before

    assert here.asked.failures == []
    assert here.unheard_of() == []
    assert before in here.asked.versions
