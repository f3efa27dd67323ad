"""Listings: search, narrow, order, count, go on where the last page ended."""

import base64
import binascii
import json
import re
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from matcher.errors import InvalidInput
from matcher.profiles import PARTNER_ROLES, Role, Status
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.profiles import LIVE
from matcher.store.schema import EPOCH, MICROSECOND, microseconds, profiles
from matcher.store.values import Narrowing, Order, Page, Tally
from matcher.text.comparable import comparable

MAX_LIMIT = 1_000
MAX_SEARCH = 300
_TYPED = re.compile("[a-zü]{2,}")
"""What may be pinyin. One letter alone would find nearly every name."""
_NAME, _KEY = profiles.c.name_key, profiles.c.key
_PLACES = {
    Order.NAME: (_NAME, _KEY),
    Order.NAME_BACKWARDS: (_NAME, _KEY),
    Order.CHANGED: (profiles.c.updated_at, _KEY),
}
"""What a listing is ordered by, and where a page ends."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A listing: the profiles that an organisation may see and that contain each word of `search`."""

    organisation: str
    roles: tuple[Role, ...]
    search: str
    narrowing: Narrowing

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """What rows must meet.

        Raises:
            InvalidInput: a search over 300 characters.
        """
        narrowed = [
            profiles.c.facets.contains(f"\n{term}\n", autoescape=True) for term in self.narrowing.terms
        ]
        if self.narrowing.statuses:
            narrowed.append(profiles.c.status.in_(self.narrowing.statuses))
        return [LIVE, self._visible(), *narrowed, *_contains(self.search)]

    def _visible(self) -> sa.ColumnElement[bool]:
        own = sa.and_(profiles.c.organisation == self.organisation, profiles.c.role.in_(self.roles))
        partners = [role for role in self.roles if role in PARTNER_ROLES]
        if self.narrowing.own or not partners:
            return own
        return sa.or_(own, sa.and_(profiles.c.shared, profiles.c.role.in_(partners)))


def page(connection: sa.Connection, wanted: Wanted, *, after: str, limit: int, order: Order) -> Page:
    """At most `limit` profiles of the listing, in order, equal ones by key. `after` is "" or the cursor of
    the page before.

    Raises:
        InvalidInput: a limit outside 1–1,000, a search over 300 characters, a cursor that no page gave.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidInput("limit", limit, f"must be 1 to {MAX_LIMIT}")
    place, backwards = _PLACES[order], order is not Order.NAME
    found = sa.select(*NEEDED, *place).where(*wanted.conditions())
    if after:
        types = [column.type for column in place]  # a tuple does not take them from what it is compared with
        here, ended = sa.tuple_(*place), sa.tuple_(*_place_of(after, order), types=types)
        found = found.where(here < ended if backwards else here > ended)
    ordered = found.order_by(*(column.desc() if backwards else column.asc() for column in place))
    rows = connection.execute(ordered.limit(limit + 1)).all()
    shown = tuple(profile_of(row[:-2]) for row in rows[:limit])
    return Page(shown, _cursor_of(*rows[limit - 1][-2:]) if len(rows) > limit else "")


def tally(connection: sa.Connection, wanted: Wanted) -> Tally:
    """How many profiles the listing has, by role and by status."""
    by = (profiles.c.role, profiles.c.status)
    rows = connection.execute(sa.select(*by, sa.func.count()).where(*wanted.conditions()).group_by(*by))
    roles, statuses = Counter[Role](), Counter[Status]()
    for role, status, number in rows:
        roles[Role(role)] += number
        statuses[Status(status)] += number
    return Tally(roles, statuses)


def _contains(search: str) -> list[sa.ColumnElement[bool]]:
    if len(search) > MAX_SEARCH:
        raise InvalidInput(
            "search", search, f"has {len(search)} characters (at most {MAX_SEARCH})", "shorten it"
        )
    # Word by word: a name and a search may have their spaces, or their words, in different places.
    return [_has(word) for word in filter(None, map(comparable, search.split()))]


def _has(word: str) -> sa.ColumnElement[bool]:
    written = profiles.c.search.contains(word, autoescape=True)
    if not _TYPED.fullmatch(word):
        return written
    return sa.or_(written, profiles.c.pinyin.contains(f"\n{word}", autoescape=True))


def _cursor_of(value: object, key: str) -> str:
    text = value if isinstance(value, str) else str(microseconds(value))  # type: ignore[arg-type]
    return base64.urlsafe_b64encode(json.dumps([text, key]).encode()).decode()


def _place_of(cursor: str, order: Order) -> tuple[object, str]:
    try:
        match json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True)):
            case [str(value), str(key)] if _storable(value + key):
                return _value_of(value, order), key
    except (binascii.Error, ValueError, OverflowError):
        pass
    raise InvalidInput("after", cursor, "is no cursor of this listing", "start again without one")


def _value_of(value: str, order: Order) -> object:
    return EPOCH + int(value) * MICROSECOND if order is Order.CHANGED else value


def _storable(text: str) -> bool:
    return "\0" not in text and text.isprintable()
