"""`bole demo`: the whole main job on the invented demo city, then a page ready to click."""

import dataclasses
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from api.cli.importing import echo_report, run_import
from api.cli.lists import echo_lists
from api.cli.serving import run_server
from api.cli.training import run_training
from api.cli.workplace import Workplace, language_option, today, workplace
from api.principals import Caller, Principal, issue_token
from api.settings import Settings
from matcher.matching.wording import Language
from matcher.profiles import Role

ORGANISATION = "demo"


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the page at the end.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the page (8000).")
@language_option
@click.pass_obj
def demo(settings: Settings, serving: bool, port: int | None, language: Language) -> None:
    """Import the demo files, train, print a match list, and serve the page.

    The demo keeps to a folder of its own (HOME/demo), which is made anew each time.
    """
    own = dataclasses.replace(
        settings, home=settings.home / "demo", database_url="", registry_url="", port=port or settings.port
    )
    shutil.rmtree(own.home, ignore_errors=True)
    with workplace(own) as place, as_file(files("fixtures") / "demo") as folder:
        token = _prepare(place, folder, language)
    if serving:
        click.echo(f"\nOpen http://{own.host}:{own.port}/signin and sign in with the token {token}")
        run_server(own)


def _prepare(place: Workplace, folder: Path, language: Language) -> str:
    """The main job; returns a staff token."""
    echo_report(run_import(place, [folder], organisation=ORGANISATION), language)
    model = run_training(place, today(), promote=True)
    click.echo(f"\ntrained {model.version}, live\n")
    startup = next(place.store.profiles(ORGANISATION, roles=(Role.STARTUP,)))
    for role in (Role.MENTOR, Role.INVESTOR):
        echo_lists(place.matches().match(ORGANISATION, [startup.id], role=role, k=3), language)
    return issue_token(place.store, Principal(ORGANISATION, Caller.STAFF), label="demo")
