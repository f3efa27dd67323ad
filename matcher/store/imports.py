"""The log of imports: each one's report, as JSON."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotFound
from matcher.store import organisations
from matcher.store.bulk import upsert
from matcher.store.schema import imports


def save(
    connection: sa.Connection,
    organisation: str,
    report: Mapping[str, Any],
    now: dt.datetime,
    id_: str = "",
) -> str:
    """Keep the report and give the id under which it is found: the given one, else a new one.

    Raises:
        NotFound: the organisation does not exist.
    """
    organisations.require(connection, {organisation})
    row = {
        "id": id_ or uuid.uuid4().hex,
        "organisation": organisation,
        "created_at": now,
        "report": dict(report),
    }
    upsert(connection, imports, [row], by=["id"])
    return str(row["id"])


def get(connection: sa.Connection, organisation: str, id_: str) -> dict[str, Any]:
    """The report, equal to what was saved.

    Raises:
        NotFound: no import of this organisation has the id.
    """
    mine = (imports.c.organisation == organisation, imports.c.id == id_)
    report: dict[str, Any] | None = connection.execute(
        sa.select(imports.c.report).where(*mine)
    ).scalar_one_or_none()
    if report is None:
        raise NotFound(f"no import {id_!r} in organisation {organisation!r}")
    return report
