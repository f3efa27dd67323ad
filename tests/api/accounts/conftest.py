"""People with accounts, in the world of the API's tests."""

import pytest

from api.accounts.passwords import hash_of
from api.accounts.vault import Vault
from matcher.people import Person
from matcher.store import Store

VAULT = Vault(b"the key of a home directory, long")
PASSWORD = "seven quiet herons"


@pytest.fixture(scope="session")
def hashed() -> str:
    """The hash of PASSWORD, made once: it takes a while, as it should."""
    return hash_of(PASSWORD)


@pytest.fixture
def wei(store: Store, hashed: str) -> Person:
    """Somebody of north's staff who accepted an invitation."""
    person = store.people.add("north", "wei@example.org", role="staff", name="王伟")
    store.people.set_password(person.id, hashed)
    return store.people.get(person.id)
