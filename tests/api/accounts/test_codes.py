"""One-time codes of the telephone, and recovery codes."""

import base64
import datetime as dt
from xml.etree import ElementTree

import pyotp
import pytest

from api.accounts.codes import accept, address_of, enrol, new_secret, picture_of, step_of
from matcher.errors import InvalidInput
from matcher.people import Person
from matcher.store import Store
from tests.api.accounts.conftest import VAULT
from tests.api.conftest import NOON

STEP = dt.timedelta(seconds=30)
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


def code(secret: str, at: dt.datetime) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(seconds: int, expected: str):
    at = dt.datetime.fromtimestamp(seconds, dt.UTC)
    assert step_of(RFC_SECRET, expected, at) == seconds // 30


def test_a_code_holds_for_its_half_minute_and_the_ones_beside_it():
    secret = new_secret()
    found = [step_of(secret, code(secret, NOON), NOON + each * STEP) for each in (-2, -1, 0, 1, 2)]
    assert [each is not None for each in found] == [False, True, True, True, False]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 10_000, "\ud800"])
def test_what_is_no_code_is_none(typed: str):
    assert step_of(new_secret(), typed, NOON) is None


def test_spaces_in_a_code_do_not_matter():
    secret = new_secret()
    typed = code(secret, NOON)
    assert step_of(secret, f" {typed[:3]} {typed[3:]}", NOON) is not None


def test_an_app_reads_the_secret_from_a_picture():
    address = address_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "wei@example.org")
    assert address.startswith("otpauth://totp/Bole:wei%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DP")
    assert address.endswith("&issuer=Bole")
    kind, _, data = picture_of(address).partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert ElementTree.fromstring(base64.b64decode(data)).tag.endswith("svg")


def test_codes_are_asked_for_once_the_app_showed_one(store: Store, wei: Person):
    secret = new_secret()
    with pytest.raises(InvalidInput):
        enrol(store, wei, secret, "000000", NOON - 900 * STEP, vault=VAULT)
    assert not store.people.get(wei.id).has_codes
    recovery = enrol(store, wei, secret, code(secret, NOON), NOON, vault=VAULT)
    assert store.people.get(wei.id).has_codes
    assert len(set(recovery)) == 8


def test_no_code_is_taken_twice_not_even_the_first(store: Store, wei: Person):
    secret = new_secret()
    enrol(store, wei, secret, code(secret, NOON), NOON, vault=VAULT)
    assert not accept(store, wei, secret, code(secret, NOON), NOON, vault=VAULT)
    later = NOON + STEP
    assert accept(store, wei, secret, code(secret, later), later, vault=VAULT)
    assert not accept(store, wei, secret, code(secret, later), later, vault=VAULT)
    assert not accept(store, wei, secret, code(secret, NOON), later, vault=VAULT)


def test_a_recovery_code_is_taken_once_however_it_is_typed(store: Store, wei: Person):
    secret = new_secret()
    first, second, *_ = enrol(store, wei, secret, code(secret, NOON), NOON, vault=VAULT)
    assert accept(store, wei, secret, first.lower().replace("-", " "), NOON, vault=VAULT)
    assert not accept(store, wei, secret, first, NOON, vault=VAULT)
    assert accept(store, wei, secret, second, NOON, vault=VAULT)
    assert store.people.recovery_left(wei.id) == 6


def test_only_hashes_of_recovery_codes_are_kept(store: Store, wei: Person, tmp_path):
    secret = new_secret()
    first, *_ = enrol(store, wei, secret, code(secret, NOON), NOON, vault=VAULT)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert first.encode() not in kept
    assert first.replace("-", "").encode() not in kept
