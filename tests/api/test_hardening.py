"""What holds for every answer, every export and every log line."""

import ast
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from api.accounts.codes import enrol, new_secret
from api.accounts.links import new_link
from api.accounts.passwords import hash_of
from api.accounts.vault import Vault
from api.app import create_app
from api.observing import observer
from api.pages import pages
from api.principals import Caller
from api.serve import check_address
from api.services import Services
from api.settings import Settings
from matcher.errors import InvalidInput
from matcher.people import Purpose
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.pages.visitor import Visitor, visitor
from tests.api.world import csv_file

ROOT = Path(__file__).parents[2]
PASSWORD = "zanzibar-quetzal-77-obelisk"
NO_TEXT_OF_PEOPLE = {
    "training/quality/tables.py": "figures of a benchmark",
    "training/weekly/replay_files.py": "figures of a replay, for gnuplot and the like",
}


@pytest.fixture
def site(services: Services, settings: Settings, log) -> APIFlask:
    return create_app(services, settings, pages=[pages], records=observer(None, log))


def answers(site: APIFlask, store: Store, base: str = "http://localhost") -> list[TestResponse]:
    """An answer of every kind: pages, errors of all sorts, redirects, files, downloads, JSON."""
    office = visitor(site, store, Caller.STAFF)
    bearer = {"Authorization": f"Bearer {office.token}"}
    asked = [
        ("GET", "/startups"),
        ("GET", "/startups/none"),
        ("GET", "/nowhere"),
        ("GET", "/import/none"),
        ("POST", "/people"),
        ("GET", "/signin"),
        ("GET", "/signin/password"),
        ("GET", "/pages/site.css"),
        ("GET", "/v1/profiles"),
        ("GET", "/v1/profiles?limit=none"),
        ("GET", "/v1/profiles?limit=1&limit=2"),
        ("DELETE", "/v1/profiles"),
        ("GET", "/v1/attention/table"),
        ("GET", "/v1/reports/performance/table?format=xlsx"),
        ("GET", "/metrics"),
    ]
    found = []
    for method, path in asked:
        given = {"headers": bearer} if path.startswith("/v1") else {}
        found.append(office.client.open(path, method=method, base_url=base, **given))
    return [*found, site.test_client().get("/startups", base_url=base)]


def test_every_answer_says_what_browsers_may_do_with_it(site: APIFlask, store: Store):
    found = answers(site, store)
    assert {each.status_code for each in found} >= {200, 303, 403, 404, 405, 422}
    for answer in found:
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff", answer.request.path
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "Server" not in headers
        if answer.request.path != "/pages/site.css":
            assert headers["Cache-Control"] == "no-store"
        answer.close()


def test_over_https_every_answer_wants_to_come_so_again_and_cookies_are_secure(site: APIFlask, store: Store):
    for answer in answers(site, store, "https://localhost"):
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert "Secure" in cookie, cookie
            assert "SameSite=Lax" in cookie, cookie
        answer.close()


def test_uploads_end_where_the_settings_say(site: APIFlask, store: Store, settings: Settings):
    office = visitor(site, store, Caller.STAFF)
    bearer = {"Authorization": f"Bearer {office.token}"}
    body = {"name": "x" * settings.body_limit_bytes}
    assert office.client.put("/v1/profiles/x", json=body, headers=bearer).status_code == 413
    file = csv_file("x" * settings.import_limit_bytes, "startups.csv")
    assert office.client.post("/v1/imports", headers=bearer, **file).status_code == 413


def test_every_module_that_writes_tables_neutralises_formulas():
    writers = {}
    for folder in ("api", "matcher", "training"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            if called & {"csv.writer", "csv.DictWriter", "Workbook", "openpyxl.Workbook"}:
                writers[path.relative_to(ROOT).as_posix()] = bool(called & {"harmless", "cells.harmless"})
    unsafe = {name for name, safe in writers.items() if not safe and name != "api/spreadsheets.py"}
    assert unsafe == NO_TEXT_OF_PEOPLE.keys()
    assert {"api/workbooks.py", "api/spreadsheets.py", "api/cli/lists.py"} <= writers.keys()
    assert "harmless" in (ROOT / "api/spreadsheets.py").read_text(encoding="utf-8")


def test_no_secret_is_logged(
    site: APIFlask, store: Store, log, caplog: pytest.LogCaptureFixture, settings: Settings
):
    caplog.set_level(logging.DEBUG)
    person = store.people.add("north", "wei@secret-address.example", role="staff", name="Wei")
    store.people.set_password(person.id, hash_of(PASSWORD))
    codes = new_secret()
    enrol(store, person, codes, pyotp.TOTP(codes).at(NOON), NOON, vault=Vault(site.secret_key))
    link = parse_qs(urlsplit(new_link(store, person, Purpose.RESET, "", NOON)).query)["token"][0]
    browser = Visitor(site.test_client())
    browser.send("/signin/password", email=person.email, password="wrong-" + PASSWORD)
    browser.send("/signin/password", email=person.email, password=PASSWORD)
    browser.send("/signin/code", "/signin/code", code="123456")
    browser.get(f"/reset?token={link}")
    browser.send("/reset", token=link, password="short")
    office = visitor(site, store, Caller.ADMIN)
    office.send("/people/single-sign-on", "/account", issuer="https://x", client_secret="secret-of-a-client")
    office.client.get("/v1/profiles", headers={"Authorization": "Bearer bole_guessed-token-xyz"})
    office.client.get(f"/v1/profiles?q={PASSWORD}", headers={"Authorization": f"Bearer {office.token}"})
    cookie = office.client.get_cookie("bole_session")
    assert cookie is not None
    written = log.getvalue() + caplog.text
    assert written.count('"event": "request"') > 10
    secrets = (PASSWORD, person.email, codes, link, office.token, "secret-of-a-client", "guessed-token-xyz")
    assert [each for each in (*secrets, cookie.value) if each in written] == []


def test_a_session_that_nobody_uses_ends_after_two_hours(site: APIFlask, services: Services, store: Store):
    used = visitor(site, store, Caller.STAFF)
    person = store.people.add("north", "wei@north.example", role="staff", name="Wei")
    store.people.set_password(person.id, hash_of(PASSWORD))
    browser = Visitor(site.test_client())
    assert browser.send("/signin/password", email=person.email, password=PASSWORD).location == "/"
    browser.get("/account")
    for hours, status in ((1.9, 200), (3.8, 200), (5.9, 303)):
        at = NOON + timedelta(hours=hours)
        site.extensions["bole-services"] = replace(services, clock=lambda at=at: at)
        assert browser.get("/account").status_code == status, hours
    assert (
        used.client.get("/v1/profiles", headers={"Authorization": f"Bearer {used.token}"}).status_code == 200
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "bole.example.org"])
def test_nobody_listens_to_other_machines_by_accident(host: str):
    with pytest.raises(InvalidInput):
        check_address(Settings(host=host))
