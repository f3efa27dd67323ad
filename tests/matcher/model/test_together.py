"""Several processes at one registry: nothing is lost, nothing is torn, and nobody waits for the dead."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from matcher.model.locks import exclusive
from matcher.model.pointer import POINTER
from matcher.model.registry import Registry
from tests.matcher.model.samples import full_model
from tests.matcher.model.swaps import go_live

PROMOTING = """
import sys
from matcher.model.registry import Registry
registry, name = Registry(sys.argv[1]), sys.argv[2]
for turn in range(10):
    registry.promote(f"{name}{turn % 2}", at=str(turn), by=name, reason="swap", forced=True)
"""


def test_no_promotion_of_two_processes_is_lost(tmp_path: Path):
    """Each takes turns between two versions of its own, so that every promotion changes something."""
    registry = Registry(str(tmp_path))
    for version in ("a0", "a1", "b0", "b1"):
        registry.add(full_model(version))

    both = [subprocess.Popen([sys.executable, "-c", PROMOTING, str(tmp_path), name]) for name in "ab"]
    assert [process.wait(timeout=60) for process in both] == [0, 0]

    promotions = registry.promotions()
    for name in "ab":
        assert [int(each.at) for each in promotions if each.by == name] == list(range(9, -1, -1))
    pointer = json.loads((tmp_path / POINTER).read_bytes())
    order = [pointer["version"], *pointer["previous"]]
    assert order == [each.version for each in promotions]


def test_processes_killed_at_any_moment_leave_the_registry_whole(tmp_path: Path):
    registry = Registry(str(tmp_path))
    for version in ("v0", "v1", "v2"):
        registry.add(full_model(version))
    go_live(registry, "v0")

    killing = [sys.executable, "-m", "tests.matcher.model.killing", str(tmp_path), "12"]
    done = subprocess.run(killing, capture_output=True, text=True, check=False)

    assert done.stdout == "12\n", done.stderr


def test_a_rollback_does_not_wait_for_a_version_that_is_being_written(tmp_path: Path):
    registry = Registry(str(tmp_path))
    for version in ("v1", "v2"):
        registry.add(full_model(version))
        go_live(registry, version)

    with registry._bundles.writing():
        assert registry.rollback(at="", by="") == "v1"


def test_who_wants_a_lock_waits_until_it_is_free(tmp_path: Path):
    order: list[str] = []

    def second() -> None:
        with exclusive(tmp_path / "lock"):
            order.append("second")

    with exclusive(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.05)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]
