from dataclasses import replace
from multiprocessing.pool import Pool

import pytest

from matcher.errors import Conflict, NotFound
from matcher.people import Standing
from matcher.single_sign_on import Provider
from matcher.store import Store
from tests.matcher.store.conftest import WORKERS

LOGIN = "https://login.example.org"
PROVIDER = Provider(
    organisation="north",
    issuer=LOGIN,
    client_id="bole",
    client_secret="sealed",
    domains=("north.example",),
    passwords=False,
    newcomers="staff",
    made_by="admin Root",
)


@pytest.fixture
def person(store: Store) -> str:
    store.add_organisation("north", "North")
    return store.people.add("north", "wei@north.example", role="staff").id


def test_a_provider_is_kept_as_it_was_told_and_replaced_by_the_next(store: Store, person: str) -> None:
    made = store.sign_on.put(PROVIDER)
    assert store.sign_on.provider("north") == made
    assert replace(made, made_at=None) == PROVIDER
    other = store.sign_on.put(replace(PROVIDER, issuer="https://other.example", domains=()))
    assert store.sign_on.providers() == [(other, "North")]


def test_the_secret_is_not_shown_where_a_provider_is(store: Store) -> None:
    assert "sealed" not in repr(PROVIDER)


def test_an_organisation_that_is_not_there_has_none(store: Store) -> None:
    assert store.sign_on.provider("nowhere") is None
    with pytest.raises(NotFound):
        store.sign_on.put(replace(PROVIDER, organisation="nowhere"))
    with pytest.raises(NotFound):
        store.sign_on.remove("nowhere")


def test_an_account_is_one_persons_and_a_person_has_one_at_an_issuer(store: Store, person: str) -> None:
    other = store.people.add("north", "li@north.example", role="staff").id
    store.sign_on.link(person, LOGIN, "42")
    store.sign_on.link(person, LOGIN, "42")
    with pytest.raises(Conflict):
        store.sign_on.link(other, LOGIN, "42")
    with pytest.raises(Conflict):
        store.sign_on.link(person, LOGIN, "43")
    with pytest.raises(NotFound):
        store.sign_on.link("nobody", LOGIN, "44")
    found = store.sign_on.person(LOGIN, "42")
    assert found is not None
    assert found.id == person
    assert store.sign_on.person("https://other.example", "42") is None


def test_who_signed_on_has_accepted_the_invitation_without_a_password(store: Store, person: str) -> None:
    assert store.people.get(person).standing is Standing.INVITED
    store.sign_on.link(person, LOGIN, "42")
    assert store.people.get(person).standing is Standing.ACTIVE
    assert store.sign_on.unlink(person)
    assert not store.sign_on.unlink(person)
    assert store.people.get(person).standing is Standing.INVITED


def test_without_its_provider_an_organisation_knows_no_accounts_there(store: Store, person: str) -> None:
    store.add_organisation("south")
    far = store.people.add("south", "far@south.example", role="staff").id
    store.sign_on.put(PROVIDER)
    store.sign_on.link(person, LOGIN, "42")
    store.sign_on.link(far, LOGIN, "43")
    store.sign_on.remove("north")
    assert store.sign_on.provider("north") is None
    assert store.sign_on.person(LOGIN, "42") is None
    assert store.sign_on.person(LOGIN, "43") is not None


def test_a_secret_is_sealed_anew_only_where_it_is_still_the_same(store: Store, person: str) -> None:
    store.sign_on.put(PROVIDER)
    store.sign_on.reseal("north", "another", "lost")
    store.sign_on.reseal("north", "sealed", "v1:sealed")
    found = store.sign_on.provider("north")
    assert found is not None
    assert found.client_secret == "v1:sealed"
    store.people.ask_for_codes(person, "PLAIN", [], step=0)
    store.people.reseal(person, "OTHER", "lost")
    store.people.reseal(person, "PLAIN", "v1:sealed")
    assert store.people.secrets() == {person: "v1:sealed"}


def link(given: tuple[str, str, str]) -> str:
    url, person, subject = given
    store = Store(url)
    try:
        store.sign_on.link(person, LOGIN, subject)
    except Conflict:
        return ""
    finally:
        store.close()
    return subject


def test_of_several_first_sign_ons_at_once_one_is_linked(
    store: Store, url: str, person: str, processes: Pool
) -> None:
    tries = [(url, person, str(number)) for number in range(WORKERS)]
    linked = [subject for subject in processes.map(link, tries, chunksize=1) if subject]
    assert len(linked) == 1
    assert store.sign_on.person(LOGIN, linked[0]) is not None
