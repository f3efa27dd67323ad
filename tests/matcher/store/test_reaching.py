"""Who accepted an invitation is reached at the address that they sign in with."""

import datetime as dt
from collections.abc import Iterator

import pytest

from matcher.cohorts.introducing.contacts import Contact
from matcher.cohorts.introducing.introduction import BOTH
from matcher.cohorts.introducing.messages import Channel, Message
from matcher.people import Purpose
from matcher.store import Store
from tests.matcher.store.runs_at_hand import WEI, Clock, published, result
from tests.matcher.store.samples import NOW, mentor, startup

SOON = NOW + dt.timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def north(url: str, clock: Clock) -> Iterator[Store]:
    """A startup and a mentor of north without contacts, and one of south of the same id."""
    store = Store(url, clock=clock)
    for organisation in ("north", "south"):
        store.add_organisation(organisation)
    store.put_profiles([startup("s1"), mentor("m1", capacity=3)])
    store.cohorts.create("north", "Spring", ["s1"], id="spring")
    yield store
    store.close()


def invited(store: Store, profile: str, email: str, *, organisation: str = "north") -> str:
    """The id of somebody who was invited for the profile; the link's hash is the address."""
    person = store.people.add(
        organisation, email, role="startup", profile_id=profile, language="en", by="wei"
    )
    store.people.add_link(person.id, Purpose.INVITE, email, SOON)
    return person.id


def accepted(store: Store, profile: str, email: str) -> str:
    person = invited(store, profile, email)
    store.people.redeem(Purpose.INVITE, email, NOW, password="hashed")
    return person


def mails(store: Store) -> list[Message]:
    done: list[Message] = []
    while (message := store.outbox.take([Channel.EMAIL])) is not None:
        store.outbox.sent(message)
        done.append(message)
    return done


def test_who_accepted_is_reached_and_who_was_only_invited_is_not(north: Store) -> None:
    accepted(north, "s1", "fox@example.org")
    invited(north, "m1", "owl@example.org")
    assert [id_ for id_, *_ in north.contacts.missing("north")] == ["m1"]
    assert north.contacts.get("north", "s1") == Contact("s1", "fox@example.org", "en")
    assert set(north.contacts.of(["north:s1", "north:m1"])) == {"north:s1"}


def test_a_contact_that_is_kept_goes_first_and_alone_is_chosen_of_two_that_are_merged(north: Store) -> None:
    accepted(north, "s1", "fox@example.org")
    assert north.contacts.of(["north:s1"], accounts=False) == {}
    north.contacts.put("north", Contact("s1", "office@example.org"), "wei")
    assert north.contacts.get("north", "s1").email == "office@example.org"
    north.contacts.remove("north", "s1")
    assert north.contacts.get("north", "s1").email == "fox@example.org"


def test_of_several_the_first_is_written_to_until_they_leave(north: Store, clock: Clock) -> None:
    first = accepted(north, "s1", "fox@example.org")
    clock.after(hours=1)
    accepted(north, "s1", "cub@example.org")
    assert north.contacts.get("north", "s1").email == "fox@example.org"
    north.people.deactivate(first)
    assert north.contacts.get("north", "s1").email == "cub@example.org"


def test_another_organisations_account_of_the_same_id_is_nobody(north: Store) -> None:
    invited(north, "s1", "wolf@example.org", organisation="south")
    north.people.redeem(Purpose.INVITE, "wolf@example.org", NOW, password="hashed")
    assert north.contacts.of(["north:s1"]) == {}


def test_messages_that_waited_for_an_address_are_sent_once_the_invitation_is_accepted(north: Store) -> None:
    accepted(north, "s1", "fox@example.org")
    published(north, result([("s1", "m1")]))
    assert [message.address for message in mails(north)] == ["fox@example.org"]
    accepted(north, "m1", "owl@example.org")
    assert [message.address for message in mails(north)] == ["owl@example.org"]


def test_after_both_said_yes_each_is_told_the_others_address(north: Store) -> None:
    accepted(north, "s1", "fox@example.org")
    accepted(north, "m1", "owl@example.org")
    published(north, result([("s1", "m1")]))
    mails(north)
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, BOTH, WEI)
    assert {
        (message.address, message.payload["startup_email"], message.payload["partner_email"])
        for message in mails(north)
    } == {(who, "fox@example.org", "owl@example.org") for who in ("fox@example.org", "owl@example.org")}
