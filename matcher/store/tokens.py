"""API tokens: only their hashes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from matcher.errors import Conflict, NotFound
from matcher.people import TokenKind, TokenScope, Way
from matcher.store import organisations
from matcher.store.bulk import insert_new
from matcher.store.office_schema import office_settings
from matcher.store.offices import NAMES, SET, settings_of
from matcher.store.people_schema import people, second_steps
from matcher.store.schema import tokens
from matcher.store.texts import check_storable
from matcher.store.values import PUBLIC_ID, TokenRecord

_KEPT = (
    "token_hash",
    "organisation",
    "role",
    "profile_id",
    "label",
    "created_at",
    "expires_at",
    "kind",
    "scope",
    "last_used_at",
    "way",
    "parent",
)
_parents = tokens.alias("parents")
# Asked with the token, so that no request asks twice: a session of somebody whose role needs a code, who has
# none and did not come by the organisation's provider.
_CODES_MISSING = sa.and_(
    tokens.c.kind == TokenKind.SESSION.value,
    tokens.c.way.not_in([Way.SIGN_ON.value, Way.TOKEN.value]),
    people.c.secret == "",
    sa.select(1)
    .where(second_steps.c.organisation == people.c.organisation, second_steps.c.role == people.c.role)
    .correlate(people)
    .exists(),
)
_RECORDS = sa.select(
    *(tokens.c[name] for name in _KEPT),
    sa.func.coalesce(tokens.c.person, "").label("person_id"),
    sa.func.coalesce(sa.func.nullif(people.c.name, ""), people.c.email, "").label("person_name"),
    sa.func.coalesce(_CODES_MISSING, sa.false()).label("codes_missing"),
).select_from(tokens.outerjoin(people))
_IN_USE = (
    tokens.c.revoked_at.is_(None),
    sa.or_(tokens.c.person.is_(None), people.c.active),
    sa.or_(
        tokens.c.parent == "",
        sa.select(1)
        .where(_parents.c.token_hash == tokens.c.parent, _parents.c.revoked_at.is_(None))
        .exists(),
    ),
)


def add(connection: sa.Connection, record: TokenRecord) -> None:
    """Keep the record.

    Raises:
        Conflict: the hash is there already, in use or revoked.
        NotFound: the organisation does not exist.
    """
    check_storable("label", record.label)
    organisations.require(connection, {record.organisation})
    row: dict[str, Any] = {name: getattr(record, name) for name in _KEPT}
    row |= {"person": record.person_id or None}
    if not insert_new(connection, tokens, [row], by=["token_hash"]):
        raise Conflict("this token was given out before: make another one")


def get(connection: sa.Connection, token_hash: str) -> TokenRecord | None:
    """Whom the token stands for, with what its organisation has set; None where unknown, revoked or of
    somebody who left.

    Whether it expired is the caller's to see.
    """
    theirs = office_settings.c.organisation == tokens.c.organisation
    wanted = _RECORDS.add_columns(*SET).outerjoin(office_settings, theirs)
    found = connection.execute(wanted.where(tokens.c.token_hash == token_hash, *_IN_USE)).mappings()
    row = found.one_or_none()
    if row is None:
        return None
    told = {name: value for name, value in row.items() if name not in NAMES}
    return replace(_record(told), office=settings_of(row))


def of(connection: sa.Connection, person_id: str, now: dt.datetime) -> list[TokenRecord]:
    """The person's tokens that are in use now, the newest first."""
    lasting = sa.or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now)
    wanted = _RECORDS.where(tokens.c.person == person_id, lasting, *_IN_USE)
    order = (tokens.c.created_at.desc(), tokens.c.token_hash)
    return list(map(_record, connection.execute(wanted.order_by(*order)).mappings()))


def touch(connection: sa.Connection, token_hash: str, now: dt.datetime) -> None:
    """Note that the token was used."""
    mine = tokens.c.token_hash == token_hash
    connection.execute(sa.update(tokens).where(mine).values(last_used_at=now))


def revoke(connection: sa.Connection, token_hash: str, now: dt.datetime) -> None:
    """End the token.

    Raises:
        NotFound: it is unknown or was revoked before.
    """
    if not _revoke(connection, [tokens.c.token_hash == token_hash], now):
        raise NotFound("no such token in use")


def revoke_own(connection: sa.Connection, person_id: str, token_id: str, now: dt.datetime) -> None:
    """End the person's token of this public id.

    Raises:
        NotFound: the person has none of it in use.
    """
    named = sa.func.substr(tokens.c.token_hash, 1, PUBLIC_ID) == token_id
    if not _revoke(connection, [tokens.c.person == person_id, named], now):
        raise NotFound(f"there is no token {token_id!r} of yours")


def revoke_all(connection: sa.Connection, person_id: str, now: dt.datetime, keep: str = "") -> int:
    """End all of the person's tokens but the one whose hash is `keep`; how many they were."""
    return _revoke(connection, [tokens.c.person == person_id, tokens.c.token_hash != keep], now)


def _revoke(connection: sa.Connection, which: Iterable[sa.ColumnElement[bool]], now: dt.datetime) -> int:
    ended = sa.update(tokens).where(tokens.c.revoked_at.is_(None), *which).values(revoked_at=now)
    return connection.execute(ended).rowcount


def _record(row: Mapping[Any, Any]) -> TokenRecord:
    kinds: dict[str, Any] = {"kind": TokenKind(row["kind"]), "scope": TokenScope(row["scope"])}
    kinds |= {"codes_missing": bool(row["codes_missing"])}
    return TokenRecord(**{**row, **kinds})
