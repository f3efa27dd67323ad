"""What a file leaves alone: the fields of a stored profile that it has no column for."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from matcher.importing.headers import Heading
from matcher.profiles import COLUMNS, Profile, Role

_FILLS = {
    "expertise": ("offers", "industries"),
    "ticket": ("ticket_min", "ticket_max", "currency"),
    "raising_amount": ("raising_currency",),
}
"""What a column fills beside the field of its name. An amount that names no currency is not one of the
currency that was there before."""
_BOTH_ENDS = frozenset(("ticket_min", "ticket_max"))
_IDENTITY = frozenset(("id", "name"))
_DEFAULTS = {field.name: field.default for field in fields(Profile)}

Said = Mapping[str, object]
"""Field → value."""


def filled(heading: Heading) -> frozenset[str]:
    """The fields of a profile that a file of these columns speaks of; a cell that is empty empties them."""
    own = heading.fields
    both = ("currency",) if own >= _BOTH_ENDS else ()
    return own.union(both, *(_FILLS.get(name, ()) for name in own))


def unfilled(headings: Iterable[Heading]) -> dict[Role, frozenset[str]]:
    """By role, the fields for which at least one of its files has no column."""
    found: dict[Role, frozenset[str]] = {}
    for heading in headings:
        if heading.kind.role is not None:
            role = Role(heading.kind.role)
            found[role] = found.get(role, frozenset()) | (set(COLUMNS[role]) - filled(heading) - _IDENTITY)
    return found


def said(profile: Profile, names: Iterable[str]) -> dict[str, object]:
    """What the profile says in these fields; those that say nothing are left out."""
    return {name: value for name in names if (value := getattr(profile, name)) != _DEFAULTS[name]}
