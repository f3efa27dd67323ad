"""Signing on with a real provider: who comes in, and all that must let nobody in."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from apiflask import APIFlask

from api.accounts.passwords import hash_of
from matcher.people import Person, Standing
from matcher.single_sign_on import Provider
from matcher.store import Store
from tests.api.pages.visitor import Visitor
from tests.api.single_sign_on.conftest import follow, press, refused, sign_on
from tests.api.single_sign_on.login import CLIENT_SECRET, FALSE_KEY, SECOND_KEY, Login


def test_who_was_invited_comes_in_and_is_known_by_the_account(
    browser: Visitor, app: APIFlask, store: Store, login: Login, wei: Person
):
    login.sign_in("42", "Wei@North.Example", name="Somebody")
    answer = sign_on(browser, "/signin/north?next=/partners")
    assert (answer.status_code, answer.location) == (303, "/partners")
    assert "王伟" in browser.text("/account")
    assert store.people.get(wei.id).standing is Standing.ACTIVE
    login.sign_in("42", "another@elsewhere.example", verified=False)
    again = Visitor(app.test_client())
    assert sign_on(again).status_code == 303
    assert "王伟" in again.text("/account")


def test_the_question_is_asked_as_the_standard_wants_it(browser: Visitor, login: Login):
    url = press(browser)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith(login.issuer + "/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost/signin/north/return"
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert CLIENT_SECRET not in url


@pytest.mark.parametrize(
    ("claims", "sign_with"),
    [
        ({"nonce": "another"}, "RS256"),
        ({"nonce": ""}, "RS256"),
        ({"aud": "another client"}, "RS256"),
        ({"aud": "another client", "azp": "bole"}, "RS256"),
        ({"aud": ["bole", "another"], "azp": "another"}, "RS256"),
        ({"iss": "https://evil.example"}, "RS256"),
        ({"exp": 1_700_000_000}, "RS256"),
        ({"exp": "never"}, "RS256"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "RS256"),
        ({"sub": ""}, "RS256"),
        ({"sub": "x" * 300}, "RS256"),
        ({"sub": 42}, "RS256"),
        ({}, "none"),
        ({}, "HS256"),
        ({}, "changed"),
    ],
)
def test_a_token_that_proves_nothing_lets_nobody_in(
    browser: Visitor, store: Store, login: Login, wei: Person, claims: dict[str, object], sign_with: str
):
    login.sign_in("42", wei.email)
    login.claims, login.sign_with = claims, sign_with
    status, text = refused(browser, sign_on(browser))
    assert status == 403
    assert "无法核实" in text
    assert store.people.get(wei.id).standing is Standing.INVITED


def test_a_key_that_the_provider_does_not_show_signs_nothing(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    login.shown_key = FALSE_KEY
    assert refused(browser, sign_on(browser))[0] == 403


def test_a_provider_may_change_its_keys(browser: Visitor, app: APIFlask, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    assert sign_on(browser).location == "/"
    login.key = SECOND_KEY
    directory = app.extensions["bole-sign-on"]
    directory._found[login.issuer].keys_at -= 60  # a minute later
    assert sign_on(Visitor(app.test_client())).location == "/"


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_lets_nobody_in(
    browser: Visitor, login: Login, wei: Person, verified: object
):
    login.sign_in("42", wei.email, verified=verified)
    status, text = refused(browser, sign_on(browser))
    assert (status, wei.email in text) == (403, True)


@pytest.mark.parametrize("email", ["", "no address", "x" * 10_000 + "@north.example", "wei@north.example\n"])
def test_without_a_good_address_nobody_is_known(browser: Visitor, login: Login, email: str):
    login.sign_in("42", email)
    assert refused(browser, sign_on(browser))[0] == 403


def test_an_address_is_asked_for_where_the_token_has_none(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    login.in_id_token = False
    assert sign_on(browser).location == "/"


def test_nobody_of_another_organisation_comes_in(browser: Visitor, store: Store, login: Login):
    far = store.people.add("south", "far@south.example", role="staff")
    login.sign_in("42", far.email)
    status, text = refused(browser, sign_on(browser))
    assert status == 403
    assert "south" not in text.replace(far.email, "")
    assert store.people.get(far.id).standing is Standing.INVITED


def test_an_account_that_is_linked_in_another_organisation_stays_there(
    browser: Visitor, store: Store, login: Login, provider: Provider, wei: Person
):
    far = store.people.add("south", "far@south.example", role="staff")
    store.sign_on.link(far.id, provider.issuer, "42")
    login.sign_in("42", wei.email)
    assert refused(browser, sign_on(browser))[0] == 403


def test_an_address_that_passed_on_to_another_account_does_not_take_the_person_along(
    browser: Visitor, app: APIFlask, login: Login, wei: Person
):
    login.sign_in("42", wei.email)
    assert sign_on(browser).location == "/"
    login.sign_in("43", wei.email)
    other = Visitor(app.test_client())
    status, text = refused(other, sign_on(other))
    assert (status, wei.email in text) == (403, True)


def test_who_left_stays_out(browser: Visitor, store: Store, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    store.people.deactivate(wei.id)
    assert refused(browser, sign_on(browser))[0] == 403


def test_other_domains_stay_out(
    browser: Visitor, store: Store, login: Login, provider: Provider, wei: Person
):
    store.sign_on.put(replace(provider, domains=("north.org",)))
    login.sign_in("42", wei.email)
    assert refused(browser, sign_on(browser))[0] == 403


def test_nobody_comes_uninvited_unless_the_organisation_lets_its_domain_in(
    browser: Visitor, app: APIFlask, store: Store, login: Login, provider: Provider
):
    login.sign_in("42", "new@north.example", name="新人")
    assert refused(browser, sign_on(browser))[0] == 403
    assert store.people.find("new@north.example") is None
    store.sign_on.put(replace(provider, domains=("north.example",), newcomers="staff"))
    assert sign_on(browser).location == "/"
    new = store.people.find("new@north.example")
    assert new is not None
    assert (new.organisation, new.role, new.name) == ("north", "staff", "新人")
    login.sign_in("43", "new@elsewhere.example")
    assert refused(other := Visitor(app.test_client()), sign_on(other))[0] == 403


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    browser: Visitor, app: APIFlask, login: Login, wei: Person
):
    login.sign_in("42", wei.email)
    back = follow(press(browser))
    thief = Visitor(app.test_client())
    assert refused(thief, thief.get(back))[0] == 400
    assert browser.get(back).location == "/"
    browser.send("/signout", "/account")
    assert refused(browser, browser.get(back))[0] == 400


def test_an_answer_that_was_refused_does_not_count_again(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email, verified=False)
    back = follow(press(browser))
    assert refused(browser, browser.get(back))[0] == 403
    assert refused(browser, browser.get(back))[0] == 400


def test_a_code_that_was_used_is_refused_by_the_provider(
    browser: Visitor, app: APIFlask, login: Login, wei: Person
):
    login.sign_in("42", wei.email)
    first = follow(press(browser))
    other = Visitor(app.test_client())
    second = follow(press(other))
    assert browser.get(first).location == "/"
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    assert refused(other, other.get(f"/signin/north/return?code={code}&state={state}"))[0] == 403


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=", "?code=x&state=%ED%A0%80", "?code=x&state=" + "y" * 5000]
)
def test_an_answer_to_no_question_says_so(browser: Visitor, query: str):
    status, text = refused(browser, browser.get(f"/signin/north/return{query}"))
    assert status == 400
    assert "重新开始" in text


def test_a_question_of_one_organisation_is_no_answer_to_anothers(
    browser: Visitor, store: Store, login: Login, provider: Provider, wei: Person
):
    store.sign_on.put(replace(provider, organisation="south"))
    login.sign_in("42", wei.email)
    back = follow(press(browser)).replace("/signin/north/", "/signin/south/")
    assert browser.get(back).location == "/signin/south"
    assert browser.get("/signin/south").status_code == 400


def test_an_answer_in_the_name_of_another_provider_is_refused(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    back = follow(press(browser)) + "&iss=https%3A%2F%2Fevil.example"
    assert refused(browser, browser.get(back))[0] == 403


def test_who_does_not_go_on_is_told_kindly(browser: Visitor):
    state = parse_qs(urlsplit(press(browser)).query)["state"][0]
    status, text = refused(browser, browser.get(f"/signin/north/return?error=access_denied&state={state}"))
    assert status == 403
    assert "没有继续" in text


def test_three_tabs_may_sign_on_at_once(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    ways = [follow(press(browser)) for _ in range(4)]
    assert browser.get(ways[0]).location == "/signin/north"  # the oldest of four
    assert browser.get(ways[1]).location == "/"


def test_other_pages_cannot_press_the_button(browser: Visitor, login: Login):
    for pressed in ("", "guessed", "é" * 100):
        assert browser.get(f"/signin/north/go?pressed={pressed}").location == "/signin/north"
    assert login.seen == []


@pytest.mark.parametrize("path", ["/signin/south", "/signin/nowhere", "/signin/south/go", "/signin/x/return"])
def test_an_organisation_without_single_sign_on_is_as_unknown_as_one_that_is_not_there(
    browser: Visitor, path: str
):
    assert browser.get(path).status_code == 404


def test_a_provider_that_is_gone_is_told_and_not_asked_again_at_once(
    browser: Visitor, store: Store, provider: Provider
):
    store.sign_on.put(replace(provider, issuer="http://localhost:9"))
    first = press(browser)
    assert first == "/signin/north"
    page = browser.get(first)
    assert page.status_code == 502
    assert "没有响应" in page.text


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_is_not_who_it_should_be_is_not_gone_to(
    browser: Visitor, login: Login, document: dict[str, object]
):
    login.document = document
    assert press(browser) == "/signin/north"
    assert browser.get("/signin/north").status_code == 502


def test_redirects_of_the_provider_lead_nowhere(browser: Visitor, login: Login, wei: Person):
    login.sign_in("42", wei.email)
    back = follow(press(browser))
    login.redirects_from = "/token"
    assert refused(browser, browser.get(back))[0] in {403, 502}


def test_the_secret_may_be_wanted_in_the_body(browser: Visitor, login: Login, wei: Person):
    login.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    login.sign_in("42", wei.email)
    assert sign_on(browser).location == "/"


def test_where_passwords_are_off_they_let_in_admins_alone(
    browser: Visitor, app: APIFlask, store: Store, provider: Provider, wei: Person
):
    store.sign_on.put(replace(provider, passwords=False))
    root = store.people.add("north", "root@north.example", role="admin")
    for person in (wei, root):
        store.people.set_password(person.id, hash_of("seven quiet herons"))
    refusal = browser.send("/signin/password", email=wei.email, password="seven quiet herons")
    assert refusal.status_code == 401
    assert "不使用密码" in refusal.text
    entered = browser.send("/signin/password", email=root.email, password="seven quiet herons")
    assert entered.status_code == 303


def test_the_log_has_the_cause_and_no_secret(browser: Visitor, login: Login, wei: Person, log):
    login.sign_in("42", wei.email)
    sign_on(browser)
    login.sign_in("43", "someone@elsewhere.example", verified=False)
    sign_on(browser)
    written = log.getvalue()
    assert '"why": "unverified"' in written
    secrets = {*login.handed_out, CLIENT_SECRET, "someone@elsewhere.example", wei.email} - {""}
    assert len(secrets) > 6
    assert not [each for each in secrets if each in written]
