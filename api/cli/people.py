"""`bole person`: who signs in with an e-mail address and a password."""

import datetime as dt
from typing import Any

import click

from api.accounts.inviting import Newcomer, Post, deliver, invite
from api.cli.acting import actor
from api.cli.references import identified
from api.cli.workplace import Workplace, organisation_option, with_workplace
from api.principals import MEMBERS, Caller
from matcher.errors import NotFound
from matcher.people import TONGUES, Person, email_of, name_of


@click.group()
def person() -> None:
    """People with accounts: invite them, list them, let them go."""


@person.command("invite")
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([caller.value for caller in Caller]),
    default=Caller.STAFF.value,
    show_default=True,
)
@click.option("--profile", default="", help="Whom a startup, mentor or investor signs in for (id or name).")
@click.option("--name", default="", help="What they are called; they can change it.")
@click.option("--lang", "language", type=click.Choice(TONGUES), help="The organisation's, or zh.")
@organisation_option
@with_workplace
def invite_(
    place: Workplace, email: str, role: str, profile: str, name: str, language: Any, organisation: str
) -> None:
    """Invite somebody, also a first admin, and print the link; with BOLE_SMTP_URL it is mailed instead."""
    caller = Caller(role)
    if caller not in MEMBERS:
        place.store.add_organisation(organisation)
    profile_id = identified(place.store, organisation, profile) if profile else ""
    named = name_of(name) if name else ""
    newcomer = Newcomer(email, caller, profile_id, named, language)
    _send_link(place, invite(place.store, organisation, newcomer, actor()))


@person.command()
@click.argument("email")
@with_workplace
def link(place: Workplace, email: str) -> None:
    """Make another invitation, or for who accepted one a link for a new password."""
    found = _known(place, email)
    if not found.active:
        raise NotFound(f"{found.email} was deactivated; `bole person activate` lets them in again")
    _send_link(place, found)


@person.command("list")
@organisation_option
@with_workplace
def list_(place: Workplace, organisation: str) -> None:
    """Everybody of an organisation: address, role, profile, standing, name."""
    for each in place.store.people.all(organisation):
        click.echo(_line(each))


@person.command()
@click.argument("email")
@with_workplace
def deactivate(place: Workplace, email: str) -> None:
    """Let somebody in no more; their sessions, tokens and links end at once."""
    click.echo(_line(place.store.people.deactivate(_known(place, email).id)))


@person.command()
@click.argument("email")
@with_workplace
def activate(place: Workplace, email: str) -> None:
    """Let somebody in again, with the password they had."""
    click.echo(_line(place.store.people.activate(_known(place, email).id)))


@person.command("second-step")
@click.option("--role", "roles", multiple=True, type=click.Choice([caller.value for caller in Caller]))
@click.option("--nobody", is_flag=True, help="Let everybody do as they like.")
@organisation_option
@with_workplace
def second_step(place: Workplace, roles: tuple[str, ...], nobody: bool, organisation: str) -> None:
    """Which roles need a code beside their password; with --role (again and again) these and no others."""
    if roles and nobody:
        raise click.UsageError("--role or --nobody, not both")
    if roles or nobody:
        place.store.second_steps.put(organisation, roles)
    click.echo(" ".join(sorted(place.store.second_steps.of(organisation))) or "nobody")


def _send_link(place: Workplace, to: Person) -> None:
    """Mail a new link, or print it where there is no mail server or it refuses."""
    now = dt.datetime.now(dt.UTC)
    delivery = deliver(to, Post(place.store, place.settings, place.settings.address, now))
    click.echo(_line(to), err=True)
    if delivery.trouble:
        click.echo(f"not mailed: {delivery.trouble}", err=True)
    click.echo(f"mailed to {to.email}" if delivery.mailed else delivery.link)


def _known(place: Workplace, email: str) -> Person:
    found = place.store.people.find(email_of(email))
    if found is None:
        raise NotFound(f"nobody signs in as {email!r}; `bole person list` names who does")
    return found


def _line(each: Person) -> str:
    profile = each.profile_id or "-"
    return f"{each.email}  {each.role}  {profile}  {each.standing}  {each.name}".rstrip()
