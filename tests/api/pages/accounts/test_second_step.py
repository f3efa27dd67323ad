"""An organisation that asks for a code beside the password."""

import pytest
from apiflask import APIFlask

from api.principals import Caller, Principal, issue_token
from matcher.errors import NotFound
from matcher.people import Person
from matcher.store import Store
from tests.api.pages.accounts.conftest import PASSWORD, enter, guest
from tests.api.pages.accounts.test_account import made_token, switched_on
from tests.api.pages.visitor import Visitor, shown, visitor
from tests.api.world import Client


def leads_to_codes(browser: Visitor, path: str = "/startups") -> bool:
    answer = browser.get(path)
    return (answer.status_code, answer.headers.get("Location")) == (303, "/account/codes")


def test_who_has_no_code_sets_one_up_before_anything_else(app: APIFlask, store: Store, wei: Person):
    store.second_steps.put("north", ["staff"])
    browser = enter(app, wei)
    assert leads_to_codes(browser)
    assert leads_to_codes(browser, "/account/export")
    assert "您的机构要求" in browser.text("/account/codes")
    assert browser.get("/account").status_code == 200
    for path in ("/account/tokens", "/people", "/people/second-step"):
        answer = browser.send(path, "/account", label="x", scope="full", days="30", role="mentor")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/codes"), path
    assert store.second_steps.of("north") == {"staff"}
    part = browser.client.get("/startups", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/account/codes"
    switched_on(browser)
    assert browser.get("/startups").status_code == 200
    assert browser.send("/account/codes/off", "/account", current=PASSWORD).status_code == 303
    assert leads_to_codes(browser)
    assert browser.send("/signout", "/account").status_code == 303


def test_it_holds_at_once_for_the_roles_that_are_named(app: APIFlask, store: Store, wei: Person, ann: Person):
    office, startup = enter(app, wei), enter(app, ann)
    assert office.get("/startups").status_code == 200
    store.second_steps.put("north", ["startup"])
    assert leads_to_codes(startup, "/my/requests")
    assert office.get("/startups").status_code == 200
    store.second_steps.put("north", [])
    assert not leads_to_codes(startup, "/my/requests")


def test_tokens_and_links_of_programs_are_not_asked(app: APIFlask, store: Store, wei: Person, far: Person):
    token = made_token(enter(app, wei))
    store.second_steps.put("north", [role.value for role in Caller])
    assert Client(app.test_client(), token).get("/v1/profiles").status_code == 200
    assert visitor(app, store, Caller.STAFF).get("/startups").status_code == 200
    assert enter(app, far).get("/startups").status_code == 200  # another organisation


@pytest.mark.parametrize("first", ["staff", "admin"])
def test_a_new_person_is_led_there_too(app: APIFlask, store: Store, first: str):
    from api.accounts.links import new_link
    from matcher.people import Purpose
    from tests.api.conftest import NOON
    from tests.api.pages.accounts.conftest import link_in, token_in

    store.second_steps.put("north", [first])
    person = store.people.add("north", "new@example.org", role=first)
    link = link_in(new_link(store, person, Purpose.INVITE, "http://x", NOON))
    browser = guest(app)
    sent = browser.send("/welcome", link, token=token_in(link), name="New", password=PASSWORD)
    assert sent.status_code == 303
    assert leads_to_codes(browser)


def test_the_office_chooses_who_needs_one_and_can_take_it_back(
    app: APIFlask, store: Store, wei: Person, root: Person
):
    browser = enter(app, wei)
    answer = browser.client.post(
        "/people/second-step",
        data={"role": ["mentor", "investor", "admin"], "form_token": _token(browser)},
    )
    assert answer.status_code == 303
    assert store.second_steps.of("north") == {"mentor", "investor"}  # admins are asked by admins alone
    assert "已保存，立即生效" in browser.text("/people")
    assert browser.send("/people/second-step", "/people").status_code == 303
    assert store.second_steps.of("north") == frozenset()
    boss = enter(app, root)
    assert boss.send("/people/second-step", "/people", role="admin").status_code == 303
    assert store.second_steps.of("north") == {"admin"}
    browser.send("/people/second-step", "/people", role="staff")
    assert store.second_steps.of("north") == {"admin", "staff"}
    assert "nobody" not in shown(browser.get("/people"))
    switched_on(browser)
    assert browser.send("/people/second-step", "/people", role="boss").status_code == 422
    with pytest.raises(NotFound):
        store.second_steps.put("nowhere", ["staff"])


def test_a_token_of_nobody_is_never_asked(store: Store):
    store.second_steps.put("north", [role.value for role in Caller])
    token = issue_token(store, Principal("north", Caller.STAFF))
    from api.principals import token_hash

    record = store.token(token_hash(token))
    assert record is not None
    assert not record.codes_missing


def _token(browser: Visitor) -> str:
    from tests.api.pages.visitor import form_token

    return form_token(browser.get("/people"))
