"""Who may open which page about accounts."""

import pytest
from apiflask import APIFlask

from api.access import declared_access
from api.principals import OFFICE, Caller
from tests.api.pages.accounts.paths import EVERYBODYS, OFFICES, OPEN


@pytest.mark.parametrize(
    ("endpoints", "roles"),
    [(OPEN, set()), (EVERYBODYS, set(Caller)), (OFFICES, OFFICE)],
    ids=["anybody's", "everybody's", "the office's"],
)
def test_each_page_declares_its_callers(app: APIFlask, endpoints: set[str], roles: set[Caller]):
    for endpoint in endpoints:
        access = declared_access(app, endpoint)
        assert access.roles == roles, endpoint
        assert access.public == (not roles), endpoint
