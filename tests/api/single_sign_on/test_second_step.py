"""What signing in at a provider counts for: it has a second step of its own, and is proof for a while."""

import datetime as dt

import pytest
import sqlalchemy as sa

from matcher.people import Person
from matcher.store import Store
from matcher.store.schema import tokens
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, shown
from tests.api.single_sign_on.conftest import sign_on
from tests.api.single_sign_on.login import Login


def test_who_came_by_the_provider_needs_no_code(browser: Visitor, store: Store, login: Login, wei: Person):
    store.second_steps.put("north", ["staff"])
    login.sign_in("42", wei.email)
    assert sign_on(browser).status_code == 303
    assert browser.get("/people").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (11, 422)])
def test_other_sessions_are_ended_by_who_signed_in_a_moment_ago(
    browser: Visitor, store: Store, login: Login, wei: Person, minutes: int, status: int
):
    login.sign_in("42", wei.email)
    sign_on(browser)
    began = NOON - dt.timedelta(minutes=minutes)
    with store._engine.begin() as connection:
        connection.execute(sa.update(tokens).values(created_at=began, last_used_at=NOON))
    answer = browser.send("/account/sessions", "/account")
    assert answer.status_code == status
    if status == 422:
        assert "请重新登录" in shown(answer)
        assert "/signin/north?next=" in answer.text
