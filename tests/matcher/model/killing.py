"""Run as a program: kill a process that promotes and rolls back without end, at random moments, and look.

    python -m tests.matcher.model.killing FOLDER TIMES

A process of its own, as one with threads must not fork. Prints how often the registry was found whole.
"""

import os
import random
import signal
import sys
import time

from matcher.model.registry import Registry
from tests.matcher.model.swaps import BY, go_live


def swap_for_ever(registry: Registry) -> None:
    while True:
        for version in ("v1", "v2"):
            go_live(registry, version)
        registry.rollback(**BY)


def kill_one(registry: Registry, after_seconds: float) -> None:
    """Start a process that swaps, and kill it so long after."""
    child = os.fork()
    if not child:
        swap_for_ever(registry)
    time.sleep(after_seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def is_whole(registry: Registry) -> bool:
    """The live version loads, is the one that the log tells of last, and can be swapped."""
    live = registry.live_model().version
    told = registry.promotions()[0].version
    go_live(registry, "v0")
    return live == told and registry.live() == "v0"


if __name__ == "__main__":
    registry, chance = Registry(sys.argv[1]), random.Random(0)
    whole = 0
    for _ in range(int(sys.argv[2])):
        kill_one(registry, chance.uniform(0, 0.1))
        whole += is_whole(registry)
    sys.stdout.write(f"{whole}\n")
