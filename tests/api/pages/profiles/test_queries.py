"""How often a page asks the database."""

import re

import pytest
import sqlalchemy as sa

from matcher.store import Store
from tests.api.pages.importing.test_wizard import STARTUPS, come
from tests.api.pages.profiles.paths import READ
from tests.api.pages.visitor import Visitor
from tests.api.world import short_of_cash

MOST = 12


def asked(staff: Visitor, store: Store, path: str) -> list[str]:
    """The queries of opening the page."""
    seen: list[str] = []
    listen = lambda *given: seen.append(given[2])  # noqa: E731 - (connection, cursor, statement, …)
    sa.event.listen(store._engine, "before_cursor_execute", listen)
    assert staff.get(path).status_code == 200
    sa.event.remove(store._engine, "before_cursor_execute", listen)
    return [statement for statement in seen if not re.match("BEGIN|PRAGMA|COMMIT", statement)]


@pytest.mark.parametrize(
    "path", [*READ, "/startups", "/startups?q=qsk&industry=ai&status=active", "/partners", "/import"]
)
def test_a_page_asks_at_most_twelve_times(staff: Visitor, store: Store, path: str):
    store.put_ledger(short_of_cash("lamp"))
    staff.get("/startups/lamp")  # the first look reads the whole store into memory
    found = asked(staff, store, path)
    assert len(found) <= MOST, found


def test_what_waits_asks_little_too(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    assert len(asked(staff, store, where)) <= MOST
    for _ in range(9):
        come(staff, ("企业.csv", STARTUPS))
    assert len(asked(staff, store, "/import")) <= MOST
