"""Invitations and resets by links."""

import datetime as dt
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from api.accounts.links import LIFETIMES, new_link, person_behind, redeem
from matcher.errors import NotFound
from matcher.people import Person, Purpose
from matcher.store import Store
from tests.api.conftest import NOON

ADDRESS = "https://bole.example"


def secret_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


@pytest.mark.parametrize(("purpose", "path"), [(Purpose.INVITE, "/welcome"), (Purpose.RESET, "/reset")])
def test_a_link_leads_to_its_page_and_its_person(store: Store, wei: Person, purpose: Purpose, path: str):
    link = new_link(store, wei, purpose, ADDRESS, NOON)
    assert link.startswith(f"{ADDRESS}{path}?token=")
    assert person_behind(store, purpose, secret_of(link), NOON) == wei


@pytest.mark.parametrize(("purpose", "hours"), [(Purpose.INVITE, 7 * 24), (Purpose.RESET, 1)])
def test_a_link_ends_in_time(store: Store, wei: Person, purpose: Purpose, hours: int):
    assert LIFETIMES[purpose] == dt.timedelta(hours=hours)
    secret = secret_of(new_link(store, wei, purpose, ADDRESS, NOON))
    with pytest.raises(NotFound):
        person_behind(store, purpose, secret, NOON + dt.timedelta(hours=hours))


def test_a_link_is_used_once(store: Store, wei: Person):
    secret = secret_of(new_link(store, wei, Purpose.INVITE, ADDRESS, NOON))
    assert redeem(store, Purpose.INVITE, secret, NOON, password="hashed", name="Wei").name == "Wei"
    for use in (person_behind, lambda *given: redeem(*given, password="other")):
        with pytest.raises(NotFound):
            use(store, Purpose.INVITE, secret, NOON)


@pytest.mark.parametrize("secret", ["", "unknown", "é", "\ud800", "x" * 10_000])
def test_what_is_no_link_is_refused(store: Store, wei: Person, secret: str):
    with pytest.raises(NotFound):
        person_behind(store, Purpose.INVITE, secret, NOON)


def test_only_the_hash_of_a_link_is_kept(store: Store, wei: Person, tmp_path: Path):
    secret = secret_of(new_link(store, wei, Purpose.INVITE, ADDRESS, NOON))
    assert len(secret) >= 43
    assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
