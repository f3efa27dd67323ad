"""Two incubators, "north" and "south", for the API's tests: who is there and who may see whom.

north has the startup s1 ("青松科技"), s2, the mentor m1 (in conflict with s2) and the investor i1.
south has the startup s9, the mentor m8 that it shares and the mentor m9 that it keeps to itself.
north has the review panels p1 (scored) and p2 (decided), south p9 (scored).
"""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.principals import Caller, Principal, issue_token
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.introducing.contacts import Contact, Webhook
from matcher.cohorts.run import Change
from matcher.ledger import LedgerEntry
from matcher.panel.changes import Score
from matcher.panel.report import decide
from matcher.panel.values import Application, Panel, PanelSettings, Review, Reviewer
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.matcher.store.runs import edit, result

OWN_PROFILE = {Caller.STARTUP: "s1", Caller.MENTOR: "m1", Caller.INVESTOR: "i1"}


def people() -> list[Profile]:
    """Everybody, as they are before a test."""
    north, south = {"organisation": "north"}, {"organisation": "south"}
    return [
        Profile(**north, role=Role.STARTUP, id="s1", name="青松科技", tags=("ai",), exclude=("i1",)),
        Profile(**north, role=Role.STARTUP, id="s2", name="Blue Kiln", description="Ceramics, printed."),
        Profile(**north, role=Role.MENTOR, id="m1", name="Lin Mu", tags=("ai",), conflicts=("s2",)),
        Profile(**north, role=Role.INVESTOR, id="i1", name="Harbour Fund", ticket_min=1e6, currency="CNY"),
        Profile(**south, role=Role.STARTUP, id="s9", name="Far Startup"),
        Profile(**south, role=Role.MENTOR, id="m8", name="Shared Mentor", shared=True, conflicts=("s9",)),
        Profile(**south, role=Role.MENTOR, id="m9", name="Private Mentor"),
    ]


OFFICE = Change(by="staff")


def review_panel(store: Store, id_: str, organisation: str) -> None:
    """A panel with every score in: m1 reads what s1 applies with, i1 what s2 does (m9 reads s9 in south)."""
    pairs = {"s1": "m1", "s2": "i1"} if organisation == "north" else {"s9": "m9"}
    panel = Panel(
        organisation=organisation,
        id=id_,
        name="孵化种子资金",
        settings=PanelSettings(each=1, budget=410_000, cap=200_000),
        applications=tuple(
            Application(id=startup, startup_id=startup, title=f"Project of {startup}", asked=190_000)
            for startup in pairs
        ),
        reviewers=tuple(Reviewer(id=other, name=other, partner_id=other) for other in pairs.values()),
    )
    reviews = [Review(application=one, reviewer=other, expertise=0.5) for one, other in pairs.items()]
    scores = [Score(application=one, reviewer=other, score=80) for one, other in pairs.items()]
    store.panels.create(panel, OFFICE)
    store.panels.assign(organisation, id_, OFFICE, reviews, {})
    store.panels.put_scores(organisation, id_, scores, OFFICE)


SOUTH = frozenset({"foreign", "abroad"})
"""Cohorts of south."""


def match_run(store: Store, cohort: str, status: str, role: Role, *pairs: tuple[str, str]) -> None:
    """A cohort of its own name with one run, which has come as far as the status says."""
    organisation = "south" if cohort in SOUTH else "north"
    store.cohorts.create(organisation, cohort, [pairs[0][0]], id=cohort)
    run = store.match_runs.create(organisation, cohort, Configuration(role=role), OFFICE).id
    if status == "edited":
        store.match_runs.edit(organisation, run, edit("lock", *pairs[0]), OFFICE)
        return
    _, token = store.match_runs.queue(organisation, run, OFFICE)
    if status != "solving":
        store.match_runs.begin(run, token)
        store.match_runs.finish(run, token, result(*pairs, alternates=(pairs[0],)))
    if status == "published":
        offering = store.introductions.offering(OFFICE)
        store.match_runs.publish(organisation, run, OFFICE, offering)


def run_of(store: Store, cohort: str) -> str:
    """The id of the one run of a cohort of `match_run`."""
    organisation = "south" if cohort in SOUTH else "north"
    [run] = store.match_runs.all(organisation, cohort=cohort)
    return run.id


def introduction_of(store: Store, cohort: str) -> str:
    """The id of the one introduction of a published cohort."""
    organisation = "south" if cohort in SOUTH else "north"
    [found] = store.introductions.all(organisation, run=run_of(store, cohort))
    return found.id


def populate(store: Store) -> None:
    """Put everybody into an empty store."""
    store.add_organisation("north")
    store.add_organisation("south")
    store.put_profiles(people())
    for id_, organisation in (("p1", "north"), ("p2", "north"), ("p9", "south")):
        review_panel(store, id_, organisation)
    store.panels.decide("north", "p2", OFFICE, decide)
    for organisation, members in (("north", ("s1", "m1", "i1")), ("south", ("s9",))):
        for id_ in members:
            store.contacts.put(organisation, Contact(id_, f"{id_}@example.org"), "staff")
        store.contacts.put_webhook(organisation, Webhook("https://example.org/hook", "s" * 16), "staff")
    match_run(store, "edited", "edited", Role.MENTOR, ("s1", "m1"))
    match_run(store, "queued", "solving", Role.MENTOR, ("s1", "m1"))
    match_run(store, "solved", "solved", Role.MENTOR, ("s1", "m1"))
    match_run(store, "published", "published", Role.MENTOR, ("s1", "m1"))
    match_run(store, "funded", "published", Role.INVESTOR, ("s1", "i1"))
    match_run(store, "foreign", "solved", Role.MENTOR, ("s9", "m9"))
    match_run(store, "abroad", "published", Role.MENTOR, ("s9", "m9"))


def short_of_cash(startup_id: str, organisation: str = "north") -> list[LedgerEntry]:
    """Months to February 2026 after which cash of 30 at 10 a month lasts for three more."""
    months = [dt.date(2025, 11, 1), dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1)]
    return [
        LedgerEntry(organisation=organisation, startup_id=startup_id, month=month, cash=cash)
        for month, cash in zip(months, (60.0, 50.0, 40.0, 30.0), strict=True)
    ]


@dataclass(frozen=True)
class Client:
    """One caller's browser or script: a client that always sends its token."""

    client: FlaskClient
    token: str

    def send(self, method: str, path: str, **given: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **given.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **given)

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.send("GET", path, **given)

    def put(self, path: str, **given: Any) -> TestResponse:
        return self.send("PUT", path, **given)

    def patch(self, path: str, **given: Any) -> TestResponse:
        return self.send("PATCH", path, **given)

    def post(self, path: str, **given: Any) -> TestResponse:
        return self.send("POST", path, **given)

    def delete(self, path: str, **given: Any) -> TestResponse:
        return self.send("DELETE", path, **given)


def caller(app: APIFlask, store: Store, role: Caller, organisation: str = "north") -> Client:
    """A caller of the role in the organisation, with a fresh token; members are those of OWN_PROFILE."""
    token = issue_token(store, Principal(organisation, role, OWN_PROFILE.get(role, "")))
    return Client(app.test_client(), token)


def csv_file(text: str, name: str) -> dict[str, Any]:
    """The arguments of a request that uploads one CSV file by form."""
    return {"data": {"files": (io.BytesIO(text.encode()), name)}, "content_type": "multipart/form-data"}
