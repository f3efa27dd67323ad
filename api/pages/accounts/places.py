"""Where a browser is: on the network, and at which address of ours."""

import ipaddress

from flask import current_app, request

from api.accounts.vault import Vault
from api.settings import Settings


def place() -> str:
    """The browser's address on the network.

    Where the connection comes from this machine a proxy is in front of us: then what it says last counts.
    """
    peer = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return (
        told if _is_address(told) and _is_address(peer) and ipaddress.ip_address(peer).is_loopback else peer
    )


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


def _is_ours(text: str) -> bool:
    return _is_address(text) and ipaddress.ip_address(text).is_loopback


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
