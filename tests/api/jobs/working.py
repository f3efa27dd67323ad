"""A worker whose retrain is a stand-in, in a process of its own: python -m tests.api.jobs.working JSON."""

import json
import sys
from pathlib import Path

from api.cli.working import run_worker
from api.cli.workplace import workplace
from api.settings import Settings


def main(told: str) -> int:
    """Work as the JSON object says: `home`, `queue_url`, `command`, `once`."""
    given = json.loads(told)
    settings = Settings(home=Path(given["home"]), queue_url=given["queue_url"], stop_timeout_seconds=10)
    with workplace(settings) as place:
        return 0 if run_worker(place, given["command"], once=given["once"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
