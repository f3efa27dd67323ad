"""The outbox: written with the change, taken by one sender, sent at most twice whatever dies."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from matcher.cohorts.introducing.contacts import Contact, Webhook
from matcher.cohorts.introducing.introduction import BOTH, Side
from matcher.cohorts.introducing.messages import Channel, Message, OutboxEntry
from matcher.cohorts.run import Change
from matcher.errors import Conflict, InvalidInput, NotFound
from matcher.store import Store
from matcher.store.outbox import SILENT_FOR
from tests.matcher.store.runs_at_hand import WEI, Clock, published, result, solved
from tests.matcher.store.samples import NOW, mentor, startup

EMAIL, WEBHOOK = [Channel.EMAIL], [Channel.WEBHOOK]
NO = Change(by="mentor m1", why="在出差")
HOOK = Webhook("https://example.org/hook", "0123456789abcdef")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def north(url: str, clock: Clock) -> Iterator[Store]:
    """Two startups and three mentors of north with e-mail addresses, all but m3, and a cohort."""
    store = Store(url, clock=clock)
    store.add_organisation("north")
    store.put_profiles([startup("s1"), startup("s2"), *(mentor(f"m{n}", capacity=3) for n in (1, 2, 3))])
    for who in ("s1", "s2", "m1", "m2"):
        store.contacts.put("north", Contact(who, f"{who}@example.org"), "wei")
    store.cohorts.create("north", "Spring", ["s1", "s2"], id="spring")
    yield store
    store.close()


def left(store: Store) -> list[tuple[str, str, str]]:
    """Kind, reader and status of each message, the oldest first."""
    return [(each.kind.value, each.profile_id or "webhook", each.status.value) for each in entries(store)]


def entries(store: Store) -> list[OutboxEntry]:
    return store.outbox.entries("north")[::-1]


def send_all(store: Store, channels: list[Channel] = EMAIL) -> list[Message]:
    """Take and send what is due."""
    done: list[Message] = []
    while (message := store.outbox.take(channels)) is not None:
        store.outbox.sent(message)
        done.append(message)
    return done


def test_both_sides_are_written_to_when_a_run_is_published(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    assert left(north) == [("offered", "s1", "waiting"), ("offered", "m1", "waiting")]
    first, second = send_all(north)
    assert (first.address, second.address) == ("s1@example.org", "m1@example.org")
    assert first.payload["partner_name"] == "m1"
    assert left(north) == [("offered", "s1", "sent"), ("offered", "m1", "sent")]


def test_nothing_is_left_for_sending_by_a_draft_or_by_a_publishing_that_failed(north: Store) -> None:
    north.contacts.put_webhook("north", HOOK, "wei")
    north.put_profiles([mentor("m1", capacity=0)])
    run = solved(north, result([("s1", "m1")]))
    assert left(north) == []
    with pytest.raises(Conflict, match="0 places left"):
        north.match_runs.publish("north", run.id, WEI, north.introductions.offering(WEI))
    assert left(north) == []


def test_who_declines_is_told_nothing_and_the_other_side_not_why(north: Store) -> None:
    published(north, result([("s1", "m1")], {"s1": ["m2"]}))
    send_all(north)
    [offered] = north.introductions.all("north")
    north.introductions.decline("north", offered.id, Side.PARTNER, NO)
    told = {(each.kind.value, each.address): each.payload for each in send_all(north)}
    assert told.keys() == {
        ("declined", "s1@example.org"),
        ("offered", "s1@example.org"),
        ("offered", "m2@example.org"),
    }
    assert told["declined", "s1@example.org"]["reason"] == ""


def test_who_both_said_yes_get_each_others_address_and_nobody_before(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    assert all("partner_email" not in message.payload for message in send_all(north))
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, BOTH, WEI)
    assert {message.payload["partner_email"] for message in send_all(north)} == {"m1@example.org"}


def test_an_offer_that_was_answered_before_it_went_out_is_dropped(north: Store) -> None:
    published(north, result([("s1", "m1"), ("s2", "m2")]))
    first, second = north.introductions.all("north")
    north.introductions.accept("north", first.id, [Side.STARTUP], WEI)
    north.introductions.withdraw("north", second.id, Change(by="Wei", why="twice"))
    send_all(north)
    asked, other = first.pair.startup_id, second.pair.startup_id
    statuses = {(kind, who): status for kind, who, status in left(north)}
    assert statuses["offered", asked] == "dropped"
    assert statuses["offered", first.pair.partner_id] == "sent"
    assert statuses["offered", other] == "dropped"
    assert statuses["withdrawn", other] == "sent"


def test_every_change_goes_to_the_webhook_with_its_facts(north: Store) -> None:
    north.contacts.put_webhook("north", HOOK, "wei")
    published(north, result([("s1", "m1")], {"s1": ["m2"]}))
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, [Side.STARTUP], WEI)
    north.introductions.decline("north", offered.id, Side.PARTNER, NO)
    events = send_all(north, WEBHOOK)
    assert [event.kind.value for event in events] == ["offered", "agreed", "declined", "offered"]
    assert {event.secret for event in events} == {HOOK.secret}
    facts = events[2].payload
    assert (facts["status"], facts["reason"], facts["version"]) == ("declined", "在出差", 3)
    assert (facts["startup"], facts["partner"], facts["startup_name"]) == ("north:s1", "north:m1", "s1")
    assert all("email" not in name for event in events for name in event.payload)


def test_a_message_that_is_left_for_later_has_not_been_tried(north: Store, clock: Clock) -> None:
    north.contacts.put_webhook("north", HOOK, "wei")
    published(north, result([("s1", "m1")]))
    message = north.outbox.take(WEBHOOK)
    assert message is not None
    north.outbox.leave(message, NOW + timedelta(minutes=1))
    assert north.outbox.take(WEBHOOK) is None
    clock.after(minutes=1)
    again = north.outbox.take(WEBHOOK)
    assert again is not None
    assert again.attempts == message.attempts == 1


def test_without_a_webhook_no_event_waits_and_after_it_is_removed_what_waits_is_dropped(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    assert north.outbox.take(WEBHOOK) is None
    north.contacts.put_webhook("north", HOOK, "wei")
    [offered] = north.introductions.all("north")
    north.introductions.accept("north", offered.id, [Side.STARTUP], WEI)
    north.contacts.remove_webhook("north")
    assert north.outbox.take(WEBHOOK) is None
    assert ("agreed", "webhook", "dropped") in left(north)


def test_a_message_is_taken_by_one_of_two_senders(north: Store, url: str) -> None:
    published(north, result([("s1", "m1"), ("s1", "m2"), ("s2", "m1"), ("s2", "m2")]))
    taken: list[int] = []
    stores = [Store(url, clock=lambda: NOW) for _ in range(2)]

    def work(store: Store) -> None:
        taken.extend(message.number for message in send_all(store))

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert len(taken) == len(set(taken)) == 8


def test_what_a_sender_died_over_is_sent_once_more_and_no_third_time(north: Store, clock: Clock) -> None:
    published(north, result([("s1", "m3")]))
    first = north.outbox.take(EMAIL)
    assert first is not None
    assert north.outbox.take(EMAIL) is None
    clock.now += SILENT_FOR
    again = north.outbox.take(EMAIL)
    assert again is not None
    assert (again.number, again.key, again.attempts) == (first.number, first.key, 2)
    clock.now += SILENT_FOR
    assert north.outbox.take(EMAIL) is None
    given_up = entries(north)[0]
    assert (given_up.status, given_up.failure) == (
        "failed",
        "two senders were stopped over it: it may have been sent",
    )


def test_a_sender_that_was_given_up_for_dead_does_not_end_what_another_has_taken(
    north: Store, clock: Clock
) -> None:
    published(north, result([("s1", "m3")]))
    slow = north.outbox.take(EMAIL)
    clock.now += SILENT_FOR
    quick = north.outbox.take(EMAIL)
    assert slow is not None
    assert quick is not None
    for again_at in (None, clock.now):
        north.outbox.failed(slow, "late", again_at)
        assert entries(north)[0].status == "sending"
    north.outbox.sent(quick)
    assert entries(north)[0].status == "sent"


def test_what_could_not_be_sent_waits_until_its_time(north: Store, clock: Clock) -> None:
    published(north, result([("s1", "m3")]))
    message = north.outbox.take(EMAIL)
    assert message is not None
    again_at = clock.now + SILENT_FOR
    north.outbox.failed(message, "nobody answers", again_at)
    assert (entries(north)[0].failure, north.outbox.take(EMAIL)) == ("nobody answers", None)
    clock.now = again_at
    again = north.outbox.take(EMAIL)
    assert again is not None
    assert again.attempts == 2
    north.outbox.failed(again, "refused", None)
    north.outbox.retry("north", again.number)
    assert [each.number for each in send_all(north)] == [again.number]
    with pytest.raises(NotFound, match="no failed message"):
        north.outbox.retry("north", again.number)


def test_who_has_no_address_is_written_to_once_there_is_one(north: Store) -> None:
    published(north, result([("s1", "m3")]))
    send_all(north)
    assert left(north) == [("offered", "s1", "sent"), ("offered", "m3", "failed")]
    assert entries(north)[1].failure == "no e-mail address is known"
    north.contacts.put("north", Contact("m3", "m3@example.org", "en"), "wei")
    [message] = send_all(north)
    assert (message.address, message.language) == ("m3@example.org", "en")


def test_who_was_deleted_is_not_written_to(north: Store) -> None:
    published(north, result([("s1", "m1")]))
    north.delete_profile("north", "m1")
    assert [message.address for message in send_all(north)] == ["s1@example.org"]
    assert [each.profile_id for each in north.contacts.all("north")] == ["m2", "s1", "s2"]


def test_what_was_sent_long_ago_is_forgotten(north: Store, clock: Clock) -> None:
    published(north, result([("s1", "m3")]))
    send_all(north)
    clock.after(days=1)
    assert north.outbox.forget(clock.now) == 1
    assert left(north) == [("offered", "m3", "failed")]


def test_contacts_are_their_organisations_own(north: Store) -> None:
    north.add_organisation("south")
    for call in (
        lambda: north.contacts.get("south", "s1"),
        lambda: north.contacts.put("south", Contact("s1", "x@example.org"), "li"),
        lambda: north.contacts.remove("south", "s1"),
        lambda: north.contacts.remove_webhook("south"),
        lambda: north.contacts.get("north", "m3"),
    ):
        with pytest.raises(NotFound):
            call()
    assert north.contacts.get("north", "s1") == Contact("s1", "s1@example.org")
    assert north.contacts.webhook("north") is None


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@localhost",
        "ann@example.org\nBcc: all@example.org",
        "ann@example.org\r",
        "Ann <ann@example.org>",
        "ann@example.org, ben@example.org",
        "ann@exa mple.org",
        "ann@-example.org",
        "安@example.org",
        "=?utf-8?q?ann?=@example.org",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_no_address_of_one_mailbox_is_refused(email: str) -> None:
    with pytest.raises(InvalidInput, match="email"):
        Contact("s1", email)


@pytest.mark.parametrize("email", ["ann@example.org", "ann.lee+bole@mail.example.cn", "a_b-c'd@x1.example"])
def test_usual_addresses_are_taken(email: str) -> None:
    assert Contact("s1", email).email == email


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://example.org", "0" * 16),
        ("https://", "0" * 16),
        ("https://ann:word@example.org/", "0" * 16),
        ("https://example.org/\r\nX: y", "0" * 16),
        ("https://example.org:99999/", "0" * 16),
        ("https://[::1/", "0" * 16),
        ("https://a..example/", "0" * 16),
        ("https://./", "0" * 16),
        ("https://" + "a" * 64 + ".example/", "0" * 16),
        ("https://example.org/", "short"),
        ("https://example.org/", "0" * 20 + "\n"),
    ],
)
def test_what_is_no_webhook_is_refused_and_no_secret_is_told(url: str, secret: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Webhook(url, secret)
    assert secret not in str(caught.value)
