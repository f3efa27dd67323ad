"""Where a browser is: on the network, and at which address of ours."""

from flask import current_app, request

from api.accounts.vault import Vault
from api.places import place
from api.settings import Settings

__all__ = ["address", "current_settings", "current_vault", "place"]


def current_settings() -> Settings:
    """The settings of the application that answers now."""
    settings: Settings = current_app.extensions["bole-settings"]
    return settings


def current_vault() -> Vault:
    """What seals secrets under the key of the application that answers now."""
    key = current_app.secret_key
    assert isinstance(key, bytes), "sessions are registered with the home's key"
    return Vault(key)


def address() -> str:
    """What links begin with that somebody of the office hands over: the address that is set, else the one at
    which they see the page themselves. A mail never has the latter: others could have made it up."""
    return current_settings().public_url or request.host_url.rstrip("/")
