import datetime as dt

import pytest

from matcher.errors import Conflict, NotFound
from matcher.store import Store, TokenRecord
from tests.matcher.store.samples import NOW


def test_a_token_says_whom_it_stands_for(store: Store) -> None:
    end = NOW.astimezone(dt.timezone(dt.timedelta(hours=8))) + dt.timedelta(days=1, microseconds=1)
    store.add_token(
        token_hash="h", organisation="north", role="mentor", profile_id="m1", label="王导师", expires_at=end
    )
    found = store.token("h")
    assert found == TokenRecord(
        token_hash="h",
        organisation="north",
        role="mentor",
        profile_id="m1",
        label="王导师",
        created_at=NOW,
        expires_at=end,
    )
    assert found.expires_at is not None
    assert found.created_at.tzinfo is found.expires_at.tzinfo is dt.UTC


def test_a_token_may_have_no_end_and_no_profile(store: Store) -> None:
    store.add_token(token_hash="h", organisation="north", role="staff")
    found = store.token("h")
    assert found is not None
    assert (found.expires_at, found.profile_id, found.label) == (None, "", "")


def test_an_unknown_token_is_none(store: Store) -> None:
    assert store.token("h") is None


def test_a_revoked_token_is_none_and_cannot_be_revoked_or_given_again(store: Store) -> None:
    store.add_token(token_hash="h", organisation="north", role="staff")
    store.revoke_token("h")
    assert store.token("h") is None
    with pytest.raises(NotFound):
        store.revoke_token("h")
    with pytest.raises(Conflict):
        store.add_token(token_hash="h", organisation="north", role="staff")


def test_a_token_of_an_unknown_organisation_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="west"):
        store.add_token(token_hash="h", organisation="west", role="staff")
