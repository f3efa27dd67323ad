"""One profile as one row of the table, and back."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.profiles import FIELDS, Profile, Role, Status
from matcher.store.schema import profiles
from matcher.store.texts import check_storable
from matcher.text.comparable import comparable

_COLUMNS = ("organisation", "role", "id", "name", "status", "shared")
_AMOUNTS = frozenset({"raising_amount", "ticket_min", "ticket_max", "annual_rate"})
_BODY = tuple(field for field in FIELDS if field not in _COLUMNS)
NEEDED = tuple(profiles.c[name] for name in (*_COLUMNS, "body"))
"""The columns that `profile_of` reads, in its order."""


def digest_of(profile: Profile) -> bytes:
    """16 bytes that differ where the profiles differ."""
    content = [getattr(profile, name) for name in _COLUMNS], body_of(profile)
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).digest()


def check_texts(profile: Profile) -> None:
    """Refuse a profile with a text that no database keeps.

    Raises:
        InvalidInput: names the field.
    """
    for field, value in {"name": profile.name, **body_of(profile)}.items():
        if isinstance(value, str | tuple):
            check_storable(field, "".join(value))


def row_of(profile: Profile, digest: bytes, revision: int, now: dt.datetime) -> dict[str, Any]:
    """The row that keeps the profile."""
    name_key = comparable(profile.name)
    return {
        "organisation": profile.organisation,
        "id": profile.id,
        "key": profile.key,
        "role": profile.role.value,
        "name": profile.name,
        "name_key": name_key,
        "search": "\n".join((name_key, comparable(profile.id), *map(comparable, profile.tags))),
        "status": profile.status.value,
        "body": body_of(profile),
        "digest": digest,
        "shared": profile.shared,
        "deleted": False,
        "revision": revision,
        "updated_at": now,
    }


def blank(revision: int, now: dt.datetime) -> dict[str, Any]:
    """What a deleted profile's row is set to: nothing is left of what it said."""
    texts = dict.fromkeys(("name", "name_key", "search"), "")
    return texts | {
        "status": Status.CLOSED.value,
        "body": {},
        "digest": b"",
        "shared": False,
        "deleted": True,
        "revision": revision,
        "updated_at": now,
    }


def body_of(profile: Profile) -> dict[str, Any]:
    """The fields that have no column of their own, as JSON values; those that say nothing are left out."""
    values = ((name, getattr(profile, name)) for name in _BODY)
    return {name: _plain(name, value) for name, value in values if value not in (None, "", ())}


def profile_of(row: Sequence[Any]) -> Profile:
    """The profile of a row of the columns `NEEDED`."""
    organisation, role, id_, name, status, shared, body = row
    return Profile(
        organisation=organisation,
        role=Role(role),
        id=id_,
        name=name,
        status=Status(status),
        shared=shared,
        **_typed(body),
    )


def _plain(name: str, value: Any) -> Any:
    if name in _AMOUNTS:
        return float(value)  # 5 and 5.0 are the same amount and must have the same digest
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(body: Mapping[str, Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in body.items()
    }
    if "founded" in typed:
        typed["founded"] = dt.date.fromisoformat(typed["founded"])
    return typed
