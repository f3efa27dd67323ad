"""`bole demo`: the whole main job on the invented demo city, then a page ready to click."""

import dataclasses
import datetime as dt
import multiprocessing
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from urllib.request import urlopen

import click

from api.cli.importing import echo_report, run_import
from api.cli.lists import echo_lists
from api.cli.serving import run_server
from api.cli.training import run_training
from api.cli.working import bole_command
from api.cli.workplace import Workplace, language_option, today, workplace
from api.pages import sign_in_link
from api.principals import Caller, Principal
from api.settings import Settings
from matcher.matching.wording import Language
from matcher.profiles import Role, Status
from matcher.store import Store

ORGANISATION = "demo"
COHORT = "spring"
SURE = 8
"""So many good answers in a row: each worker gets ready by itself."""
LOOK_SECONDS = 0.1
COHORT_NAMES: Mapping[Language, str] = {"zh": "2026 春季营", "en": "Spring camp 2026"}


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the page at the end.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the page (8000).")
@language_option
@click.pass_obj
def demo(settings: Settings, serving: bool, port: int | None, language: Language) -> None:
    """Import the demo files, train, make a cohort, print a match list, and serve the page.

    The demo keeps to a folder of its own (HOME/demo), which is made anew each time.
    """
    own = dataclasses.replace(
        settings, home=settings.home / "demo", database_url="", registry_url="", port=port or settings.port
    )
    shutil.rmtree(own.home, ignore_errors=True)
    _in_another_process(own, language)
    if serving:
        with workplace(own) as place:
            link = _link(place)
        with worker_beside(own), announced(own.address, link):
            run_server(own)


@contextmanager
def announced(address: str, link: str) -> Iterator[None]:
    """Print the link once the server that runs meanwhile answers at the address: an early click is refused.

    What waits is a process of its own: the server forks from this one, which may have no threads."""
    teller = multiprocessing.get_context("spawn").Process(target=_announce, args=(address, link), daemon=True)
    teller.start()
    try:
        yield
    finally:
        teller.terminate()
        teller.join()


def _announce(address: str, link: str) -> None:
    ready = 0
    while ready < SURE:
        ready = ready + 1 if _answers(address) else 0
        time.sleep(LOOK_SECONDS)
    click.echo(f"\nOpen {link}\n(it signs one browser in, within a day)\n")


def _answers(address: str) -> bool:
    """Whether the server is ready there; of several workers whichever takes the call."""
    try:
        with urlopen(f"{address}/health/ready", timeout=10) as answer:  # noqa: S310 - our own http  # nosec B310
            return bool(answer.status == 200)
    except OSError:  # nobody there yet, or 503
        return False


@contextmanager
def worker_beside(settings: Settings) -> Iterator[None]:
    """A worker that solves match runs while something else goes on here; it learns nothing by itself. What it
    says goes to worker.log among the jobs."""
    settings.jobs_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.jobs_folder / "worker.log").open("ab") as said:
        worker = subprocess.Popen(  # noqa: S603 - its own words, no shell  # nosec B603
            bole_command(settings, "worker", "--no-retrain"),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def _in_another_process(settings: Settings, language: Language) -> None:
    """The main job in a process of its own: the server forks from this one, where nothing may be searched."""
    worker = multiprocessing.get_context("spawn").Process(target=_main_job, args=(settings, language))
    worker.start()
    worker.join()
    if worker.exitcode:
        raise SystemExit(worker.exitcode)


def _main_job(settings: Settings, language: Language) -> None:
    with workplace(settings) as place, as_file(files("fixtures") / "demo") as folder:
        _import_train_match(place, folder, language)
        make_cohort(place.store, language)


def make_cohort(store: Store, language: Language) -> None:
    """A cohort of all active startups, ready to be matched."""
    every = store.profiles(ORGANISATION, roles=(Role.STARTUP,))
    active = [profile.id for profile in every if profile.status is Status.ACTIVE]
    store.cohorts.create(ORGANISATION, COHORT_NAMES[language], active, id=COHORT)


def _import_train_match(place: Workplace, folder: Path, language: Language) -> None:
    echo_report(run_import(place, [folder], organisation=ORGANISATION), language)
    model = run_training(place, today(), promote=True)
    click.echo(f"\ntrained {model.version}, live\n")
    startup = next(place.store.profiles(ORGANISATION, roles=(Role.STARTUP,)))
    for role in (Role.MENTOR, Role.INVESTOR):
        echo_lists(place.matches().match(ORGANISATION, [startup.id], role=role, k=3), language)


def _link(place: Workplace) -> str:
    """A link that signs a member of the demo's staff in."""
    address = f"http://{place.settings.host}:{place.settings.port}"
    staff = Principal(ORGANISATION, Caller.STAFF)
    return sign_in_link(place.store, staff, address, dt.datetime.now(dt.UTC))
