"""Serving with gunicorn. This module imports neither numpy nor faiss: workers do, after the fork.

A search before a fork would leave OpenMP's threads behind and hang every worker, so the parent process
makes nothing, and each worker makes the application for itself.
"""

import ipaddress
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from api.accounts.breached import Breached
from api.settings import Settings
from api.warming import Warming
from matcher.errors import InvalidInput

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
LONGEST_REQUEST_LINE_BYTES = 8190


def serve(make: "Callable[[], WSGIApplication]", settings: Settings) -> None:
    """Answer requests until told to stop (SIGTERM, SIGINT), then let the running ones finish.

    `make` returns the application. It runs once in every worker process, which answers 503 meanwhile; it
    should import what it needs itself, so that the parent process stays free of threads.

    Raises:
        InvalidInput: an address that other machines can reach, without the setting that allows it; a file of
            breached passwords that is none.
    """
    check_address(settings)
    if settings.breached_passwords:
        Breached(settings.breached_passwords)  # each worker opens it anew
    _prepare_environment(settings)
    Server(make, gunicorn_options(settings)).run()


def check_address(settings: Settings) -> None:
    """Refuse to be reachable from other machines by accident.

    Raises:
        InvalidInput: the host is not this machine's own and `allow_remote` is off.
    """
    if not settings.allow_remote and not _is_loopback(settings.host):
        rule = "can be reached from other machines"
        raise InvalidInput(
            "host", settings.host, rule, "use 127.0.0.1, or set BOLE_ALLOW_REMOTE=1 behind a proxy"
        )


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """The settings in gunicorn's words."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": "api.patience.PatientWorker",
        "workers": settings.workers,
        "threads": settings.threads,
        "timeout": settings.request_timeout_seconds,
        "graceful_timeout": settings.stop_timeout_seconds,
        "preload_app": False,
        "limit_request_line": LONGEST_REQUEST_LINE_BYTES,
        "loglevel": "warning",
        "control_socket_disable": True,
        "proc_name": "bole",
    }


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn around one application: `make` runs in the workers only."""

    def __init__(self, make: "Callable[[], WSGIApplication]", options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> "WSGIApplication":
        """The application of one worker, on its way."""
        return Warming(self._make)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _prepare_environment(settings: Settings) -> None:
    """What libraries read from the environment when the workers first import them."""
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    if settings.metrics_directory is not None:
        settings.metrics_directory.mkdir(parents=True, exist_ok=True)
        for earlier in settings.metrics_directory.glob("*.db"):
            earlier.unlink()  # figures of processes that are gone
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.metrics_directory)
