"""A programme's spring: from two spreadsheets to a published match run, with a colleague in the way."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from api.app import create_app
from api.jobs.solver import carried_out
from api.observing import observer
from api.principals import Caller, Principal, issue_token
from api.services import Services
from api.settings import Settings
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.store import Store
from tests.api.world import Client, csv_file
from tests.matcher.worlds import WordEncoder

TODAY = dt.date(2026, 3, 1)
STARTUPS = """企业编号,企业名称,需求
s1,青松科技,法律
s2,白鹭机器人,法律
s3,赤杉生物,招聘
s4,Blue Kiln,招聘
"""
MENTORS = """编号,姓名,擅长领域,可辅导企业数
m1,沈律师,法律,2
m2,Lin Mu,招聘,1
m3,Chen Yu,法律,1
"""


class Office:
    """The service over a real store, with a queue of jobs that the test works off by hand."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.jobs: list[dict[str, Any]] = []
        sources = Sources(store, WordEncoder())
        self.matches = MatchService(
            sources, Registry(str(folder / "models")), Clock(lambda: TODAY, lambda: 0.0)
        )
        services = Services(
            store,
            self.matches,
            Registry(str(folder / "models")),
            queue_job=lambda name, arguments: self.jobs.append({"name": name, **arguments}),
        )
        self.app: APIFlask = create_app(services, Settings(home=folder), records=observer(None))

    def caller(self, role: Caller, profile_id: str = "", label: str = "") -> Client:
        token = issue_token(self.store, Principal("north", role, profile_id), label=label)
        return Client(self.app.test_client(), token)

    def work(self) -> None:
        """What a worker does with each job."""
        for job in self.jobs:
            assert job["name"] == "solve"
            begun = self.store.match_runs.begin(job["run"], job["token"])
            snapshot = lambda: self.matches.moment().snapshot  # noqa: E731
            carried_out(self.store, snapshot, begun, job["token"], seconds=lambda: 0.0)
        self.jobs.clear()


@pytest.fixture
def office(new_store, tmp_path: Path) -> Office:
    store = new_store()
    store.add_organisation("north")
    return Office(store, tmp_path)


def pairs(client: Client, run: str) -> list[tuple[str, str]]:
    answer = client.get(f"{run}/pairs").json
    return [(pair["startup_id"], pair["partner_id"]) for pair in answer["pairs"]]


def test_a_cohort_goes_from_its_spreadsheets_to_a_published_run(office: Office) -> None:
    wei, lin = office.caller(Caller.STAFF, label="Wei"), office.caller(Caller.STAFF, label="Lin")

    # the spreadsheets come in, and a cohort is made of the startups
    assert wei.post("/v1/imports", **csv_file(STARTUPS, "startups.csv")).status_code == 200
    assert wei.post("/v1/imports", **csv_file(MENTORS, "mentors.csv")).status_code == 200
    cohort = wei.post("/v1/cohorts", json={"name": "2026 春季营", "startups": ["s1", "s2", "s3", "s4"]}).json
    runs = f"/v1/cohorts/{cohort['id']}/runs"

    # everybody is to meet two, and each need is to be met: it cannot be done, and the answer says why
    wanted = {"role": "mentor", "startup_min": 1, "startup_max": 2, "must_meet": ["招聘"]}
    made = wei.post(runs, json={"configuration": wanted, "why": "the spring camp"})
    assert (made.status_code, made.json["status"], made.json["may_become"]) == (
        201,
        "draft",
        ["solving", "closed"],
    )
    run = made.headers["Location"]
    asked = wei.post(f"{run}/solve", json={})
    assert (asked.status_code, asked.headers["Location"], asked.json["status"]) == (202, run, "solving")
    assert "bole worker" in asked.json["waiting"]
    assert wei.post(f"{run}/publish", json={"version": asked.json["version"]}).status_code == 409
    office.work()
    assert wei.get(run).json["status"] == "infeasible"
    [clash] = wei.get(f"{run}/conflicts").json["clashes"]
    assert clash["sentence"] == "2 家企业需要“招聘”，共需 2 次会面；1 位导师可提供，合计只有 1 个名额"
    assert "把 Lin Mu 的名额增加 1 个" in [way["sentence"] for way in clash["ways_out"]]

    # the first way out is taken
    seen = wei.get(run)
    eased = {**wanted, "capacities": {"m2": 2}}
    changed = wei.put(
        f"{run}/configuration",
        json={"configuration": eased, "why": "Lin Mu agreed to two"},
        headers={"If-Match": seen.headers["ETag"]},
    )
    assert (changed.status_code, changed.json["status"]) == (200, "draft")
    wei.post(f"{run}/solve", json={})
    office.work()
    summary = wei.get(f"{run}/summary").json
    assert (summary["met"], summary["proved"], summary["left_out"]) == (4, True, [])
    before = pairs(wei, run)
    assert {("s3", "m2"), ("s4", "m2")} <= set(before)
    [line] = wei.get(f"{run}/pairs?startup_id=s3&lang=en").json["pairs"]
    assert line["origin"] == "solved"
    assert line["base"] + sum(reason["points"] for reason in line["reasons"]) == pytest.approx(line["score"])

    # nobody outside the office sees any of it
    startup, mentor = office.caller(Caller.STARTUP, "s1"), office.caller(Caller.MENTOR, "m1")
    for member in (startup, mentor):
        assert member.get(f"{run}/pairs").status_code == 404
        assert member.get(run).status_code == 403

    # Lin locks a pair; Wei, who has not seen that, is told instead of overwriting it
    version = wei.get(run).json["version"]
    met = dict(before)
    lock = {"kind": "lock", "startup_id": "s1", "partner_id": met["s1"], "reason": "they know each other"}
    assert lin.post(f"{run}/edits", json={**lock, "version": version}).status_code == 201
    other = ({"m1", "m3"} - {met["s2"]}).pop()
    swap = {
        "kind": "swap",
        "startup_id": "s2",
        "partner_id": other,
        "instead_of": met["s2"],
        "reason": "closer by",
    }
    assert wei.post(f"{run}/edits", json=swap).status_code == 428
    refused = wei.post(f"{run}/edits", json={**swap, "version": version})
    assert (refused.status_code, refused.json["version"]) == (409, version + 1)
    assert [(event["kind"], event["by"], event["why"]) for event in refused.json["since"]] == [
        ("locked", "staff (Lin)", "they know each other")
    ]

    # having looked, Wei swaps, and the rest stays as it was
    done = wei.post(f"{run}/edits", json={**swap, "version": version + 1})
    assert (done.json["status"], done.json["stale"]) == ("draft", True)
    wei.post(f"{run}/solve", json={})
    office.work()
    after = pairs(wei, run)
    assert ("s2", other) in after
    assert ("s2", met["s2"]) not in after
    assert {pair for pair in before if pair[0] in ("s3", "s4")} <= set(after)
    assert wei.get(f"{run}/summary").json["against"] == run.rpartition("/")[2]
    assert [(one.preferred, one.over) for one in office.store.preferences()][-1] == (
        f"north:{other}",
        f"north:{met['s2']}",
    )

    # a second run for comparison; the first is published
    copy = wei.post(f"{run}/copy", json={"configuration": {"role": "mentor", "objective": "highest_total"}})
    second = copy.headers["Location"]
    wei.post(f"{second}/solve", json={})
    office.work()
    compared = wei.get(f"{run}/comparison/{second.rpartition('/')[2]}").json
    assert compared["kept"] + len(compared["dropped"]) == len(after)
    published = wei.post(f"{run}/publish", json={"version": wei.get(run).json["version"], "why": "Monday"})
    assert (published.status_code, published.json["status"]) == (200, "published")

    # now those who are to meet see it, each its own pairs
    assert set(pairs(startup, run)) == {pair for pair in after if pair[0] == "s1"}
    assert set(pairs(mentor, run)) == {pair for pair in after if pair[1] == "m1"}
    assert startup.get(f"{run}/alternates").status_code == 403

    # and everything that happened is on record
    events = wei.get(f"{run}/events").json["events"]
    assert " ".join(event["kind"] for event in events) == (
        "created queued started infeasible configured queued started solved "
        "locked swapped queued started solved published"
    )
    assert [event["version"] for event in events] == list(range(1, len(events) + 1))
    assert wei.post(f"{run}/edits", json={**lock, "version": len(events)}).status_code == 409
    assert wei.post(f"{run}/close", json={"why": "the spring is over"}).json["status"] == "closed"
