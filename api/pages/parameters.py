"""The parameters of a page's address."""

from dataclasses import dataclass

from flask import request

from matcher.errors import InvalidInput
from matcher.matching.answers import Filters
from matcher.profiles import PARTNER_ROLES, Role

LENGTHS = (5, 10, 20, 50)
"""How long a list the page offers; an address may ask for any length up to the longest."""
DEFAULT_LENGTH = 10
MUST_HAVES = ("industries", "stages", "offers", "regions")


@dataclass(frozen=True, slots=True)
class Asked:
    """A match list that an address asks for."""

    role: Role
    k: int
    filters: Filters


def asked(role: Role) -> Asked:
    """The list of `role` that this address asks for.

    Raises:
        InvalidInput: a length that is none from 1 to 50, a text with control characters.
    """
    must_haves = {name: (value,) for name in MUST_HAVES if (value := text(name))}
    return Asked(role, _length(), Filters(**must_haves))


def partner_role(default: Role) -> Role:
    """The partner role that the address names.

    Raises:
        InvalidInput: another word.
    """
    given = text("role") or default.value
    if given not in {role.value for role in PARTNER_ROLES}:
        raise InvalidInput("role", given, "must be mentor or investor")
    return Role(given)


def text(name: str) -> str:
    """A parameter without spaces around it, "" where it is absent.

    Raises:
        InvalidInput: control characters.
    """
    given = request.args.get(name, "").strip()
    if not given.isprintable():
        raise InvalidInput(name, given, "must be printable text")
    return given


def _length() -> int:
    given = text("k") or str(DEFAULT_LENGTH)
    if not (given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= LENGTHS[-1]):
        raise InvalidInput("k", given, f"must be a whole number from 1 to {LENGTHS[-1]}")
    return int(given)
