"""Secrets at rest."""

import pyotp
import pytest

from api.accounts.codes import accept, enrol, new_secret
from api.accounts.vault import Unreadable, Vault, of_client, of_codes, seal_codes
from matcher.people import Person
from matcher.store import Store
from tests.api.accounts.conftest import VAULT
from tests.api.conftest import NOON

OTHER = Vault(b"the key of another home directory")


def test_a_sealed_secret_opens_again_and_never_looks_the_same():
    first, second = VAULT.seal("口令 s3cret", "x"), VAULT.seal("口令 s3cret", "x")
    assert first != second
    assert "s3cret" not in first
    assert VAULT.open(first, "x") == VAULT.open(second, "x") == "口令 s3cret"


@pytest.mark.parametrize("kept", ["v1:", "v1:AAAA", "v1:é", "v1:" + "A" * 10_000, "v1:\ud800"])
def test_what_was_not_sealed_by_us_does_not_open(kept: str):
    with pytest.raises(Unreadable):
        VAULT.open(kept, "x")


def test_a_secret_opens_for_its_owner_and_purpose_and_under_its_key_alone():
    kept = VAULT.seal("secret", of_codes("wei"))
    for vault, whose in ((OTHER, of_codes("wei")), (VAULT, of_codes("ann")), (VAULT, of_client("wei"))):
        with pytest.raises(Unreadable):
            vault.open(kept, whose)


def test_the_database_holds_no_key_of_codes_as_it_is(store: Store, wei: Person):
    secret = new_secret()
    enrol(store, wei, secret, pyotp.TOTP(secret).at(NOON), NOON, vault=VAULT)
    kept = store.people.secrets()[wei.id]
    assert secret not in kept
    assert VAULT.open(kept, of_codes(wei.id)) == secret


def test_a_key_from_before_is_sealed_when_it_is_first_used(store: Store, wei: Person):
    secret = new_secret()
    store.people.ask_for_codes(wei.id, secret, [], step=0)
    assert accept(store, wei, secret, pyotp.TOTP(secret).at(NOON), NOON, vault=VAULT)
    assert VAULT.open(store.people.secrets()[wei.id], of_codes(wei.id)) == secret


def test_keys_from_before_are_sealed_when_the_service_starts(store: Store, wei: Person):
    secret = new_secret()
    store.people.ask_for_codes(wei.id, secret, [], step=0)
    assert [seal_codes(store, VAULT), seal_codes(store, VAULT)] == [1, 0]
    assert VAULT.open(store.people.secrets()[wei.id], of_codes(wei.id)) == secret


def test_when_the_key_file_is_lost_recovery_codes_still_let_in(store: Store, wei: Person):
    secret = new_secret()
    recovery = enrol(store, wei, secret, pyotp.TOTP(secret).at(NOON), NOON, vault=VAULT)
    kept = store.people.secrets()[wei.id]
    assert not accept(store, wei, kept, pyotp.TOTP(secret).at(NOON), NOON, vault=OTHER)
    assert accept(store, wei, kept, recovery[0], NOON, vault=OTHER)
