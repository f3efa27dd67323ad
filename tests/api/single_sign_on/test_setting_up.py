"""Setting single sign-on up, on the page and by command: what is refused, and where nothing is sent to."""

import pytest
from apiflask import APIFlask

from api.accounts.vault import Vault, of_client
from api.principals import Caller
from api.sending.outward import Outward
from api.single_sign_on.configuring import Wanted, configure
from api.single_sign_on.discovery import Directory
from api.single_sign_on.refusals import NotSignedOn, Why
from api.single_sign_on.wire import Wire
from matcher.errors import InvalidInput
from matcher.single_sign_on import Provider
from matcher.store import Store
from tests.api.cli.conftest import run_bole
from tests.api.pages.visitor import Visitor, visitor
from tests.api.single_sign_on.login import CLIENT_ID, CLIENT_SECRET, Login

PAGE = "/people/single-sign-on"
VAULT = Vault(b"the key of a home directory, long")


@pytest.fixture
def admin(app: APIFlask, store: Store) -> Visitor:
    return visitor(app, store, Caller.ADMIN)


def test_an_admin_sets_it_up_and_takes_it_back(admin: Visitor, app: APIFlask, store: Store, login: Login):
    assert "/signin/north/return" in admin.get(PAGE).text
    typed = {"issuer": login.issuer, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    done = admin.send(PAGE, PAGE, **typed, domains="north.example，North.org", newcomers="on")
    assert done.status_code == 303, done.text
    made = store.sign_on.provider("north")
    assert made is not None
    assert made.domains == ("north.example", "north.org")
    assert (made.passwords, made.newcomers) == (False, "staff")
    assert Vault(app.secret_key).open(made.client_secret, of_client("north")) == CLIENT_SECRET
    page = admin.get(PAGE).text
    assert login.issuer in page
    assert CLIENT_SECRET not in page
    for _ in range(2):  # pressed twice
        assert admin.send(f"{PAGE}/remove", PAGE).status_code == 303
    assert store.sign_on.provider("north") is None


def test_the_secret_stays_where_it_is_not_typed_but_goes_to_nobody_else(
    admin: Visitor, store: Store, provider: Provider, login: Login
):
    kept = {"issuer": login.issuer, "client_id": CLIENT_ID}
    assert admin.send(PAGE, PAGE, **kept, passwords="on").status_code == 303
    now = store.sign_on.provider("north")
    assert now is not None
    assert now.client_secret == provider.client_secret
    for other in ({"issuer": login.issuer + "/x"}, {"client_id": "another"}):
        refusal = admin.send(PAGE, PAGE, **{**kept, **other})
        assert refusal.status_code == 422
        assert "请从登录服务复制客户端密钥" in refusal.text


@pytest.mark.parametrize("role", [Caller.STAFF, Caller.STARTUP, Caller.MENTOR, Caller.INVESTOR])
def test_nobody_but_an_admin_may(app: APIFlask, store: Store, provider: Provider, role: Caller):
    browser = visitor(app, store, role)
    wei = store.people.add("north", "wei@north.example", role="staff")
    front = browser.get("/account")
    for path in (PAGE, f"{PAGE}/remove", f"/people/{wei.id}/sign-on-forgotten"):
        assert browser.send(path, "/account").status_code == 403, front.text
    assert browser.get(PAGE).status_code == 403
    assert store.sign_on.provider("north") == provider


def test_an_admin_forgets_an_account_of_the_own_organisation_alone(
    admin: Visitor, store: Store, provider: Provider
):
    wei = store.people.add("north", "wei@north.example", role="staff")
    far = store.people.add("south", "far@south.example", role="staff")
    for person, subject in ((wei, "1"), (far, "2")):
        store.sign_on.link(person.id, provider.issuer, subject)
    assert admin.send(f"/people/{wei.id}/sign-on-forgotten", "/people").status_code == 303
    assert admin.send(f"/people/{far.id}/sign-on-forgotten", "/people").status_code == 404
    assert store.sign_on.person(provider.issuer, "1") is None
    assert store.sign_on.person(provider.issuer, "2") == store.people.get(far.id)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("issuer", "http://login.example.org"),
        ("issuer", "https://login.example.org?x=1"),
        ("issuer", "https://a@login.example.org"),
        ("issuer", "https://login.example.org:0"),
        ("issuer", "https://[::1"),
        ("issuer", "file:///etc/passwd"),
        ("issuer", "https://例子.example"),
        ("issuer", "\ud800"),
        ("issuer", "https://" + "x" * 10_000),
        ("client_id", ""),
        ("client_id", "é"),
        ("domains", ["north"]),
        ("domains", ["-.example"]),
        ("domains", [f"d{n}.example" for n in range(51)]),
        ("newcomers", "staff"),
        ("newcomers", "admin"),
    ],
)
def test_what_is_no_such_thing_is_refused(store: Store, field: str, typed: object):
    good = {"issuer": "https://login.example.org", "client_id": "bole", "client_secret": "s"}
    with pytest.raises(InvalidInput) as refused:
        configure(
            store,
            "north",
            Wanted(**{**good, field: typed}),
            by="a test",
            vault=VAULT,
            directory=Directory(Wire(Outward((), "BOLE_SSO_HOSTS", 1.0))),
        )
    assert refused.value.field == field
    assert store.sign_on.provider("north") is None


@pytest.mark.parametrize(
    ("issuer", "address"),
    [
        ("https://login.example.org", "10.0.0.7"),
        ("https://login.example.org", "169.254.169.254"),
        ("https://login.example.org", "::ffff:127.0.0.1"),
        ("https://127.0.0.1:5432", "127.0.0.1"),
        ("http://localhost:9", "127.0.0.1"),
    ],
)
def test_nothing_inside_the_network_is_asked_without_a_setting(issuer: str, address: str):
    directory = Directory(Wire(Outward((), "BOLE_SSO_HOSTS", 1.0, lambda *_: [address])))
    with pytest.raises(NotSignedOn) as refused:
        directory.endpoints(issuer)
    assert refused.value.why is Why.MISCONFIGURED
    assert "BOLE_SSO_HOSTS" in refused.value.told


def test_the_command_sets_shows_and_removes(tmp_path, monkeypatch, login: Login):
    monkeypatch.setenv("BOLE_SSO_HOSTS", "localhost")
    monkeypatch.setenv("BOLE_SSO_CLIENT_SECRET", CLIENT_SECRET)
    run_bole(tmp_path, "person", "invite", "root@north.example", "--role", "admin", "--org", "north")
    asked = (
        "--org",
        "north",
        "--issuer",
        login.issuer,
        "--client-id",
        CLIENT_ID,
        "--domain",
        "north.example",
    )
    done = run_bole(tmp_path, "sso", "set", *asked, "--no-passwords")
    assert done.exit_code == 0, done.output
    assert "http://127.0.0.1:8000/signin/north/return" in done.output
    shown = run_bole(tmp_path, "sso", "show", "--org", "north")
    assert "for admins alone" in shown.output
    assert CLIENT_SECRET not in done.output + shown.output
    assert run_bole(tmp_path, "sso", "remove", "--org", "north").exit_code == 0
    assert run_bole(tmp_path, "sso", "show", "--org", "north").exit_code == 1


def test_the_command_refuses_a_provider_that_does_not_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("BOLE_SSO_HOSTS", "localhost")
    monkeypatch.setenv("BOLE_SSO_CLIENT_SECRET", "s")
    done = run_bole(tmp_path, "sso", "set", "--issuer", "http://localhost:9", "--client-id", "bole")
    assert (done.exit_code, "not usable" in done.output) == (1, True)
