"""Session cookies, their key, and form tokens."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from api.sessions import (
    FORM_FIELD,
    KEY_FILE,
    check_form_token,
    form_token,
    register_sessions,
    secret_key,
    sign_in,
    sign_out,
    signed_in,
)
from matcher.errors import Forbidden, InvalidInput


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    site = Flask("site")
    register_sessions(site, tmp_path)

    @site.get("/in")
    def begin() -> str:
        sign_in("hash")
        return form_token()

    @site.get("/out")
    def end() -> str:
        sign_out()
        return ""

    site.get("/who")(signed_in)
    return site


def test_a_key_is_random_kept_and_for_its_owner_alone(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    key = secret_key(first)
    assert (len(key), secret_key(first)) == (32, key)
    assert secret_key(second) != key
    assert stat.S_IMODE((first / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in first.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int):
    secret_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(mode)
    with pytest.raises(InvalidInput, match="chmod 600"):
        secret_key(tmp_path)


@pytest.mark.parametrize("key", [b"", b"secret", b"x" * 31, b"\0" * 64, b"change-me" * 8])
def test_a_key_that_is_too_short_to_be_ours_is_refused(tmp_path: Path, key: bytes):
    (tmp_path / KEY_FILE).write_bytes(key)
    (tmp_path / KEY_FILE).chmod(0o600)
    with pytest.raises(InvalidInput, match="32 random bytes"):
        secret_key(tmp_path)


def test_processes_that_start_at_once_share_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: secret_key(tmp_path), range(32)))
    assert len(keys) == 1


def test_a_session_lasts_until_signing_out(site: Flask):
    client = site.test_client()
    assert client.get("/who").text == ""
    client.get("/in")
    assert client.get("/who").text == "hash"
    client.get("/out")
    assert client.get("/who").text == ""


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(site: Flask):
    cookie = site.test_client().get("/in").headers["Set-Cookie"]
    assert cookie.startswith("bole_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Secure" in site.test_client().get("/in", base_url="https://localhost").headers["Set-Cookie"]


def test_a_cookie_that_was_tampered_with_is_no_session(site: Flask):
    client = site.test_client()
    client.get("/in")
    value = client.get_cookie("bole_session").value
    client.set_cookie("bole_session", value[:-3] + "AAA")
    assert client.get("/who").text == ""


def test_signing_in_leaves_nothing_of_the_session_before(site: Flask):
    client = site.test_client()
    assert client.get("/in").text != client.get("/in").text  # the form token is another


@pytest.mark.parametrize("sent", ["", "other", "é"])
def test_a_form_with_another_token_is_refused(site: Flask, sent: str):
    with site.test_request_context(method="POST", data={FORM_FIELD: sent}):
        form_token()
        with pytest.raises(Forbidden):
            check_form_token()


def test_a_form_is_refused_where_no_token_was_given_out(site: Flask):
    with site.test_request_context(method="POST", data={FORM_FIELD: ""}), pytest.raises(Forbidden):
        check_form_token()


def test_a_form_with_its_sessions_token_passes(site: Flask):
    site.post("/write")(lambda: str(check_form_token()))
    client = site.test_client()
    token = client.get("/in").text
    assert client.post("/write", data={FORM_FIELD: token}).text == "None"
