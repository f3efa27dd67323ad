"""What the routes of introductions, contacts and the outbox take, refuse and answer."""

from typing import Any

import pytest
from apiflask import APIFlask

from api.principals import Caller
from matcher.store import Store
from tests.api.world import OFFICE, Client, caller, introduction_of, run_of
from tests.matcher.store.runs import result

NO = {"reason": "no time"}


@pytest.fixture
def asked(store: Store) -> str:
    """The address of the introduction of s1 and m1."""
    return f"/v1/introductions/{introduction_of(store, 'published')}"


@pytest.fixture
def abroad(store: Store) -> str:
    """The address of one of s1 and m8, whom south shares with north."""
    run = store.match_runs.copy("north", run_of(store, "solved"), OFFICE).id
    _, token = store.match_runs.queue("north", run, OFFICE)
    store.match_runs.begin(run, token)
    store.match_runs.finish(run, token, result(("s1", "south:m8")))
    store.match_runs.publish("north", run, OFFICE, store.introductions.offering(OFFICE))
    [found] = store.introductions.all("north", run=run)
    return f"/v1/introductions/{found.id}"


def test_an_introduction_tells_who_why_until_when_and_who_agreed(startup: Client, asked: str) -> None:
    answer = startup.get(f"{asked}?lang=en")
    told = answer.json
    assert (told["startup_name"], told["partner_name"], told["status"]) == ("青松科技", "Lin Mu", "offered")
    assert (told["agreed"], told["reason"], told["ended_at"]) == ([], "", None)
    assert told["pair"]["reasons"][0]["sentence"]
    assert told["expires_at"] > told["offered_at"]
    assert answer.headers["ETag"] == f'"{told["version"]}"'


def test_members_find_their_own_and_the_office_all(
    staff: Client, startup: Client, mentor: Client, store: Store
) -> None:
    assert len(staff.get("/v1/introductions").json["introductions"]) == 2
    assert len(startup.get("/v1/introductions").json["introductions"]) == 2
    [mine] = mentor.get("/v1/introductions?member=i1").json["introductions"]
    assert mine["pair"]["partner_id"] == "m1"
    [of_run] = staff.get(f"/v1/introductions?run={run_of(store, 'funded')}").json["introductions"]
    assert of_run["pair"]["partner_id"] == "i1"
    assert staff.get("/v1/introductions?member=m1&status=accepted").json["introductions"] == []


@pytest.mark.parametrize("way", ["", "/accept", "/decline"])
def test_no_member_finds_what_is_between_others(
    app: APIFlask, store: Store, startup: Client, asked: str, way: str
) -> None:
    investor = caller(app, store, Caller.INVESTOR)
    method, given = ("POST", {"json": NO if way == "/decline" else {}}) if way else ("GET", {})
    assert investor.send(method, f"{asked}{way}", **given).status_code == 404
    assert startup.get(asked).json["version"] == 1


def test_introductions_come_page_by_page(staff: Client) -> None:
    first = staff.get("/v1/introductions?limit=1").json
    second = staff.get(f"/v1/introductions?limit=1&offset={first['next_offset']}").json
    assert first["introductions"] != second["introductions"]
    assert (first["next_offset"], second["next_offset"]) == (1, None)


def test_each_side_says_yes_for_itself(startup: Client, mentor: Client, asked: str) -> None:
    assert mentor.post(f"{asked}/accept", json={}).json["agreed"] == ["partner"]
    done = startup.post(f"{asked}/accept", json={}).json
    assert (done["status"], done["agreed"]) == ("accepted", ["partner", "startup"])
    late = mentor.post(f"{asked}/decline", json=NO)
    assert (late.status_code, "has been accepted" in late.json["detail"]) == (409, True)


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_no_member_answers_for_the_other_side(mentor: Client, asked: str, answer: str) -> None:
    refused = mentor.post(
        f"{asked}/{answer}", json={"side": "startup", **(NO if answer == "decline" else {})}
    )
    assert refused.status_code == 403
    assert mentor.get(asked).json["version"] == 1


def test_the_office_says_for_whom_it_declines_and_which_version_it_saw(staff: Client, asked: str) -> None:
    assert staff.post(f"{asked}/decline", json=NO).json["errors"][0]["pointer"] == "#/side"
    assert staff.post(f"{asked}/decline", json={**NO, "side": "partner"}).status_code == 428
    done = staff.post(f"{asked}/decline", json={**NO, "side": "partner"}, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json["declined_by"], done.json["following"]) == (200, "partner", None)


def test_the_office_accepts_for_both_at_once(staff: Client, asked: str) -> None:
    assert staff.post(f"{asked}/accept", json={"version": 1}).json["status"] == "accepted"


def test_whoever_saw_an_older_version_is_told_what_changed(staff: Client, mentor: Client, asked: str) -> None:
    mentor.post(f"{asked}/accept", json={})
    late = staff.post(f"{asked}/withdraw", json={"reason": "twice", "version": 1})
    assert (late.status_code, late.json["version"]) == (409, 2)
    [event] = late.json["since"]
    assert (event["kind"], event["by"]) == ("agreed", "mentor m1")


@pytest.mark.parametrize("way", ["accept", "decline"])
def test_who_is_not_the_runs_office_is_not_told_by_whom_and_why_it_changed(
    app: APIFlask, store: Store, staff: Client, startup: Client, abroad: str, way: str
) -> None:
    staff.post(f"{abroad}/accept", json={"side": "startup", "version": 1, "why": "their investor left"})
    body = {"version": 1, **(NO if way == "decline" else {})}
    south = caller(app, store, Caller.STAFF, "south")
    late = [startup.post(f"{abroad}/{way}", json=body)]
    late.append(south.post(f"{abroad}/{way}", json={**body, "side": "partner"}))
    late.append(south.post(f"{abroad}/withdraw", json={**NO, "version": 1}))
    for answer in late:
        assert (answer.status_code, answer.json["version"], answer.json["since"]) == (409, 2, [])
        assert " by " not in answer.json["detail"]
        assert "their investor left" not in answer.text


def test_a_reason_is_read_by_the_office_and_by_who_gave_it(
    staff: Client, startup: Client, mentor: Client, asked: str
) -> None:
    mentor.post(f"{asked}/decline", json={"reason": "a rival of mine"})
    told = {
        name: client.get(asked).json["reason"]
        for name, client in {"staff": staff, "startup": startup, "mentor": mentor}.items()
    }
    assert told == {"staff": "a rival of mine", "startup": "", "mentor": "a rival of mine"}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_no_without_a_reason_is_refused(mentor: Client, asked: str, reason: str) -> None:
    assert mentor.post(f"{asked}/decline", json={"reason": reason}).status_code == 422


def test_the_next_alternate_is_told_to_the_startup_and_not_to_the_partner(
    staff: Client, store: Store, app: APIFlask
) -> None:
    run = store.match_runs.copy("north", run_of(store, "solved"), OFFICE).id
    _, token = store.match_runs.queue("north", run, OFFICE)
    store.match_runs.begin(run, token)
    store.match_runs.finish(run, token, result(("s1", "m1"), alternates=(("s1", "south:m8"),)))
    store.match_runs.publish("north", run, OFFICE, store.introductions.offering(OFFICE))
    [found] = store.introductions.all("north", run=run)
    body: dict[str, Any] = {**NO, "side": "startup", "version": 1}
    told = staff.post(f"/v1/introductions/{found.id}/decline", json=body).json["following"]
    assert (told["pair"]["partner_id"], told["place"]) == ("south:m8", 1)
    south = caller(app, store, Caller.STAFF, "south").get(f"/v1/introductions/{told['id']}").json
    assert told["instead_of"] == found.id
    assert (south["place"], south["instead_of"]) == (0, "")


def test_a_shared_partner_and_its_office_answer_for_it_alone(
    app: APIFlask, store: Store, staff: Client, abroad: str
) -> None:
    south = caller(app, store, Caller.STAFF, "south")
    told = south.get(abroad).json
    assert (told["pair"]["startup_id"], told["pair"]["partner_id"]) == ("north:s1", "m8")
    assert south.post(f"{abroad}/accept", json={"side": "startup", "version": 1}).status_code == 403
    assert south.post(f"{abroad}/accept", json={"version": 1}).json["agreed"] == ["partner"]
    for address, body in ((f"{abroad}/withdraw", {**NO, "version": 2}),):
        assert south.post(address, json=body).status_code == 404
    assert south.get(f"{abroad}/events").status_code == 404
    staff.post(f"{abroad}/decline", json={**NO, "side": "startup", "version": 2})
    assert south.get(abroad).json["reason"] == ""


def test_terms_are_checked_when_a_run_is_published(staff: Client, store: Store) -> None:
    address = f"/v1/runs/{run_of(store, 'solved')}/publish"
    for body in ({"expires_after_days": 0}, {"expires_after_days": 5, "remind_after_days": [5]}):
        assert staff.post(address, json={"version": 4, **body}).status_code == 422
    assert staff.post(address, json={"version": 4, "expires_after_days": 3}).status_code == 200


def test_closing_a_run_withdraws_what_is_open(staff: Client, store: Store, asked: str) -> None:
    staff.post(f"/v1/runs/{run_of(store, 'published')}/close", json={"why": "the camp is over"})
    told = staff.get(asked).json
    assert (told["status"], told["reason"]) == ("withdrawn", "the camp is over")


@pytest.mark.parametrize("email", ["ann", "ann@example.org\nBcc: x@example.org", "Ann <ann@example.org>"])
def test_what_is_no_address_is_refused_where_it_is_wrong(staff: Client, email: str) -> None:
    refused = staff.put("/v1/contacts/s1", json={"email": email})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "#/email")


def test_a_member_changes_its_own_address_and_no_other(startup: Client, staff: Client) -> None:
    assert (
        startup.put("/v1/contacts/s1", json={"email": "new@example.org", "language": "en"}).status_code == 200
    )
    assert staff.get("/v1/contacts/s1").json["email"] == "new@example.org"
    assert startup.get("/v1/contacts/m1").status_code == 404


def test_a_secret_is_told_once_where_it_was_made(staff: Client) -> None:
    made = staff.put("/v1/webhook", json={"url": "https://example.org/a"}).json
    assert len(made["secret"]) >= 32
    given = staff.put("/v1/webhook", json={"url": "https://example.org/b", "secret": "x" * 16}).json
    assert given["secret"] is None
    shown = staff.get("/v1/webhook").json
    assert (shown["url"], shown["secret"]) == ("https://example.org/b", None)


def test_the_outbox_tells_what_waits_and_for_whom(staff: Client) -> None:
    waiting = staff.get("/v1/outbox?status=waiting").json["messages"]
    assert {(each["channel"], each["kind"]) for each in waiting} == {
        ("email", "offered"),
        ("webhook", "offered"),
    }
    assert {each["profile_id"] for each in waiting} == {"s1", "m1", "i1", ""}
    assert staff.get("/v1/outbox?status=failed").json["messages"] == []
    assert staff.post("/v1/outbox/x/retry").status_code == 404
