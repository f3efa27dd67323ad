"""A page that takes its time and then tells about the process that answers, for the tests of serving."""

import os
import time

import threadpoolctl
from apiflask import APIBlueprint

from api.access import public

slow = APIBlueprint("slow", __name__)


@slow.get("/slow")
@public
def process() -> dict[str, object]:
    """Which process answers, and with how many threads its libraries compute."""
    time.sleep(0.5)
    return {
        "parent": os.getppid(),
        "process": os.getpid(),
        "threads": [pool["num_threads"] for pool in threadpoolctl.threadpool_info()],
    }
