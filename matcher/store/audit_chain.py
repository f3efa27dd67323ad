"""Lines put at the ends of their chains, in the transaction that they tell of."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from matcher.audit import BEFORE_ALL, HASHED, Actor, Deed, End, hashed
from matcher.store.audit_schema import audit, audit_heads
from matcher.store.bulk import insert_new

LINE = tuple(audit.c[name] for name in (*HASHED, "hash"))
"""The columns that a chain is checked by, in their order."""


def append(connection: sa.Connection, deeds: Iterable[Deed], actor: Actor, at: int) -> None:
    """Put a line for each deed at the end of its organisation's chain. To be called last: on PostgreSQL
    others who write for the same organisation wait from here until the transaction ends."""
    ordered = sorted(deeds, key=lambda deed: deed.organisation)
    for organisation, mine in groupby(ordered, key=lambda deed: deed.organisation):
        end, rows = locked_end(connection, organisation), []
        for deed in mine:
            row = _row(deed, actor, at, end)
            rows.append(row)
            end = End(row["number"], row["hash"])
        connection.execute(sa.insert(audit), rows)
        here = audit_heads.c.organisation == organisation
        connection.execute(sa.update(audit_heads).where(here).values(number=end.number, hash=end.hash))


def locked_end(connection: sa.Connection, organisation: str) -> End:
    """Where the organisation's chain ends, which nobody else moves before this transaction is over."""
    for row in _heads(connection, organisation):
        return row
    first = {"organisation": organisation, "number": 0, "hash": BEFORE_ALL}
    insert_new(connection, audit_heads, [first], ["organisation"])
    [row] = _heads(connection, organisation)
    return row


def _heads(connection: sa.Connection, organisation: str) -> Iterator[End]:
    wanted = sa.select(audit_heads.c.number, audit_heads.c.hash)
    rows = connection.execute(wanted.where(audit_heads.c.organisation == organisation).with_for_update())
    return (End(*row) for row in rows)


def _row(deed: Deed, actor: Actor, at: int, last: End) -> dict[str, Any]:
    values: Sequence[object] = (
        deed.organisation,
        last.number + 1,
        at,
        actor.caller,
        actor.who,
        deed.action,
        deed.subject,
        deed.subject_id,
        " ".join(sorted(deed.fields)),
        json.dumps(deed.counts, sort_keys=True, separators=(",", ":")),
        actor.request_id,
        last.hash,
    )
    return {**dict(zip(HASHED, values, strict=True)), "hash": hashed(values)}
