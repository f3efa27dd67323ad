"""`bole sso`: an organisation's single sign-on."""

from typing import Any

import click

from api.accounts.vault import Vault
from api.cli.acting import actor
from api.cli.workplace import Workplace, organisation_option, with_workplace
from api.sessions import secret_key
from api.single_sign_on.configuring import Wanted, configure, wire_of
from api.single_sign_on.discovery import Directory
from api.single_sign_on.refusals import NotSignedOn
from matcher.errors import NotFound, NotReady
from matcher.single_sign_on import Provider


@click.group()
def sso() -> None:
    """Single sign-on: people sign in with the accounts that they have at their organisation."""


@sso.command("set")
@click.option("--issuer", required=True, help="The provider, as https://login.example.org.")
@click.option("--client-id", required=True, help="What the provider calls Bole.")
@click.option(
    "--client-secret",
    envvar="BOLE_SSO_CLIENT_SECRET",
    prompt="Client secret (empty: the one that is there)",
    default="",
    show_default=False,
    hide_input=True,
    help="Better by BOLE_SSO_CLIENT_SECRET or typed: others see command lines.",
)
@click.option("--domain", "domains", multiple=True, help="Addresses that may sign in; again for more.")
@click.option(
    "--passwords/--no-passwords", default=True, show_default=True, help="Whether passwords work too."
)
@click.option("--newcomers/--no-newcomers", default=False, help="Who has such an address comes in as staff.")
@organisation_option
@with_workplace
def set_(place: Workplace, /, organisation: str, **typed: Any) -> None:
    """Keep an organisation's provider, once it has answered; says where it must send browsers back to."""
    newcomers = "staff" if typed.pop("newcomers") else ""
    wanted = Wanted(**typed, newcomers=newcomers)
    directory, vault = Directory(wire_of(place.settings)), Vault(secret_key(place.settings.home))
    try:
        made = configure(place.store, organisation, wanted, by=actor(), vault=vault, directory=directory)
    except NotSignedOn as refusal:
        raise NotReady(f"the provider is not usable: {refusal.told or refusal.why}") from refusal
    _tell(place, made)


@sso.command()
@organisation_option
@with_workplace
def show(place: Workplace, organisation: str) -> None:
    """The organisation's provider; never its secret."""
    found = place.store.sign_on.provider(organisation)
    if found is None:
        raise NotFound(f"{organisation} has no single sign-on; `bole sso set` makes one")
    _tell(place, found)


@sso.command()
@organisation_option
@with_workplace
def remove(place: Workplace, organisation: str) -> None:
    """Have passwords alone; who never had one needs a new link."""
    place.store.sign_on.remove(organisation)
    click.echo(f"{organisation}: passwords alone")


def _tell(place: Workplace, provider: Provider) -> None:
    start = f"{place.settings.address}/signin/{provider.organisation}"
    lines = {
        "issuer": provider.issuer,
        "client id": provider.client_id,
        "domains": ", ".join(provider.domains) or "any that was invited",
        "passwords": "work too" if provider.passwords else "for admins alone",
        "newcomers": provider.newcomers or "are invited",
        "people sign in at": start,
        "register there": f"{start}/return",
        "set": f"{provider.made_at:%Y-%m-%d %H:%M} UTC by {provider.made_by}",
    }
    for name, told in lines.items():
        click.echo(f"{name:18} {told}")
