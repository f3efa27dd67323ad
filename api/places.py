"""Where a caller is on the network."""

import ipaddress

from flask import request

_NETWORK = 64
"""Bits of an IPv6 address that name a site: its machines choose the others as they like."""


def place() -> str:
    """The caller's address on the network.

    Where the connection comes from this machine a proxy is in front of us: then what it says last counts.
    """
    peer = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return (
        told if _is_address(told) and _is_address(peer) and ipaddress.ip_address(peer).is_loopback else peer
    )


def site() -> str:
    """The part of the address that one subscriber has: all of it, or the first half of an IPv6 one."""
    found = place()
    if ":" not in found or not _is_address(found):
        return found
    return str(ipaddress.ip_network((found, _NETWORK), strict=False))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
