"""Tokens and who holds them."""

import datetime as dt
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask

from api.principals import Caller, Principal, issue_token, new_token, principal_of, token_hash
from matcher.errors import InvalidInput, NotFound, Unauthorised
from matcher.people import TokenKind, TokenScope
from matcher.store import Store
from tests.api.conftest import NOON

STAFF = Principal("north", Caller.STAFF)


def test_a_token_is_long_random_text_that_is_safe_in_a_header():
    first, second = new_token(), new_token()
    assert first != second
    assert first.startswith("bole_")
    assert len(first) == len("bole_") + 43  # 32 bytes in base64
    assert first.replace("-", "").replace("_", "").isalnum()


def test_only_the_hash_of_a_token_is_stored(store: Store, tmp_path: Path):
    token = issue_token(store, STAFF, label="laptop")
    assert store.token(token_hash(token)).label == "laptop"
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token_hash(token).encode() in kept
    assert token.encode() not in kept


def test_a_token_stands_for_whom_it_was_issued(store: Store):
    startup = Principal("north", Caller.STARTUP, "s1")
    assert principal_of(store, issue_token(store, startup), NOON) == startup


@pytest.mark.parametrize(
    ("principal", "error"),
    [
        (Principal("north", Caller.STARTUP), InvalidInput),
        (Principal("north", Caller.STAFF, "s1"), InvalidInput),
        (Principal("north", Caller.STARTUP, "m1"), InvalidInput),
        (Principal("north", Caller.STARTUP, "s9"), NotFound),
        (Principal("nowhere", Caller.STAFF), NotFound),
    ],
)
def test_no_token_is_issued_for_somebody_who_cannot_be(
    store: Store, principal: Principal, error: type[Exception]
):
    with pytest.raises(error):
        issue_token(store, principal)


def test_a_change_is_recorded_of_the_caller_and_the_name_of_its_token(store: Store):
    laptop = issue_token(store, STAFF, label="Wei's laptop")
    startup = issue_token(store, Principal("north", Caller.STARTUP, "s1"))
    assert principal_of(store, laptop, NOON).who == "staff (Wei's laptop)"
    assert principal_of(store, startup, NOON).who == "startup s1"


def test_a_token_ends_at_its_time(store: Store):
    token = issue_token(store, STAFF, expires_at=NOON)
    assert principal_of(store, token, NOON - dt.timedelta(seconds=1)) == STAFF
    with pytest.raises(Unauthorised):
        principal_of(store, token, NOON)


def test_a_revoked_token_is_refused(store: Store):
    token = issue_token(store, STAFF)
    store.revoke_token(token_hash(token))
    with pytest.raises(Unauthorised):
        principal_of(store, token, NOON)


def test_a_persons_token_says_who_they_are_and_what_it_is_called(store: Store):
    ann = store.people.add("north", "ann@example.org", role="startup", profile_id="s1", name="Ann")
    own = Principal("north", Caller.STARTUP, "s1", person_id=ann.id)
    assert principal_of(store, issue_token(store, own, label="laptop"), NOON).who == "startup s1 Ann (laptop)"
    session = issue_token(store, own, label="browser session", kind=TokenKind.SESSION)
    assert principal_of(store, session, NOON).who == "startup s1 Ann"


def test_the_last_use_of_a_token_is_known_to_the_minute(store: Store):
    token = issue_token(store, STAFF)
    for seconds in (0, 59, 60, 61):
        principal_of(store, token, NOON + dt.timedelta(seconds=seconds))
        found = store.token(token_hash(token))
        assert found is not None
        assert found.last_used_at == NOON + dt.timedelta(seconds=seconds // 60 * 60)


def test_a_token_is_used_while_another_one_writes(store: Store, tmp_path: Path):
    token = issue_token(store, STAFF)
    with closing(sqlite3.connect(tmp_path / "bole.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert principal_of(store, token, NOON) == STAFF
        assert time.monotonic() - began < 1
    assert store.token(token_hash(token)).last_used_at is None
    principal_of(store, token, NOON)
    assert store.token(token_hash(token)).last_used_at == NOON


@pytest.mark.parametrize(("scope", "status"), [(TokenScope.FULL, 204), (TokenScope.READ, 403)])
def test_a_token_for_reading_changes_nothing(app: APIFlask, store: Store, scope: TokenScope, status: int):
    token = issue_token(store, replace(STAFF, scope=scope))
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/v1/profiles/s2", headers=headers).status_code == 200
    assert client.delete("/v1/profiles/s2", headers=headers).status_code == status
    assert client.get("/v1/profiles/s2", headers=headers).status_code == (404 if status == 204 else 200)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic {token}",
        "{token}",
        "Bearer bole_wrong",
        "Bearer {token}x",
        "Bearer bole_é",
    ],
)
def test_a_header_without_a_known_token_is_refused(app: APIFlask, store: Store, header: str):
    token = issue_token(store, STAFF)
    answer = app.test_client().get("/v1/profiles", headers={"Authorization": header.format(token=token)})
    assert (answer.status_code, answer.json["type"]) == (401, "urn:bole:problem:unauthorised")
    assert token not in answer.text


def test_the_schemes_case_does_not_matter(app: APIFlask, store: Store):
    token = issue_token(store, STAFF)
    answer = app.test_client().get("/v1/profiles", headers={"Authorization": f"bearer {token}"})
    assert answer.status_code == 200
