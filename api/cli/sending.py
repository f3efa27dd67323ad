"""`bole outbox`, `bole contact` and `bole webhook`: what is sent, to whom, and by which way."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from api.cli.acting import actor
from api.cli.references import identified
from api.cli.workplace import Workplace, organisation_option, with_workplace
from api.logs import json_log
from api.sending.sender import Rounds, Sender
from api.sending.webhooks import Hooks
from matcher.cohorts.introducing.address_lines import in_file, read_lines
from matcher.cohorts.introducing.contacts import Contact, Webhook, new_secret
from matcher.cohorts.introducing.messages import OutboxEntry, SendStatus


def sender_of(place: Workplace, log: Any) -> Sender:
    """What sends the messages of a workplace, as its settings say."""
    settings = place.settings
    return Sender(
        box=place.store.outbox,
        hooks=Hooks(settings.webhook_hosts),
        server=settings.smtp,
        sender=settings.mail_from,
        clock=lambda: dt.datetime.now(dt.UTC),
        log=log,
    )


def rounds_of(place: Workplace, log: Any) -> Rounds:
    """What a worker does about the introductions of a workplace every minute."""
    store = place.store
    return Rounds(store.introductions, sender_of(place, log), log, store.remarks.record)


@click.group()
def outbox() -> None:
    """Messages about introductions: what waits, what was sent, what was not, and why."""


@outbox.command("list")
@click.option("--status", type=click.Choice([each.value for each in SendStatus]), help="Only these.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@organisation_option
@with_workplace
def list_(place: Workplace, status: str | None, limit: int, organisation: str) -> None:
    """The messages, the newest first."""
    wanted = SendStatus(status) if status else None
    for entry in place.store.outbox.entries(organisation, status=wanted, limit=limit):
        click.echo(_line(entry))


@outbox.command()
@with_workplace
def send(place: Workplace) -> None:
    """Send what waits, of all organisations, now; exit code 1 where some could not be sent.

    The worker does so every minute. Without BOLE_SMTP_URL e-mails wait.
    """
    done = sender_of(place, json_log()).send()
    click.echo(f"{done.sent} sent, {done.again} to be tried again, {done.failed} failed")
    if place.settings.smtp is None:
        click.echo("no mail server: e-mails wait; set BOLE_SMTP_URL", err=True)
    if done.again or done.failed:
        raise click.exceptions.Exit(1)


@outbox.command()
@click.argument("number", type=int)
@organisation_option
@with_workplace
def retry(place: Workplace, number: int, organisation: str) -> None:
    """Have a message that failed tried anew."""
    place.store.outbox.retry(organisation, number)


@click.group()
def contact() -> None:
    """E-mail addresses of startups and partners."""


@contact.command("set")
@click.argument("profile")
@click.argument("email")
@click.option("--language", type=click.Choice(["zh", "en"]), help="The organisation's, or zh.")
@organisation_option
@with_workplace
def set_contact(place: Workplace, profile: str, email: str, language: Any, organisation: str) -> None:
    """Write to PROFILE (an id or a name) at EMAIL from now on."""
    whose = identified(place.store, organisation, profile)
    usual: Any = "en" if place.store.offices.settings(organisation).language == "en" else "zh"
    place.store.contacts.put(organisation, Contact(whose, email, language or usual), actor())


@contact.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["zh", "en"]), help="Where a line says none.")
@organisation_option
@with_workplace
def import_contacts(place: Workplace, path: Path, language: Any, organisation: str) -> None:
    """Take the addresses of a CSV or XLSX file: in each line an id or a name, and an e-mail address.

    Other columns do no harm. Good lines are kept, the others told; exit code 1 where there were any.
    """
    usual: Any = language or ("en" if place.store.offices.settings(organisation).language == "en" else "zh")
    contacts = place.store.contacts
    read = read_lines(in_file(path.name, path.read_bytes()), contacts.names(organisation), usual)
    contacts.put_all(organisation, read.contacts, actor())
    for problem in read.problems:
        near = f" → {problem.nearest}" if problem.nearest else ""
        click.echo(f"{path.name}:{problem.row} {problem.value!r}: {problem.rule}{near}")
    click.echo(f"{len(read.contacts)} kept, {len(read.problems)} not taken")
    if read.problems:
        raise click.exceptions.Exit(1)


@contact.command("list")
@organisation_option
@with_workplace
def list_contacts(place: Workplace, organisation: str) -> None:
    """The addresses that are known."""
    for each in place.store.contacts.all(organisation):
        click.echo(f"{each.profile_id}  {each.email}  {each.language}")


@contact.command("remove")
@click.argument("profile")
@organisation_option
@with_workplace
def remove_contact(place: Workplace, profile: str, organisation: str) -> None:
    """Forget PROFILE's address."""
    place.store.contacts.remove(organisation, identified(place.store, organisation, profile))


@click.group()
def webhook() -> None:
    """Where events of introductions are posted, signed."""


@webhook.command("set")
@click.argument("url")
@organisation_option
@with_workplace
def set_webhook(place: Workplace, url: str, organisation: str) -> None:
    """Post events to URL (https) from now on; prints the secret that signs them, once."""
    secret = new_secret()
    place.store.contacts.put_webhook(organisation, Webhook(url, secret), actor())
    click.echo(secret)


@webhook.command("show")
@organisation_option
@with_workplace
def show_webhook(place: Workplace, organisation: str) -> None:
    """Where events are posted."""
    found = place.store.contacts.webhook(organisation)
    click.echo(found.url if found else "nowhere")


@webhook.command("remove")
@organisation_option
@with_workplace
def remove_webhook(place: Workplace, organisation: str) -> None:
    """Post events nowhere any more."""
    place.store.contacts.remove_webhook(organisation)


def _line(entry: OutboxEntry) -> str:
    whose = entry.profile_id or "webhook"
    why = f"  {entry.failure}" if entry.failure else ""
    return (
        f"{entry.number:6}  {entry.created_at:%Y-%m-%d %H:%M}  {entry.status:8}  {entry.kind:12}  "
        f"{entry.introduction}  {whose}{why}"
    )
