"""An office from its first minute, served by the real `bole serve` beside a real worker."""

import csv
import datetime as dt
import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import openpyxl

from api.accounts.links import new_link
from api.app import create_app
from api.cli.demo import worker_beside
from api.cli.workplace import open_workplace, today
from api.jobs.solver import carried_out
from api.observing import observer
from api.pages import pages
from api.services import Services
from api.settings import Settings
from matcher.encoding.encoder import Encoder
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.people import Purpose
from matcher.store import Store
from tests.api.pages.walk.town import served
from tests.bench.serving import server

BOLE = (sys.executable, "-m", "api.cli")
OFFICE = "office"
STARTUPS = 12


@dataclass(frozen=True)
class Place:
    """The served office: nobody is there but an admin who was invited. `startups` is a workbook of the demo's
    startups, `partners` the demo's other files; `work` does what waits where no worker runs."""

    address: str
    store: Store
    startups: Path
    partners: tuple[Path, Path]
    invitation: str
    work: Callable[[], None] = lambda: None


@contextmanager
def place(home: Path) -> Iterator[Place]:
    """The office before the real server and worker, until the block ends."""
    settings = Settings(home=home / "home")
    store = open_workplace(settings).store
    with _begun(store, home) as begin, worker_beside(settings), server(settings.home, bole=BOLE) as running:
        yield begin(f"http://127.0.0.1:{running.port}")
    store.close()


@contextmanager
def place_here(home: Path, encoder: Encoder) -> Iterator[Place]:
    """The office served by this process, which works when it is told to: quicker to begin."""
    settings = Settings(home=home / "home")
    store, registry = open_workplace(settings).store, Registry(settings.models_url)
    matches = MatchService(Sources(store, encoder), registry, Clock(today=today, seconds=time.monotonic))
    jobs: list[dict[str, Any]] = []
    services = Services(store, matches, registry, queue_job=lambda _name, given: jobs.append(dict(given)))
    app = create_app(services, settings, pages=[pages], records=observer(None, io.StringIO()))

    def work() -> None:
        job = jobs.pop()
        run = store.match_runs.begin(job["run"], job["token"])
        carried_out(store, lambda: matches.moment().snapshot, run, job["token"], seconds=time.monotonic)

    with _begun(store, home) as begin, served(app) as address:
        yield replace(begin(address), work=work)
    store.close()


@contextmanager
def _begun(store: Store, folder: Path) -> Iterator[Callable[[str], Place]]:
    """What makes the office of an address, its admin invited and its files at hand."""
    store.add_organisation(OFFICE)
    admin = store.people.add(OFFICE, "admin@example.org", role="admin")
    invitation = new_link(store, admin, Purpose.INVITE, "", dt.datetime.now(dt.UTC))
    with as_file(files("fixtures") / "demo") as demo:
        startups = _workbook(demo / "startups.csv", folder / "startups.xlsx")
        partners = (demo / "mentors.xlsx", demo / "investors.csv")
        yield lambda address: Place(address, store, startups, partners, invitation)


def _workbook(table: Path, target: Path) -> Path:
    """The first rows of the demo's table of startups, as the spreadsheet that offices keep."""
    book = openpyxl.Workbook()
    with table.open(encoding="gb18030", newline="") as lines:
        for number, row in enumerate(csv.reader(lines)):
            if number > STARTUPS:
                break
            book.active.append(row)
    book.save(target)
    return target
