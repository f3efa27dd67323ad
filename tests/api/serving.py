"""Serves the tests' world with gunicorn, in a process of its own: python -m tests.api.serving HOME PORT.

Nothing that loads numpy is imported at the top: the parent process must stay free of it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from api.serve import serve
from api.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def main(home: Path, port: int) -> None:
    settings = Settings(
        home=home,
        port=port,
        workers=2,
        threads=2,
        metrics_directory=home / "metrics",
        stop_timeout_seconds=10,
    )

    def make() -> "WSGIApplication":
        from api.app import create_app
        from api.observing import observer
        from api.recording import Recorder
        from api.services import Services
        from matcher.store import Store
        from tests.api.fakes import FakeMatches, FakeRegistry
        from tests.api.slow import slow

        store, records = Store(settings.store_url), observer(settings.metrics_directory)
        recorder = Recorder(store.add_shown, records)
        services = Services(store, FakeMatches(store), FakeRegistry(), record=recorder.put)
        return create_app(services, settings, pages=[slow], records=records)

    serve(make, settings)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
