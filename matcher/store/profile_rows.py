"""One profile as one row of the table, and back."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from matcher.profiles import FIELDS, Profile, Role, Status
from matcher.store.schema import profiles
from matcher.store.search_columns import search_columns
from matcher.store.texts import check_storable
from matcher.text.comparable import comparable

_COLUMNS = ("organisation", "role", "id", "name", "status", "shared", "opted_out_at", "also")
_AMOUNTS = frozenset({"raising_amount", "ticket_min", "ticket_max", "annual_rate"})
_BODY = tuple(field for field in FIELDS if field not in _COLUMNS)
_body_values = attrgetter(*_BODY)
_SILENT = (None, "", ())
NEEDED = tuple(profiles.c[name] for name in (*_COLUMNS, "body"))
"""The columns that `profile_of` reads, in its order."""


def content_of(profile: Profile) -> dict[str, Any]:
    """What the profile says, as columns. In `body` fields that say nothing are left out."""
    values = zip(_BODY, _body_values(profile), strict=True)
    return {
        "organisation": profile.organisation,
        "role": profile.role.value,
        "id": profile.id,
        "name": profile.name,
        "status": profile.status.value,
        "shared": profile.shared,
        "body": {name: _plain(name, value) for name, value in values if value not in _SILENT},
    }


def digest_of(content: Mapping[str, Any]) -> bytes:
    """16 bytes that differ where the contents differ."""
    return hashlib.blake2b(repr(content).encode(), digest_size=16).digest()


def check_texts(content: Mapping[str, Any]) -> None:
    """Refuse a profile with a text that no database keeps.

    Raises:
        InvalidInput: names the field.
    """
    check_storable("name", content["name"])
    for field, value in content["body"].items():
        if isinstance(value, str | tuple):
            check_storable(field, "".join(value))


def row_of(
    profile: Profile, content: Mapping[str, Any], digest: bytes, revision: int, now: dt.datetime
) -> dict[str, Any]:
    """The row that keeps the profile, whose `content` is what it says."""
    return {
        **content,
        **search_columns(profile),
        "key": profile.key,
        "name_key": comparable(profile.name),
        "digest": digest,
        "deleted": False,
        "revision": revision,
        "updated_at": now,
    }


def blank(revision: int, now: dt.datetime) -> dict[str, Any]:
    """What a deleted profile's row is set to: nothing is left of what it said."""
    texts = dict.fromkeys(("name", "name_key", "search", "pinyin", "facets"), "")
    return texts | {
        "status": Status.CLOSED.value,
        "body": {},
        "digest": b"",
        "shared": False,
        "opted_out_at": None,
        "also": "",
        "deleted": True,
        "revision": revision,
        "updated_at": now,
    }


def profile_of(row: Sequence[Any]) -> Profile:
    """The profile of a row of the columns `NEEDED`."""
    organisation, role, id_, name, status, shared, opted_out_at, also, body = row
    return Profile(
        organisation=organisation,
        role=Role(role),
        id=id_,
        name=name,
        status=Status(status),
        shared=shared,
        opted_out_at=opted_out_at,
        also=tuple(also.split("\n")) if also else (),
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
