"""Setting an organisation's single sign-on up: what is asked for is checked, and the provider asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.accounts.vault import Unreadable, Vault, is_sealed, of_client
from api.sending.outward import Outward
from api.settings import Settings
from api.single_sign_on.asking import Client
from api.single_sign_on.discovery import Directory
from api.single_sign_on.refusals import NotSignedOn, Why
from api.single_sign_on.wire import TIMEOUT_SECONDS, Wire
from matcher.errors import InvalidInput
from matcher.single_sign_on import (
    Provider,
    check_newcomers,
    client_text_of,
    domains_of,
    issuer_of,
)
from matcher.store import Store

TAKEN = frozenset({"password", "code", "sso"})
"""Organisations of these names have no page to sign in at: others of ours are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed. `client_secret` "" keeps the one that is there, for the same issuer and client alone:
    a secret must not be sent to whom it is not of."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    domains: Sequence[str] = ()
    passwords: bool = True
    newcomers: str = ""


def wire_of(settings: Settings) -> Wire:
    """How providers are talked to: hosts of BOLE_SSO_HOSTS may be inside the network and without TLS."""
    return Wire(Outward(settings.sso_hosts, "BOLE_SSO_HOSTS", TIMEOUT_SECONDS))


def configure(
    store: Store, organisation: str, wanted: Wanted, *, by: str, vault: Vault, directory: Directory
) -> Provider:
    """Keep the provider of an organisation, once it has answered.

    Raises:
        InvalidInput: something that was typed is no such thing, or a secret is missing.
        NotFound: no such organisation.
        NotSignedOn: the provider does not answer, or not as the one of this name.
    """
    if organisation in TAKEN:
        raise InvalidInput(
            "organisation", organisation, "is the address of another page", "name it otherwise"
        )
    issuer, client_id = issuer_of(wanted.issuer), client_text_of("client_id", wanted.client_id)
    domains = domains_of(wanted.domains)
    newcomers = check_newcomers(wanted.newcomers, domains)
    secret = _sealed(store, organisation, (issuer, client_id), wanted.client_secret, vault)
    directory.forget(issuer)
    directory.keys(issuer)
    return store.sign_on.put(
        Provider(
            organisation=organisation,
            issuer=issuer,
            client_id=client_id,
            client_secret=secret,
            domains=domains,
            passwords=wanted.passwords,
            newcomers=newcomers,
            made_by=by,
        )
    )


def client_of(provider: Provider, address: str, *, vault: Vault, directory: Directory, wire: Wire) -> Client:
    """Bole as the provider's client; answers are to come to `address`.

    Raises:
        NotSignedOn: the key file was lost, and the client's secret with it.
    """
    try:
        secret = vault.open(provider.client_secret, of_client(provider.organisation))
    except Unreadable as error:
        raise NotSignedOn(Why.KEY_LOST) from error
    return Client(provider, secret, address, directory, wire)


def _sealed(store: Store, organisation: str, client: tuple[str, str], typed: str, vault: Vault) -> str:
    if typed.strip():
        return vault.seal(client_text_of("client_secret", typed), of_client(organisation))
    known = store.sign_on.provider(organisation)
    if known is None or (known.issuer, known.client_id) != client or not is_sealed(known.client_secret):
        raise InvalidInput("client_secret", "", "is missing", "copy it from the provider")
    return known.client_secret
