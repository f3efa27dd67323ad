"""What an import would change of profiles that are there: field, before and after."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.profiles import Profile, columns_of

FEW = 10
"""So many changed profiles of a table are told one by one; the rest are counted."""

Plain = str | float | int | bool | list[str] | None
"""A value as JSON has it: dates as text, nothing as None."""


@dataclass(frozen=True, slots=True)
class Change:
    """One profile, and the fields of it that become other ones: (field, before, after)."""

    id: str
    name: str
    fields: tuple[tuple[str, Plain, Plain], ...]

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        fields = [{"field": field, "before": before, "after": after} for field, before, after in self.fields]
        return {"id": self.id, "name": self.name, "fields": fields}


def changes(before: Mapping[str, Profile], after: Iterable[Profile]) -> tuple[Change, ...]:
    """What becomes of the profiles, `before` by key; those that are new are left out."""
    pairs = ((before[each.key], each) for each in after if each.key in before)
    return tuple(Change(new.id, old.name, tuple(_unlike(old, new))) for old, new in pairs)


def text_of(value: Plain) -> str:
    """The value in one cell, "" where it says nothing."""
    if isinstance(value, list):
        return "；".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _unlike(old: Profile, new: Profile) -> Iterable[tuple[str, Plain, Plain]]:
    was = columns_of(old)
    for field, value in columns_of(new).items():
        if value != was[field]:
            yield field, _plain(was[field]), _plain(value)


def _plain(value: object) -> Plain:
    if isinstance(value, tuple):
        return list(value) or None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value) or None
    return value if isinstance(value, float | int) else None
