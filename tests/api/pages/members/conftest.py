"""The members of the city: the startup "lamp" beside those of `tests.api.world`."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask

from api.principals import Caller, Principal, issue_token
from matcher.store import Store
from tests.api.pages.visitor import Visitor

Enter = Callable[[Caller, str], Visitor]


@pytest.fixture
def enter(app: APIFlask, store: Store) -> Enter:
    """Signs a member in, by role and id."""

    def signed_in(role: Caller, profile_id: str, organisation: str = "north") -> Visitor:
        found = Visitor(app.test_client(), issue_token(store, Principal(organisation, role, profile_id)))
        found.sign_in()
        return found

    return signed_in


@pytest.fixture
def lamp(enter: Enter) -> Visitor:
    """The startup that "near" fits best and "far" least; it has no introduction."""
    return enter(Caller.STARTUP, "lamp")


@pytest.fixture
def near(enter: Enter) -> Visitor:
    """A mentor with three places, to whom nothing was published."""
    return enter(Caller.MENTOR, "near")


@pytest.fixture
def s1(enter: Enter) -> Visitor:
    """A startup to which a mentor and an investor were published."""
    return enter(Caller.STARTUP, "s1")


@pytest.fixture
def m1(enter: Enter) -> Visitor:
    """The mentor that was published to s1."""
    return enter(Caller.MENTOR, "m1")
