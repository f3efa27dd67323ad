"""How often a page asks the database."""

import pytest

from matcher.store import Store
from tests.api.pages.importing.test_wizard import STARTUPS, come
from tests.api.pages.profiles.paths import READ
from tests.api.pages.queries import MOST, asked
from tests.api.pages.visitor import Visitor
from tests.api.world import short_of_cash


def opening(staff: Visitor, store: Store, path: str) -> list[str]:
    """The queries of opening the page."""
    return asked(store, lambda: staff.text(path))


@pytest.mark.parametrize(
    "path", [*READ, "/startups", "/startups?q=qsk&industry=ai&status=active", "/partners", "/import"]
)
def test_a_page_asks_at_most_twelve_times(staff: Visitor, store: Store, path: str):
    store.put_ledger(short_of_cash("lamp"))
    staff.get("/startups/lamp")  # the first look reads the whole store into memory
    found = opening(staff, store, path)
    assert len(found) <= MOST, found


def test_what_waits_asks_little_too(staff: Visitor, store: Store):
    where = come(staff, ("企业.csv", STARTUPS))
    assert len(opening(staff, store, where)) <= MOST
    for _ in range(9):
        come(staff, ("企业.csv", STARTUPS))
    assert len(opening(staff, store, "/import")) <= MOST
