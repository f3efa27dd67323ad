"""Signing in by password and code: refusals, lock-outs, sessions."""

import datetime as dt
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import argon2
import pyotp
import pytest

from api.accounts.codes import enrol, new_secret
from api.accounts.passwords import hash_of
from api.accounts.signing import Outcome, by_code, by_password, enter, forgive, is_password_of, too_often
from api.principals import Caller, Principal, principal_behind
from matcher.errors import NotFound, Unauthorised
from matcher.people import Person, TokenKind
from matcher.store import Store
from tests.api.accounts.conftest import PASSWORD, VAULT
from tests.api.conftest import NOON

MINUTE = dt.timedelta(minutes=1)


def outcome(store: Store, email: str = "wei@example.org", password: str = "wrong", at=NOON) -> Outcome:
    return by_password(store, email, password, at).outcome


@pytest.mark.parametrize("email", ["wei@example.org", " Wei@EXAMPLE.org", "ｗｅｉ@example.org"])
def test_the_right_password_enters_however_the_address_is_written(store: Store, wei: Person, email: str):
    answer = by_password(store, email, PASSWORD, NOON)
    assert (answer.outcome, answer.person) == (Outcome.ENTERED, wei)


@pytest.mark.parametrize("email", ["wei@example.org", "nobody@example.org", "", "none", "\ud800" * 10_000])
def test_what_is_wrong_is_refused_alike(store: Store, wei: Person, email: str):
    assert by_password(store, email, "wrong", NOON).outcome is Outcome.REFUSED
    assert by_password(store, email, "\ud800" * 10_000, NOON).outcome is Outcome.REFUSED


def test_who_was_invited_or_has_left_is_refused(store: Store, wei: Person):
    store.people.add("north", "new@example.org", role="staff")
    store.people.deactivate(wei.id)
    for email in ("new@example.org", "wei@example.org"):
        for password in ("", PASSWORD):
            assert by_password(store, email, password, NOON).outcome is Outcome.REFUSED


@pytest.mark.parametrize("email", ["wei@example.org", "nobody@example.org"])
def test_after_five_failures_there_is_a_pause_that_doubles(store: Store, wei: Person, email: str):
    assert [outcome(store, email) for _ in range(5)] == [Outcome.REFUSED] * 5
    locked = by_password(store, email, PASSWORD, NOON)
    assert (locked.outcome, locked.until) == (Outcome.LOCKED, NOON + MINUTE)
    assert outcome(store, email, at=NOON + MINUTE) is Outcome.REFUSED
    assert by_password(store, email, "wrong", NOON + MINUTE).until == NOON + 3 * MINUTE


def test_the_right_password_after_the_pause_ends_it(store: Store, wei: Person):
    for _ in range(5):
        outcome(store)
    assert outcome(store, password=PASSWORD, at=NOON + MINUTE) is Outcome.ENTERED
    assert outcome(store, at=NOON + MINUTE) is Outcome.REFUSED


def test_guesses_at_once_are_no_more_than_guesses_one_by_one(store: Store, wei: Person):
    with ThreadPoolExecutor(8) as many:
        outcomes = list(many.map(lambda _: outcome(store), range(12)))
    assert outcomes.count(Outcome.REFUSED) == 5


@pytest.mark.usefixtures("usual_hashes")
def test_an_unknown_address_is_refused_as_slowly_as_a_wrong_password(store: Store, wei: Person):
    store.people.set_password(wei.id, hash_of(PASSWORD))

    def median(email: str) -> float:
        times = []
        for each in range(5):
            began = time.perf_counter()
            outcome(store, email.format(each))
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    assert 0.5 < median("nobody{}@example.org") / median("wei@example.org") < 2


def test_a_code_is_asked_for_after_the_password(store: Store, wei: Person):
    secret = new_secret()
    codes = pyotp.TOTP(secret)
    recovery = enrol(store, wei, secret, codes.at(NOON), NOON, vault=VAULT)
    later = NOON + MINUTE
    answer = by_password(store, wei.email, PASSWORD, later)
    assert answer.outcome is Outcome.CODE_NEEDED
    assert by_code(store, wei.id, "000000", later, vault=VAULT).outcome is Outcome.REFUSED
    assert by_code(store, wei.id, codes.at(later), later, vault=VAULT).outcome is Outcome.ENTERED
    assert by_code(store, wei.id, codes.at(later), later, vault=VAULT).outcome is Outcome.REFUSED
    assert by_code(store, wei.id, recovery[0], later, vault=VAULT).outcome is Outcome.ENTERED


def test_codes_cannot_be_guessed_by_and_by(store: Store, wei: Person):
    secret = new_secret()
    enrol(store, wei, secret, pyotp.TOTP(secret).at(NOON), NOON, vault=VAULT)
    later = NOON + MINUTE
    for _ in range(5):
        by_password(store, wei.email, PASSWORD, later)  # the right password does not forget wrong codes
        assert by_code(store, wei.id, "000000", later, vault=VAULT).outcome is Outcome.REFUSED
    assert by_code(store, wei.id, pyotp.TOTP(secret).at(later), later, vault=VAULT).outcome is Outcome.LOCKED


def test_a_session_is_the_persons(store: Store, wei: Person):
    hashed = enter(store, wei, NOON)
    principal = principal_behind(store, hashed, NOON)
    assert principal == Principal("north", Caller.STAFF)
    assert (principal.person_id, principal.name, principal.kind) == (wei.id, "王伟", TokenKind.SESSION)
    assert principal.who == "staff 王伟"
    assert store.people.get(wei.id).last_login_at == NOON
    with pytest.raises(Unauthorised):
        principal_behind(store, hashed, NOON + dt.timedelta(hours=12))


@pytest.mark.parametrize("end", ["deactivate", "password"])
def test_a_session_ends_with_its_person_and_its_password(store: Store, wei: Person, end: str):
    hashed = enter(store, wei, NOON)
    if end == "deactivate":
        store.people.deactivate(wei.id)
    else:
        store.people.set_password(wei.id, "other")
    with pytest.raises(Unauthorised):
        principal_behind(store, hashed, NOON)


def test_nobody_enters_for_a_profile_that_is_not_there_any_more(store: Store):
    person = store.people.add("north", "ann@example.org", role="startup", profile_id="s1")
    store.delete_profile("north", "s1")
    with pytest.raises(NotFound):
        enter(store, person, NOON)


def test_a_hash_of_old_parameters_is_made_anew(store: Store, wei: Person):
    old = argon2.PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    store.people.set_password(wei.id, old)
    assert outcome(store, password=PASSWORD) is Outcome.ENTERED
    kept = store.people.credentials(person_id=wei.id)
    assert kept is not None
    assert kept.password != old
    assert outcome(store, password=PASSWORD) is Outcome.ENTERED


def test_a_place_on_the_network_has_its_tries(store: Store):
    assert [too_often(store, "sign-in", "10.0.0.1", NOON) for _ in range(30)] == [None] * 30
    assert too_often(store, "sign-in", "10.0.0.1", NOON) == NOON + 10 * MINUTE
    assert too_often(store, "sign-in", "10.0.0.2", NOON) is None
    assert too_often(store, "forgotten", "10.0.0.1", NOON) is None


def test_who_showed_otherwise_who_they_are_may_try_again(store: Store, wei: Person):
    for _ in range(5):
        outcome(store)
    forgive(store, wei)
    assert outcome(store, password=PASSWORD) is Outcome.ENTERED


def test_the_password_of_who_is_signed_in_is_asked_without_a_code(store: Store, wei: Person):
    secret = new_secret()
    enrol(store, wei, secret, pyotp.TOTP(secret).at(NOON), NOON, vault=VAULT)
    assert is_password_of(store, wei, PASSWORD, NOON).outcome is Outcome.ENTERED
    assert is_password_of(store, wei, "wrong", NOON).outcome is Outcome.REFUSED
