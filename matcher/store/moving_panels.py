"""Panels name startups and partners within documents: there too one profile is made to name another."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from matcher.store.merging_schema import merged_rows
from matcher.store.moving import Named
from matcher.store.panel_schema import panels

PLACE = "panels"
_PARTS = {"applications": "startup_id", "reviewers": "partner_id"}


def move(connection: sa.Connection, amendment: str, gone: Named, stays: Named) -> int:
    """Have the applications and reviewers of the one be the other's; in how many panels."""
    wanted = sa.select(panels).where(panels.c.organisation == gone.organisation)
    changed = 0
    for row in connection.execute(wanted).mappings().all():
        theirs = {
            part: [each["id"] for each in row[part] if each[name] == gone.id] for part, name in _PARTS.items()
        }
        if any(theirs.values()):
            _rename(connection, row, theirs, gone.id, stays.id)
            kept = {"place": PLACE, "row": {"number": row["number"]}, "before": theirs}
            connection.execute(sa.insert(merged_rows), {"amendment": amendment, **kept})
            changed += 1
    return changed


def move_back(connection: sa.Connection, amendment: str, gone: Named, stays: Named) -> None:
    """The same applications and reviewers as before; those that are somebody else's by now stay so."""
    mine = (merged_rows.c.amendment == amendment, merged_rows.c.place == PLACE)
    for kept in connection.execute(sa.select(merged_rows).where(*mine)).mappings().all():
        this = sa.select(panels).where(panels.c.number == kept["row"]["number"])
        for row in connection.execute(this).mappings().all():
            _rename(connection, row, kept["before"], stays.id, gone.id)


def _rename(
    connection: sa.Connection, row: sa.RowMapping, theirs: Mapping[str, Any], before: str, after: str
) -> None:
    values = {
        part: [
            {**each, name: after} if each["id"] in theirs[part] and each[name] == before else each
            for each in row[part]
        ]
        for part, name in _PARTS.items()
    }
    connection.execute(sa.update(panels).where(panels.c.number == row["number"]).values(values))
