"""An office that matches a cohort: the pages over a real store and matching service, with a queue of jobs
that the test works off."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from api.app import create_app
from api.jobs.solver import carried_out
from api.observing import observer
from api.pages import pages
from api.principals import Caller, Principal, issue_token
from api.services import Services
from api.settings import Settings
from matcher.cohorts.run import MatchRun
from matcher.store import Store
from tests.api.pages.visitor import Visitor, shown

PLAIN = {
    "role": "mentor",
    "objective": "nobody_left_out",
    "startup_min": "0",
    "startup_max": "2",
    "capacity": "3",
    "then": "solve",
}
"""A configuration as the form sends it."""


@dataclass
class Office:
    """Its staff's browsers, and what a worker does. `fields` of forms are sent as they are."""

    app: APIFlask
    store: Store
    services: Services
    jobs: list[dict[str, Any]] = field(default_factory=list)

    def staff(self, label: str) -> Visitor:
        token = issue_token(self.store, Principal("north", Caller.STAFF), label=label)
        found = Visitor(self.app.test_client(), token)
        found.sign_in()
        return found

    def work(self) -> None:
        while self.jobs:
            job = self.jobs.pop()
            begun = self.store.match_runs.begin(job["run"], job["token"])
            snapshot = lambda: self.services.matches.moment().snapshot  # type: ignore[attr-defined]  # noqa: E731
            carried_out(self.store, snapshot, begun, job["token"], seconds=lambda: 0.0)

    def run(self, who: Visitor, **changes: str) -> str:
        """The address of a new run of the cohort "spring", solved."""
        made = who.send("/cohorts/spring/runs", page="/cohorts", **{**PLAIN, **changes})
        assert made.status_code == 303, shown(made)
        self.work()
        return str(made.location)

    def stands(self, run: str) -> MatchRun:
        return self.store.match_runs.get("north", run.rpartition("/")[2])

    def version(self, run: str) -> str:
        return str(self.stands(run).version)

    def pairs(self, run: str) -> set[tuple[str, str]]:
        found = self.store.match_runs.meetings("north", run.rpartition("/")[2])
        return {(each.pair.startup_id, each.pair.partner_id) for each in found}

    def edit(
        self, who: Visitor, run: str, kind: str, startup: str, partner: str, **more: str
    ) -> TestResponse:
        fields = {"version": self.version(run), "reason": "相识", **more}
        pair = {"kind": kind, "startup": startup, "partner": partner}
        return who.send(f"{run}/edits", page="/cohorts", **pair, **fields)


@pytest.fixture
def office(store: Store, services: Services, settings: Settings, log) -> Office:
    """The cohort "spring" has s1 and lamp; of the mentors near, far, m1, evil and m8 any may be met."""
    jobs: list[dict[str, Any]] = []
    queueing = replace(services, queue_job=lambda name, arguments: jobs.append(dict(arguments)))
    app = create_app(queueing, settings, pages=[pages], records=observer(None, log))
    store.cohorts.create("north", "2026 春季营", ["s1", "lamp"], id="spring")
    return Office(app, store, queueing, jobs)


@pytest.fixture
def wei(office: Office) -> Visitor:
    return office.staff("Wei")


@pytest.fixture
def lin(office: Office) -> Visitor:
    return office.staff("Lin")
