"""API tokens: only their hashes."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.store import organisations
from matcher.store.bulk import insert_new
from matcher.store.schema import tokens
from matcher.store.texts import check_storable
from matcher.store.values import TokenRecord

_RECORD = tuple(tokens.c[name] for name in TokenRecord.__slots__)


def add(connection: sa.Connection, record: TokenRecord) -> None:
    """Keep the record.

    Raises:
        Conflict: the hash is there already, in use or revoked.
        NotFound: the organisation does not exist.
    """
    check_storable("label", record.label)
    organisations.require(connection, {record.organisation})
    row: dict[str, Any] = {name: getattr(record, name) for name in TokenRecord.__slots__}
    if not insert_new(connection, tokens, [row], by=["token_hash"]):
        raise Conflict("this token was given out before: make another one")


def get(connection: sa.Connection, token_hash: str) -> TokenRecord | None:
    """Whom the token stands for; None where unknown or revoked. Whether it expired is the caller's to see."""
    mine = (tokens.c.token_hash == token_hash, tokens.c.revoked_at.is_(None))
    row = connection.execute(sa.select(*_RECORD).where(*mine)).mappings().one_or_none()
    return None if row is None else TokenRecord(**row)


def revoke(connection: sa.Connection, token_hash: str, now: dt.datetime) -> None:
    """End the token.

    Raises:
        NotFound: it is unknown or was revoked before.
    """
    mine = (tokens.c.token_hash == token_hash, tokens.c.revoked_at.is_(None))
    if not connection.execute(sa.update(tokens).where(*mine).values(revoked_at=now)).rowcount:
        raise NotFound("no such token in use")
