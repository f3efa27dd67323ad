"""A cohort's whole story, as its people live it: spreadsheets in, a run solved and published, a mentor who
declines, the alternate who accepts, a meeting that is rated, a model that learns from it, the next run."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.cli.working import queue_job
from api.cli.workplace import open_workplace
from api.observing import observer
from api.principals import Caller, Principal, issue_token
from api.services import Services
from api.settings import settings_from
from matcher.store import Store
from tests.api.cli.conftest import run_bole
from tests.api.mailing import Postbox
from tests.api.world import Client

ROOT = Path(__file__).parents[2]
"""What the worker's children import."""
STARTUPS = """企业编号,企业名称,主营业务,需求
s1,青松科技,手术机器人与医学影像的研发,法律;知识产权
s2,白鹭机器人,仓储机器人,招聘
s3,赤杉生物,临床检测试剂,法律
s4,Blue Kiln,3D printed ceramics,市场推广
"""
MENTORS = """id,name,description,offers,capacity
m1,沈律师,为医疗器械企业提供法律与知识产权服务,法律;知识产权,1
m2,Lin Mu,Hiring for robotics teams,招聘,1
m3,Chen Yu,合同与公司治理,法律,1
m4,Wei Lan,品牌与市场推广,市场推广,1
m5,何工,医学影像与机器人研发,知识产权,1
"""
MENTOR_IDS = ("m1", "m2", "m3", "m4", "m5")
STARTUP_IDS = ("s1", "s2", "s3", "s4")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Office:
    """The incubator: its service, its store, its people, a worker that does what waits (`work`), and what the
    web process does every second (`renew`)."""

    app: APIFlask
    store: Store
    work: Callable[[], object]
    renew: Callable[[], object]
    bole: Callable[..., str]

    def caller(self, role: Caller, profile: str = "") -> Client:
        token = issue_token(self.store, Principal("north", role, profile))
        return Client(self.app.test_client(), token)


@pytest.fixture
def office(tmp_path: Path, smtp_port: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    home = tmp_path / "home"
    environment = {"BOLE_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}?tls=no"}
    for name, value in {**environment, "PYTHONPATH": str(ROOT)}.items():
        monkeypatch.setenv(name, value)
    settings = settings_from(environment, home=home)
    place = open_workplace(settings)
    place.store.add_organisation("north")
    queue = partial(queue_job, settings)
    matches = place.matches(renewed_apart=True)
    matches.refresh()
    services = Services(place.store, matches, place.registry, queue_job=queue)
    app = create_app(services, settings, records=observer(None, io.StringIO()))

    def bole(*words: str) -> str:
        done = run_bole(home, *words)
        assert done.exit_code == 0, done.output
        return done.output

    yield Office(app, place.store, lambda: bole("worker", "--once", "--no-retrain"), matches.renew, bole)
    place.store.close()


def ok(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json


def pairs(staff: Client, run: str) -> dict[Pair, dict[str, Any]]:
    told = ok(staff.get(f"/v1/runs/{run}/pairs"))["pairs"]
    return {(each["startup_id"], each["partner_id"]): each for each in told}


def introductions(client: Client, **query: str) -> dict[Pair, dict[str, Any]]:
    told = ok(client.get("/v1/introductions", query_string=query))["introductions"]
    return {(each["pair"]["startup_id"], each["pair"]["partner_id"]): each for each in told}


def import_everybody(staff: Client) -> None:
    files = [
        (io.BytesIO(STARTUPS.encode("gb18030")), "企业名单.csv"),
        (io.BytesIO(MENTORS.encode()), "mentors.csv"),
    ]
    form = {"data": {"files": files}, "content_type": "multipart/form-data"}
    report = ok(staff.post("/v1/imports", **form))
    assert (report["errors"], [file["added"] for file in report["files"]]) == (0, [4, 5])
    for who in (*STARTUP_IDS, *MENTOR_IDS):
        ok(staff.put(f"/v1/contacts/{who}", json={"email": f"{who}@example.org"}))


def solved_run(office: Office, staff: Client) -> dict[str, Any]:
    cohort = ok(staff.post("/v1/cohorts", json={"name": "2026 春季营", "startups": STARTUP_IDS}), 201)
    asked = {"role": "mentor", "objective": "nobody_left_out", "startup_max": 1, "alternates": 5}
    draft = ok(staff.post(f"/v1/cohorts/{cohort['id']}/runs", json={"configuration": asked}), 201)
    return solved(office, staff, draft["id"])


def solved(office: Office, staff: Client, run: str) -> dict[str, Any]:
    waiting = ok(staff.post(f"/v1/runs/{run}/solve", json={}), 202)
    assert waiting["status"] == "solving"
    office.work()
    found = ok(staff.get(f"/v1/runs/{run}"))
    assert found["status"] == "solved", found
    return found


def test_a_cohort_from_its_spreadsheets_to_what_was_learnt(office: Office, postbox: Postbox) -> None:
    staff = office.caller(Caller.STAFF)
    import_everybody(staff)
    run = solved_run(office, staff)
    met = pairs(staff, run["id"])
    assert {startup for startup, _ in met} == set(STARTUP_IDS)

    # before it is published nobody sees or hears anything
    green_pine = office.caller(Caller.STARTUP, "s1")
    assert introductions(green_pine) == {}
    assert green_pine.get(f"/v1/runs/{run['id']}/pairs").status_code == 404
    assert (introductions(staff), postbox.mails) == ({}, [])

    # published: each pair is asked, by e-mail too, once
    publish = f"/v1/runs/{run['id']}/publish"
    assert staff.post(publish, json={"version": run["version"] - 1}).status_code == 409
    ok(staff.post(publish, json={"version": run["version"], "expires_after_days": 10}))
    office.work()
    office.work()
    assert sorted(mail["To"] for mail in postbox.mails) == sorted(
        f"{who}@example.org" for pair in met for who in pair
    )
    [(first, asked)] = introductions(green_pine).items()
    assert (asked["status"], asked["agreed"]) == ("offered", [])

    # the mentor declines: the next alternate with room is asked in its place, and only s1 hears of it
    mentor = office.caller(Caller.MENTOR, first[1])
    assert introductions(mentor).keys() == {first}
    no = ok(mentor.post(f"/v1/introductions/{asked['id']}/decline", json={"reason": "整个月都在出差"}))
    assert (no["status"], no["reason"], no["following"]) == ("declined", "整个月都在出差", None)
    [free] = set(MENTOR_IDS) - {partner for _, partner in met}
    told = introductions(green_pine)
    assert told.keys() == {first, ("s1", free)}
    assert told[first]["reason"] == ""
    following = told["s1", free]
    assert (following["instead_of"], following["place"] >= 1) == (asked["id"], True)

    # two members of staff at once: the second one is told what the first one did
    other = next(each for pair, each in introductions(staff, status="offered").items() if pair[0] == "s2")
    accept = f"/v1/introductions/{other['id']}/accept"
    assert staff.post(accept, json={}).status_code == 428
    ok(staff.post(accept, json={"version": 1, "side": "startup"}))
    late = staff.post(f"/v1/introductions/{other['id']}/withdraw", json={"version": 1, "reason": "mistake"})
    assert (late.status_code, [event["kind"] for event in late.json["since"]]) == (409, ["agreed"])
    ok(staff.post(accept, json={"version": 2, "side": "partner"}))

    # both sides say yes to the alternate, and get each other's address
    address = f"/v1/introductions/{following['id']}/accept"
    assert ok(office.caller(Caller.MENTOR, free).post(address, json={}))["status"] == "offered"
    assert ok(green_pine.post(address, json={}))["status"] == "accepted"
    postbox.mails.clear()
    office.work()
    accepted = {mail["To"]: mail.get_content() for mail in postbox.mails if "同意" in mail["Subject"]}
    assert f"{free}@example.org" in accepted["s1@example.org"]
    assert "s1@example.org" in accepted[f"{free}@example.org"]

    # they meet, and it goes on record; lists no longer name who was asked
    for event in ({"type": "met"}, {"type": "rated", "value": 5}):
        ok(green_pine.post("/v1/interactions", json={"startup_id": "s1", "partner_id": free, **event}), 201)
    listed = green_pine.get("/v1/startups/s1/matches?role=mentor")
    assert listed.headers["X-Model-Version"] == "profiles-only"
    assert not {first[1], free} & {match["partner_id"] for match in ok(listed)["matches"]}

    # a model is trained from what happened, and answers
    office.bole("train")
    office.renew()
    [version] = ok(staff.get("/v1/models"))["versions"]
    assert version["status"] == "live"
    assert (
        green_pine.get("/v1/startups/s1/matches?role=mentor").headers["X-Model-Version"] == version["version"]
    )

    # the next run keeps what was accepted, and does not ask again where the answer was no
    copy = ok(staff.post(f"/v1/runs/{run['id']}/copy", json={}), 201)
    again = solved(office, staff, copy["id"])
    kept = pairs(staff, again["id"])
    assert kept["s1", free]["origin"] == "kept"
    assert first not in kept
    ok(staff.post(f"/v1/runs/{again['id']}/publish", json={"version": again["version"]}))
    now = introductions(staff)
    assert now["s1", free]["status"] == "accepted"
    assert ok(staff.get(f"/v1/runs/{run['id']}"))["status"] == "closed"
    assert all(each["status"] != "offered" for each in now.values() if each["run"] == run["id"])
