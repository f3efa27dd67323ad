"""Two profiles that are one: what is proposed for each field, and the profile that the choice makes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from matcher.errors import InvalidInput
from matcher.ledger import LedgerEntry
from matcher.profiles import COLUMNS, MAX_LABELS, Profile, Role, Status

FIGURES = ("headcount", "present", "revenue", "orders", "cash")


class Take(StrEnum):
    """Whose a field is taken: that of the profile that stays, of the one that goes, or the labels of both."""

    STAYS = "stays"
    GONE = "gone"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of two profiles: what each says, whether they differ, and whose is proposed."""

    name: str
    stays: object
    gone: object
    proposed: Take

    @property
    def differs(self) -> bool:
        """Whether the two say different things; silence differs from speech."""
        return self.stays != self.gone

    @property
    def takes(self) -> tuple[Take, ...]:
        """What may be chosen: the labels of both only of lists."""
        return tuple(Take) if isinstance(self.stays, tuple) else (Take.STAYS, Take.GONE)


@dataclass(frozen=True, slots=True)
class Month:
    """A month that both ledgers tell, and the figures that they tell differently."""

    month: dt.date
    stays: LedgerEntry
    gone: LedgerEntry
    differing: tuple[str, ...]


def compared(stays: Profile, gone: Profile) -> list[Field]:
    """The fields of two profiles of one role, in the order of the exchange format; ids are not chosen."""
    names = [name for name in COLUMNS[stays.role] if name != "id"]
    names += ["shared"] if stays.role is not Role.STARTUP else []
    return [_field(name, getattr(stays, name), getattr(gone, name)) for name in names]


def _field(name: str, stays: object, gone: object) -> Field:
    return Field(name, stays, gone, _proposed(name, stays, gone))


def _proposed(name: str, stays: object, gone: object) -> Take:
    """The fuller one: whoever says something, the labels of both, the longer description; an active status;
    else the profile's that stays."""
    if isinstance(stays, tuple) and isinstance(gone, tuple):
        return Take.BOTH if set(gone) - set(stays) else Take.STAYS
    if gone in (None, "") or gone == stays:
        return Take.STAYS
    if stays in (None, ""):
        return Take.GONE
    if name == "description":
        return Take.GONE if len(str(gone)) > len(str(stays)) else Take.STAYS
    if name == "status":
        return Take.GONE if gone is Status.ACTIVE else Take.STAYS
    return Take.STAYS


def chosen(stays: Profile, gone: Profile, takes: Mapping[str, Take]) -> Profile:
    """The profile that stays with each field as chosen; fields that are not named are as proposed.

    Raises:
        InvalidInput: both of what is no list, a field that they have not, more labels than a profile takes.
    """
    known = {field.name: field for field in compared(stays, gone)}
    for name, take in takes.items():
        if name not in known or take not in known[name].takes:
            raise InvalidInput(name, take, "cannot be chosen for this field", "choose one of the two values")
    values: dict[str, Any] = {
        name: _taken(field, takes.get(name, field.proposed)) for name, field in known.items()
    }
    return replace(stays, **values)


def _taken(field: Field, take: Take) -> object:
    if take is Take.BOTH and isinstance(field.stays, tuple) and isinstance(field.gone, tuple):
        return tuple(dict.fromkeys((*field.stays, *field.gone)))[:MAX_LABELS]
    return field.gone if take is Take.GONE else field.stays


def contradicting(stays: Sequence[LedgerEntry], gone: Sequence[LedgerEntry]) -> list[Month]:
    """The months of both ledgers whose figures differ, the latest first; a gap contradicts nothing."""
    other = {entry.month: entry for entry in gone}
    both = [(entry, other[entry.month]) for entry in stays if entry.month in other]
    found = [Month(one.month, one, two, _differing(one, two)) for one, two in both]
    return sorted((each for each in found if each.differing), key=lambda each: each.month, reverse=True)


def _differing(one: LedgerEntry, other: LedgerEntry) -> tuple[str, ...]:
    return tuple(
        name
        for name in FIGURES
        if None not in (getattr(one, name), getattr(other, name))
        and getattr(one, name) != getattr(other, name)
    )
