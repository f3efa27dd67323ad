"""The `bole` command: the composition root. Each command is imported only when it is called."""

import importlib
import os
from pathlib import Path

import click

from api.settings import settings_from
from matcher.audit import COMMAND, Actor
from matcher.audit import acting as acts_as  # `acting` is a module of this package too
from matcher.errors import BoleError

COMMANDS = {
    "demo": "api.cli.demo:demo",
    "import": "api.cli.importing:import_",
    "train": "api.cli.training:train",
    "retrain": "api.cli.retraining:retrain",
    "replay": "api.cli.replaying:replay",
    "match": "api.cli.matching:match",
    "score": "api.cli.scoring:score",
    "explain": "api.cli.scoring:explain",
    "models": "api.cli.models:models",
    "report": "api.cli.reports:report",
    "cohort": "api.cli.cohorts:cohort",
    "run": "api.cli.match_runs:run",
    "introduction": "api.cli.introductions:introduction",
    "contact": "api.cli.sending:contact",
    "duplicates": "api.cli.duplicates:duplicates",
    "webhook": "api.cli.sending:webhook",
    "outbox": "api.cli.sending:outbox",
    "panel": "api.cli.panels:panel",
    "fund": "api.cli.funding:fund",
    "ledger": "api.cli.ledger_reports:ledger",
    "serve": "api.cli.serving:serve",
    "worker": "api.cli.working:worker",
    "person": "api.cli.people:person",
    "sso": "api.cli.sso:sso",
    "token": "api.cli.serving:token",
    "export": "api.cli.erasing:export",
    "erase": "api.cli.erasing:erase",
    "audit": "api.cli.auditing:audit",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are first needed (after click's documentation)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of Bole's is one line on stderr and exit code 1."""
        try:
            return super().invoke(ctx)
        except BoleError as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=LazyGroup)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Database, models and jobs (BOLE_HOME; ./var).",
)
@click.version_option(package_name="bole")
@click.pass_context
def main(ctx: click.Context, home: Path | None) -> None:
    """Bole (伯乐): which mentors and investors fit which startup, and why.

    Exit codes: 0 done, 1 could not (or some rows were rejected), 2 wrong use.
    """
    ctx.with_resource(acts_as(Actor(COMMAND, f"uid:{os.getuid()}")))
    ctx.obj = settings_from(os.environ, home=home)
