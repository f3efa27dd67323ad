"""`bole export` and `bole erase`: what is kept of somebody, handed over or gone for good."""

from pathlib import Path

import click

from api.cli.references import identified
from api.cli.workplace import Workplace, organisation_option, with_workplace
from api.privacy.packing import packed
from matcher.erasing.doing import erase as erase_whole
from matcher.erasing.doing import finish_alone
from matcher.erasures import Receipt, Waits, Whom
from matcher.errors import InvalidInput
from matcher.people import email_of

COMMAND_LINE = "command line"


@click.command()
@click.argument("who")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The ZIP file to write: everything as JSON and as XLSX.",
)
@organisation_option
@with_workplace
def export(place: Workplace, who: str, out: Path, organisation: str) -> None:
    """Everything that Bole holds of WHO: a profile by id or name, or an account by e-mail address."""
    held = place.store.erasures.held(_whom(place, organisation, who))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.touch(mode=0o600)
    out.write_bytes(packed(held))
    for title, rows in held.places.items():
        click.echo(f"{title}: {len(rows)}")
    click.echo(f"written to {out}: it holds what was told in confidence, hand it to nobody else")


@click.command()
@click.argument("who", required=False)
@click.option("--yes", is_flag=True, help="Erase; without it only what would go is shown.")
@click.option("--receipts", is_flag=True, help="What was erased, and what still holds it.")
@click.option("--finish", "finishing", is_flag=True, help="Do what can be done now of what is left to do.")
@organisation_option
@with_workplace
def erase(
    place: Workplace, who: str | None, yes: bool, receipts: bool, finishing: bool, organisation: str
) -> None:
    """Erase WHO for good: a profile with its accounts (by id or name), or an account (by e-mail address).

    It cannot be undone. Backups are yours: see api/operations/README.md.
    """
    if finishing:
        click.echo(f"{finish_alone(place.store, place.registry)} receipts finished")
    if receipts:
        for receipt in place.store.erasures.receipts(organisation):
            click.echo(told(receipt))
    if who:
        _erase(place, _whom(place, organisation, who), yes=yes)
    elif not (receipts or finishing):
        raise click.UsageError("say whom, or --receipts")


def _erase(place: Workplace, whom: Whom, *, yes: bool) -> None:
    if not yes:
        for title, rows in place.store.erasures.preview(whom).items():
            click.echo(f"{title}: {rows}")
        click.echo("nothing was erased: add --yes to do it, for good")
        return
    logs = place.settings.jobs_folder
    receipt = erase_whole(place.store, place.registry, logs, whom, COMMAND_LINE)
    finish_alone(place.store, place.registry)
    click.echo(told(place.store.erasures.receipt(whom.organisation, receipt.id)))


def told(receipt: Receipt) -> str:
    """A receipt in one line."""
    counts = ", ".join(f"{place} {count}" for place, count in receipt.counts.items())
    begins = (
        f"{receipt.id}  {receipt.done_at:%Y-%m-%d %H:%M} UTC  {receipt.kind} {receipt.pseudonym}: {counts}"
    )
    if receipt.finished_at:
        return f"{begins}; finished {receipt.finished_at:%Y-%m-%d %H:%M} UTC"
    held = f"model versions {', '.join(receipt.versions)}" if receipt.versions else ""
    unchecked = "model versions (nobody looked yet)" if receipt.waits.get(Waits.MODELS) is True else ""
    space = "free space of the database's files" if Waits.DATABASE in receipt.waits else ""
    return f"{begins}; still in: {'; '.join(filter(None, (held, unchecked, space)))}"


def _whom(place: Workplace, organisation: str, who: str) -> Whom:
    if "@" in who:
        try:
            person = place.store.people.find(email_of(who))
        except InvalidInput:  # a name may have the sign too
            person = None
        if person is not None and person.organisation == organisation:
            return Whom(organisation, person_id=person.id)
    return Whom(organisation, identified(place.store, organisation, who))
