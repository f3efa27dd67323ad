"""Listings: search, order by name, go on where the last page ended."""

import base64
import binascii
import json
from collections.abc import Sequence

import sqlalchemy as sa

from matcher.errors import InvalidInput
from matcher.profiles import PARTNER_ROLES, Role
from matcher.store.profile_rows import NEEDED, profile_of
from matcher.store.profiles import LIVE
from matcher.store.schema import profiles
from matcher.store.values import Page
from matcher.text.comparable import comparable

MAX_LIMIT = 1_000
MAX_SEARCH = 300
_PLACE = (profiles.c.name_key, profiles.c.key)


def page(
    connection: sa.Connection,
    organisation: str,
    *,
    roles: Sequence[Role],
    search: str,
    after: str,
    limit: int,
) -> Page:
    """At most `limit` profiles that the organisation may see and that contain each word of `search`.

    Ordered by comparable name, then key. `after` is "" or the cursor of the page before.

    Raises:
        InvalidInput: a limit outside 1–1,000, a search over 300 characters, a cursor that no page gave.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidInput("limit", limit, f"must be 1 to {MAX_LIMIT}")
    wanted = sa.select(*NEEDED, *_PLACE).where(LIVE, _visible(organisation, roles), *_contains(search))
    if after:
        wanted = wanted.where(sa.tuple_(*_PLACE) > sa.tuple_(*_place_of(after)))
    rows = connection.execute(wanted.order_by(*_PLACE).limit(limit + 1)).all()
    shown = tuple(profile_of(row[:-2]) for row in rows[:limit])
    return Page(shown, _cursor_of(*rows[limit - 1][-2:]) if len(rows) > limit else "")


def _visible(organisation: str, roles: Sequence[Role]) -> sa.ColumnElement[bool]:
    own = sa.and_(profiles.c.organisation == organisation, profiles.c.role.in_(roles))
    partners = [role for role in roles if role in PARTNER_ROLES]
    return sa.or_(own, sa.and_(profiles.c.shared, profiles.c.role.in_(partners)))


def _contains(search: str) -> list[sa.ColumnElement[bool]]:
    if len(search) > MAX_SEARCH:
        raise InvalidInput(
            "search", search, f"has {len(search)} characters (at most {MAX_SEARCH})", "shorten it"
        )
    # Word by word: a name and a search may have their spaces, or their words, in different places.
    words = filter(None, map(comparable, search.split()))
    return [profiles.c.search.contains(word, autoescape=True) for word in words]


def _cursor_of(name_key: str, key: str) -> str:
    place = json.dumps([name_key, key])
    return base64.urlsafe_b64encode(place.encode()).decode()


def _place_of(cursor: str) -> tuple[str, str]:
    try:
        match json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True)):
            case [str(name_key), str(key)] if _storable(name_key + key):
                return name_key, key
    except (binascii.Error, ValueError):
        pass
    raise InvalidInput("after", cursor, "is no cursor of this listing", "start again without one")


def _storable(text: str) -> bool:
    return "\0" not in text and text.isprintable()
