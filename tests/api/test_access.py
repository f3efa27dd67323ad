"""Who may call what: every route, by every role, on its own and on a foreign organisation's profiles."""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIBlueprint, APIFlask
from flask.testing import FlaskClient

from api.access import allow, public
from api.app import create_app
from api.observing import observer
from api.principals import Caller, token_hash
from api.services import Services
from api.settings import Settings
from matcher.cohorts.introducing.messages import Channel
from matcher.store import Store
from matcher.store.merges import Merge
from tests.api.conftest import NOON
from tests.api.fakes import FakeMatches, FakeRegistry
from tests.api.world import OWN_PROFILE, caller, csv_file, introduction_of, people, run_of, short_of_cash

ADMIN, STAFF, STARTUP, MENTOR, INVESTOR = Caller
OFFICE = {ADMIN, STAFF}
EVERYBODY = set(Caller)


@dataclass(frozen=True)
class Route:
    """What must come back: `own` on a path of the own organisation, 404 on `foreign` ones.

    `members` are the paths on which each member finds itself, instead of `path`.
    """

    path: str
    own: int
    may: set[Caller]
    foreign: tuple[str, ...] = ()
    given: Any = None
    members: dict[Caller, str] | None = None


EVENT = {"startup_id": "s1", "partner_id": "m1", "type": "met"}
NEW = {"role": "startup", "name": "New"}
DISMISSAL = {
    "startup_id": "s1",
    "rule": "runway_short",
    "verdict": "dismissed",
    "reason": "a round closes next week",
}
PANEL = {"name": "Seed fund", "applications": [{"startup_id": "s1"}], "reviewers": [{"partner_id": "i1"}]}
SCORE = {"application": "s1", "reviewer": "m1", "score": 75}
MENTORS = {"role": "mentor"}
LOCK = {"kind": "lock", "startup_id": "s1", "partner_id": "m1", "reason": "they met", "version": 4}
REVIEWERS = OFFICE | {MENTOR, INVESTOR}
SOMEBODY = "somebody@example.org"

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/v1/profiles"): Route("/v1/profiles", 200, OFFICE),
    ("GET", "/v1/profiles/<reference:profile_id>"): Route(
        "/v1/profiles/s1",
        200,
        EVERYBODY,
        ("/v1/profiles/s9", "/v1/profiles/south:s9", "/v1/profiles/south:m9", "/v1/profiles/m8"),
        members={STARTUP: "/v1/profiles/s1", MENTOR: "/v1/profiles/m1", INVESTOR: "/v1/profiles/i1"},
    ),
    ("PUT", "/v1/profiles/<reference:profile_id>"): Route(
        "/v1/profiles/new", 201, OFFICE, ("/v1/profiles/south:new", "/v1/profiles/south:m8"), {"json": NEW}
    ),
    ("PATCH", "/v1/profiles/<reference:profile_id>"): Route(
        "/v1/profiles/s1",
        200,
        OFFICE,
        ("/v1/profiles/s9", "/v1/profiles/south:s9", "/v1/profiles/south:m8"),
        {"json": {"name": "Other"}},
    ),
    ("DELETE", "/v1/profiles/<reference:profile_id>"): Route(
        "/v1/profiles/s2", 204, OFFICE, ("/v1/profiles/s9", "/v1/profiles/south:s9", "/v1/profiles/south:m8")
    ),
    ("GET", "/v1/duplicates"): Route("/v1/duplicates", 200, OFFICE),
    ("POST", "/v1/duplicates/search"): Route("/v1/duplicates/search", 200, OFFICE),
    ("POST", "/v1/duplicates/apart"): Route(
        "/v1/duplicates/apart", 200, OFFICE, given={"json": {"id": "s1", "other_id": "s2"}}
    ),
    ("POST", "/v1/profiles/<reference:profile_id>/merge"): Route(
        "/v1/profiles/s1/merge",
        200,
        OFFICE,
        ("/v1/profiles/s9/merge", "/v1/profiles/south:s9/merge", "/v1/profiles/south:m8/merge"),
        {"json": {"gone": "s2"}},
    ),
    ("DELETE", "/v1/profiles/<reference:profile_id>/merge"): Route(
        "/v1/profiles/MERGED/merge", 200, OFFICE, ("/v1/profiles/s9/merge", "/v1/profiles/south:m8/merge")
    ),
    ("POST", "/v1/imports"): Route("/v1/imports?dry_run=true", 200, OFFICE, given="a file of startups"),
    ("GET", "/v1/imports/<reference:import_id>"): Route(
        "/v1/imports/OWN", 200, OFFICE, ("/v1/imports/FOREIGN",)
    ),
    ("GET", "/v1/startups/<reference:startup_id>/matches"): Route(
        "/v1/startups/s1/matches",
        200,
        OFFICE | {STARTUP},
        ("/v1/startups/s9/matches", "/v1/startups/south:s9/matches", "/v1/startups/south:m8/matches"),
    ),
    ("GET", "/v1/partners/<reference:partner_id>/matches"): Route(
        "/v1/partners/m1/matches",
        200,
        OFFICE | {MENTOR, INVESTOR},
        ("/v1/partners/m9/matches", "/v1/partners/south:m9/matches", "/v1/partners/s1/matches"),
        members={MENTOR: "/v1/partners/m1/matches", INVESTOR: "/v1/partners/i1/matches"},
    ),
    ("GET", "/v1/pairs/<reference:a>/<reference:b>/explanation"): Route(
        "/v1/pairs/s1/m1/explanation",
        200,
        EVERYBODY,
        (
            "/v1/pairs/s1/south:m9/explanation",
            "/v1/pairs/south:s9/m1/explanation",
            "/v1/pairs/m1/s9/explanation",
        ),
        members={
            STARTUP: "/v1/pairs/s1/m1/explanation",
            MENTOR: "/v1/pairs/m1/s1/explanation",
            INVESTOR: "/v1/pairs/i1/s1/explanation",
        },
    ),
    ("GET", "/v1/audit"): Route("/v1/audit", 200, OFFICE),
    ("GET", "/v1/erasures"): Route("/v1/erasures", 200, OFFICE),
    **{
        (method, f"/v1/{rule}/{what}"): Route(
            f"/v1/{path}/{what}", 200, OFFICE, tuple(f"/v1/{each}/{what}" for each in foreign), body
        )
        for rule, path, foreign, name in (
            (
                "profiles/<reference:profile_id>",
                "profiles/s1",
                ("profiles/s9", "profiles/south:s9", "profiles/south:m8", "profiles/none"),
                "青松科技",
            ),
            ("people/<reference:person_id>", "people/PERSON", ("people/STRANGER", "people/none"), SOMEBODY),
        )
        for method, what, body in (
            ("GET", "export", None),
            ("GET", "erasure", None),
            ("POST", "erasure", {"json": {"name": name}}),
        )
    },
    ("GET", "/v1/cohorts"): Route("/v1/cohorts", 200, OFFICE),
    ("POST", "/v1/cohorts"): Route("/v1/cohorts", 201, OFFICE, given={"json": {"name": "Autumn"}}),
    ("GET", "/v1/cohorts/<reference:cohort_id>"): Route(
        "/v1/cohorts/solved", 200, OFFICE, ("/v1/cohorts/foreign",)
    ),
    ("POST", "/v1/cohorts/<reference:cohort_id>/startups"): Route(
        "/v1/cohorts/solved/startups",
        200,
        OFFICE,
        ("/v1/cohorts/foreign/startups",),
        {"json": {"startups": ["s2"]}},
    ),
    ("DELETE", "/v1/cohorts/<reference:cohort_id>/startups/<reference:startup_id>"): Route(
        "/v1/cohorts/solved/startups/s1", 200, OFFICE, ("/v1/cohorts/foreign/startups/s9",)
    ),
    ("GET", "/v1/cohorts/<reference:cohort_id>/runs"): Route(
        "/v1/cohorts/solved/runs", 200, OFFICE, ("/v1/cohorts/foreign/runs",)
    ),
    ("POST", "/v1/cohorts/<reference:cohort_id>/runs"): Route(
        "/v1/cohorts/solved/runs",
        201,
        OFFICE,
        ("/v1/cohorts/foreign/runs",),
        {"json": {"configuration": MENTORS}},
    ),
    ("GET", "/v1/runs"): Route("/v1/runs", 200, OFFICE),
    ("GET", "/v1/runs/<reference:run_id>"): Route(
        "/v1/runs/RUN:solved", 200, OFFICE, ("/v1/runs/RUN:foreign",)
    ),
    ("PUT", "/v1/runs/<reference:run_id>/configuration"): Route(
        "/v1/runs/RUN:solved/configuration",
        200,
        OFFICE,
        ("/v1/runs/RUN:foreign/configuration",),
        {"json": {"configuration": MENTORS, "version": 4}},
    ),
    ("POST", "/v1/runs/<reference:run_id>/copy"): Route(
        "/v1/runs/RUN:solved/copy", 201, OFFICE, ("/v1/runs/RUN:foreign/copy",), {"json": {}}
    ),
    ("POST", "/v1/runs/<reference:run_id>/solve"): Route(
        "/v1/runs/RUN:solved/solve", 202, OFFICE, ("/v1/runs/RUN:foreign/solve",), {"json": {}}
    ),
    ("POST", "/v1/runs/<reference:run_id>/cancel"): Route(
        "/v1/runs/RUN:queued/cancel", 200, OFFICE, ("/v1/runs/RUN:foreign/cancel",), {"json": {}}
    ),
    ("GET", "/v1/runs/<reference:run_id>/summary"): Route(
        "/v1/runs/RUN:solved/summary", 200, OFFICE, ("/v1/runs/RUN:foreign/summary",)
    ),
    ("GET", "/v1/runs/<reference:run_id>/pairs"): Route(
        "/v1/runs/RUN:published/pairs",
        200,
        EVERYBODY,
        ("/v1/runs/RUN:foreign/pairs",),
        members={INVESTOR: "/v1/runs/RUN:funded/pairs"},
    ),
    ("GET", "/v1/runs/<reference:run_id>/alternates"): Route(
        "/v1/runs/RUN:solved/alternates", 200, OFFICE, ("/v1/runs/RUN:foreign/alternates",)
    ),
    ("GET", "/v1/runs/<reference:run_id>/conflicts"): Route(
        "/v1/runs/RUN:solved/conflicts", 200, OFFICE, ("/v1/runs/RUN:foreign/conflicts",)
    ),
    ("GET", "/v1/runs/<reference:run_id>/events"): Route(
        "/v1/runs/RUN:solved/events", 200, OFFICE, ("/v1/runs/RUN:foreign/events",)
    ),
    ("GET", "/v1/runs/<reference:run_id>/edits"): Route(
        "/v1/runs/RUN:edited/edits", 200, OFFICE, ("/v1/runs/RUN:foreign/edits",)
    ),
    ("POST", "/v1/runs/<reference:run_id>/edits"): Route(
        "/v1/runs/RUN:solved/edits", 201, OFFICE, ("/v1/runs/RUN:foreign/edits",), {"json": LOCK}
    ),
    ("DELETE", "/v1/runs/<reference:run_id>/edits/<reference:number>"): Route(
        "/v1/runs/RUN:edited/edits/1?version=2", 200, OFFICE, ("/v1/runs/RUN:foreign/edits/1?version=2",)
    ),
    ("POST", "/v1/runs/<reference:run_id>/publish"): Route(
        "/v1/runs/RUN:solved/publish",
        200,
        OFFICE,
        ("/v1/runs/RUN:foreign/publish",),
        {"json": {"version": 4}},
    ),
    ("POST", "/v1/runs/<reference:run_id>/close"): Route(
        "/v1/runs/RUN:published/close", 200, OFFICE, ("/v1/runs/RUN:foreign/close",), {"json": {}}
    ),
    ("GET", "/v1/runs/<reference:run_id>/comparison/<reference:other_id>"): Route(
        "/v1/runs/RUN:solved/comparison/RUN:published",
        200,
        OFFICE,
        ("/v1/runs/RUN:foreign/comparison/RUN:solved", "/v1/runs/RUN:solved/comparison/RUN:foreign"),
    ),
    ("GET", "/v1/runs/<reference:run_id>/export.xlsx"): Route(
        "/v1/runs/RUN:solved/export.xlsx", 200, OFFICE, ("/v1/runs/RUN:foreign/export.xlsx",)
    ),
    ("GET", "/v1/runs/<reference:run_id>/export.csv"): Route(
        "/v1/runs/RUN:solved/export.csv", 200, OFFICE, ("/v1/runs/RUN:foreign/export.csv",)
    ),
    ("POST", "/v1/runs/<reference:run_id>/edits/import"): Route(
        "/v1/runs/RUN:solved/edits/import?filename=pairs.csv",
        200,
        OFFICE,
        ("/v1/runs/RUN:foreign/edits/import?filename=pairs.csv",),
        {"data": "startup_id,partner_id\ns1,m1\n"},
    ),
    ("GET", "/v1/introductions"): Route("/v1/introductions", 200, EVERYBODY),
    ("GET", "/v1/introductions/<reference:introduction_id>"): Route(
        "/v1/introductions/ASKED:published",
        200,
        EVERYBODY,
        ("/v1/introductions/ASKED:abroad",),
        members={INVESTOR: "/v1/introductions/ASKED:funded"},
    ),
    ("GET", "/v1/introductions/<reference:introduction_id>/events"): Route(
        "/v1/introductions/ASKED:published/events", 200, OFFICE, ("/v1/introductions/ASKED:abroad/events",)
    ),
    ("POST", "/v1/introductions/<reference:introduction_id>/accept"): Route(
        "/v1/introductions/ASKED:published/accept",
        200,
        EVERYBODY,
        ("/v1/introductions/ASKED:abroad/accept",),
        {"json": {"version": 1}},
        members={INVESTOR: "/v1/introductions/ASKED:funded/accept"},
    ),
    ("POST", "/v1/introductions/<reference:introduction_id>/decline"): Route(
        "/v1/introductions/ASKED:published/decline",
        200,
        EVERYBODY,
        ("/v1/introductions/ASKED:abroad/decline",),
        "a no",
        members={INVESTOR: "/v1/introductions/ASKED:funded/decline"},
    ),
    ("POST", "/v1/introductions/<reference:introduction_id>/withdraw"): Route(
        "/v1/introductions/ASKED:published/withdraw",
        200,
        OFFICE,
        ("/v1/introductions/ASKED:abroad/withdraw",),
        {"json": {"reason": "twice", "version": 1}},
    ),
    ("GET", "/v1/contacts/<reference:profile_id>"): Route(
        "/v1/contacts/s1",
        200,
        EVERYBODY,
        ("/v1/contacts/s9", "/v1/contacts/south:s9"),
        members={MENTOR: "/v1/contacts/m1", INVESTOR: "/v1/contacts/i1"},
    ),
    ("PUT", "/v1/contacts/<reference:profile_id>"): Route(
        "/v1/contacts/s1",
        200,
        EVERYBODY,
        ("/v1/contacts/s9", "/v1/contacts/south:s9"),
        {"json": {"email": "ann@example.org"}},
        members={MENTOR: "/v1/contacts/m1", INVESTOR: "/v1/contacts/i1"},
    ),
    ("DELETE", "/v1/contacts/<reference:profile_id>"): Route(
        "/v1/contacts/s1",
        204,
        EVERYBODY,
        ("/v1/contacts/s9", "/v1/contacts/south:s9"),
        members={MENTOR: "/v1/contacts/m1", INVESTOR: "/v1/contacts/i1"},
    ),
    ("GET", "/v1/webhook"): Route("/v1/webhook", 200, OFFICE),
    ("PUT", "/v1/webhook"): Route(
        "/v1/webhook", 200, OFFICE, given={"json": {"url": "https://example.org/events"}}
    ),
    ("DELETE", "/v1/webhook"): Route("/v1/webhook", 204, OFFICE),
    ("GET", "/v1/outbox"): Route("/v1/outbox", 200, OFFICE),
    ("POST", "/v1/outbox/<reference:number>/retry"): Route(
        "/v1/outbox/FAILED:north/retry", 204, OFFICE, ("/v1/outbox/FAILED:south/retry",)
    ),
    ("GET", "/v1/panels"): Route("/v1/panels", 200, OFFICE),
    ("POST", "/v1/panels"): Route("/v1/panels", 201, OFFICE, given={"json": PANEL}),
    ("GET", "/v1/panels/<reference:panel_id>"): Route("/v1/panels/p1", 200, OFFICE, ("/v1/panels/p9",)),
    ("PATCH", "/v1/panels/<reference:panel_id>"): Route(
        "/v1/panels/p1", 200, OFFICE, ("/v1/panels/p9",), {"json": {"name": "Other"}}
    ),
    ("GET", "/v1/panels/<reference:panel_id>/events"): Route(
        "/v1/panels/p1/events", 200, OFFICE, ("/v1/panels/p9/events",)
    ),
    ("POST", "/v1/panels/<reference:panel_id>/assignment"): Route(
        "/v1/panels/p1/assignment", 200, OFFICE, ("/v1/panels/p9/assignment",), {"json": {}}
    ),
    ("GET", "/v1/panels/<reference:panel_id>/reviews"): Route(
        "/v1/panels/p1/reviews", 200, REVIEWERS, ("/v1/panels/p9/reviews",)
    ),
    ("GET", "/v1/panels/<reference:panel_id>/reviews/table"): Route(
        "/v1/panels/p1/reviews/table", 200, REVIEWERS, ("/v1/panels/p9/reviews/table",)
    ),
    ("PUT", "/v1/panels/<reference:panel_id>/scores"): Route(
        "/v1/panels/p1/scores", 200, REVIEWERS, ("/v1/panels/p9/scores",), "a score"
    ),
    ("POST", "/v1/panels/<reference:panel_id>/recusals"): Route(
        "/v1/panels/p1/recusals", 200, REVIEWERS, ("/v1/panels/p9/recusals",), "a recusal"
    ),
    ("GET", "/v1/panels/<reference:panel_id>/awards"): Route(
        "/v1/panels/p1/awards", 200, OFFICE, ("/v1/panels/p9/awards",)
    ),
    ("GET", "/v1/panels/<reference:panel_id>/awards/table"): Route(
        "/v1/panels/p1/awards/table", 200, OFFICE, ("/v1/panels/p9/awards/table",)
    ),
    ("POST", "/v1/panels/<reference:panel_id>/awards"): Route(
        "/v1/panels/p1/awards", 200, OFFICE, ("/v1/panels/p9/awards",), {"json": {}}
    ),
    ("POST", "/v1/panels/<reference:panel_id>/reopening"): Route(
        "/v1/panels/p2/reopening", 200, OFFICE, ("/v1/panels/p9/reopening",), {"json": {"why": "a slip"}}
    ),
    ("GET", "/v1/startups/<reference:startup_id>/funding"): Route(
        "/v1/startups/s1/funding?amount=1000000&by=2027-01-01",
        200,
        OFFICE | {STARTUP},
        tuple(f"/v1/startups/{id_}/funding?amount=1000000&by=2027-01-01" for id_ in ("s9", "south:s9", "m1")),
    ),
    ("GET", "/v1/startups/<reference:startup_id>/funding/table"): Route(
        "/v1/startups/s1/funding/table?amount=1000000&by=2027-01-01",
        200,
        OFFICE | {STARTUP},
        ("/v1/startups/s9/funding/table?amount=1000000&by=2027-01-01",),
    ),
    ("POST", "/v1/interactions"): Route("/v1/interactions", 201, EVERYBODY, given={"json": EVENT}),
    ("GET", "/v1/models"): Route("/v1/models", 200, OFFICE),
    ("GET", "/v1/reports/outcomes"): Route("/v1/reports/outcomes", 200, OFFICE),
    ("GET", "/v1/reports/exposure"): Route("/v1/reports/exposure", 200, OFFICE),
    ("GET", "/v1/reports/supply"): Route("/v1/reports/supply", 200, OFFICE),
    ("GET", "/v1/reports/<reference:report>/table"): Route("/v1/reports/outcomes/table", 200, OFFICE),
    ("GET", "/v1/reports/acceptance"): Route("/v1/reports/acceptance", 200, OFFICE),
    ("GET", "/v1/startups/<reference:startup_id>/ledger"): Route(
        "/v1/startups/s1/ledger",
        200,
        OFFICE | {STARTUP},
        ("/v1/startups/s9/ledger", "/v1/startups/south:s9/ledger", "/v1/startups/m1/ledger"),
    ),
    ("GET", "/v1/ledger/signals"): Route(
        "/v1/ledger/signals", 200, OFFICE, ("/v1/ledger/signals?startup_id=s9",)
    ),
    ("GET", "/v1/ledger/decisions"): Route(
        "/v1/ledger/decisions", 200, OFFICE, ("/v1/ledger/decisions?startup_id=south:s9",)
    ),
    ("POST", "/v1/ledger/decisions"): Route("/v1/ledger/decisions", 201, OFFICE, given="a decision"),
    ("GET", "/v1/attention"): Route("/v1/attention", 200, OFFICE),
    ("GET", "/v1/attention/table"): Route("/v1/attention/table", 200, OFFICE),
    ("GET", "/v1/reports/performance"): Route("/v1/reports/performance", 200, OFFICE),
    ("GET", "/v1/reports/performance/table"): Route("/v1/reports/performance/table", 200, OFFICE),
    ("GET", "/v1/reports/assessment"): Route("/v1/reports/assessment", 200, OFFICE),
    ("GET", "/v1/reports/assessment/table"): Route("/v1/reports/assessment/table", 200, OFFICE),
    ("GET", "/v1/models/reports/<reference:run>"): Route(
        "/v1/models/reports/r1", 200, OFFICE, ("/v1/models/reports/none",)
    ),
}
PUBLIC = {
    ("GET", "/health/live"): "/health/live",
    ("GET", "/health/ready"): "/health/ready",
    ("GET", "/metrics"): "/metrics",
    ("GET", "/openapi.json"): "/openapi.json",
    ("GET", "/docs"): "/docs",
    ("GET", "/static/<path:filename>"): "/static/docs.js",
}


def failed_message(store: Store, organisation: str) -> str:
    """The number of a message of the organisation that could not be sent."""
    hook = store.outbox.take([Channel.WEBHOOK])
    while hook is not None and hook.organisation != organisation:
        hook = store.outbox.take([Channel.WEBHOOK])
    assert hook is not None
    store.outbox.failed(hook, "nobody answers", None)
    return str(hook.number)


def merged(store: Store) -> str:
    """The id of a startup of north that was merged into another."""
    store.amendments.merge("north", Merge("s2", "s1", lambda stays, _: stays), who="staff")
    return "s2"


def with_runs(path: str, store: Store) -> str:
    """The path with ids in place of "RUN:cohort", "ASKED:cohort" (an introduction) and "FAILED:office"."""
    path = re.sub(r"FAILED:(\w+)", lambda found: failed_message(store, found[1]), path)
    asked = re.sub(r"ASKED:(\w+)", lambda found: introduction_of(store, found[1]), path)
    return re.sub(r"RUN:(\w+)", lambda found: run_of(store, found[1]), asked)


def given(route: Route, role: Caller) -> dict[str, Any]:
    if route.given == "a no":
        return {"json": {"reason": "no time", "version": 1} | ({"side": "partner"} if role in OFFICE else {})}
    if route.given == "a file of startups":
        return csv_file("id,name\nx1,Another\n", "startups.csv")
    if route.given == "a decision":
        return {"json": DISMISSAL}
    if route.given == "a score":
        own = {INVESTOR: {"application": "s2", "reviewer": "i1"}}.get(role, {})
        return {"json": {"scores": [SCORE | own]}}
    if route.given == "a recusal":
        mine = "s2" if role is INVESTOR else "s1"
        return {"json": {"application": mine} | ({"reviewer": "m1"} if role in OFFICE else {})}
    if role is INVESTOR and route.path == "/v1/interactions":
        return {"json": {**EVENT, "partner_id": "i1"}}
    return route.given or {}


CALLS = [(*key, role) for key in ROUTES for role in Caller]


def may(method: str, rule: str, role: Caller) -> bool:
    return role in ROUTES[method, rule].may


Standing = tuple[APIFlask, Store, dict[str, str]]


@pytest.fixture(scope="module")
def standing(populated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """An application that is asked only for what it refuses, its store, and ids that are another
    organisation's."""
    folder = tmp_path_factory.mktemp("standing")
    shutil.copy(populated, folder / "bole.db")
    store = Store(f"sqlite:///{folder / 'bole.db'}")
    services = Services(store, FakeMatches(store), FakeRegistry(), clock=lambda: NOON)
    app = create_app(services, Settings(home=folder), records=observer(None, io.StringIO()))
    stranger = store.people.add("south", SOMEBODY, role="staff").id
    imported, failed = store.save_import("south", REPORT), failed_message(store, "south")
    yield app, store, {"FOREIGN": imported, "STRANGER": stranger, "FAILED:south": failed}
    store.close()


def test_the_tables_name_every_route_of_the_application(app: APIFlask):
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == ROUTES.keys() | PUBLIC.keys()


@pytest.mark.parametrize("path", PUBLIC.values(), ids=str)
def test_anybody_may_read_what_is_public(app: APIFlask, path: str):
    with app.test_client().get(path) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize(("method", "rule"), ROUTES, ids=str)
def test_nobody_may_call_without_a_token(standing: Standing, method: str, rule: str):
    answer = standing[0].test_client().open(ROUTES[method, rule].path, method=method)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("method", "rule", "role"),
    [(*key, role) for key, route in ROUTES.items() for role in Caller if role in route.may],
)
def test_each_role_may_call_what_the_table_says(
    app: APIFlask, store: Store, method: str, rule: str, role: Caller
):
    route = ROUTES[method, rule]
    path = (route.members or {}).get(role, route.path)
    if "OWN" in path:
        path = path.replace("OWN", store.save_import("north", REPORT))
    if "MERGED" in path:
        path = path.replace("MERGED", merged(store))
    if "PERSON" in path:
        path = path.replace("PERSON", store.people.add("north", SOMEBODY, role="staff").id)
    if route.given == "a decision":
        store.put_ledger(short_of_cash("s1"))
    answer = caller(app, store, role).send(method, with_runs(path, store), **given(route, role))
    assert answer.status_code == route.own, answer.text


@pytest.mark.parametrize(
    ("method", "rule", "role"),
    [(*key, role) for key, route in ROUTES.items() for role in Caller if role not in route.may],
)
def test_no_role_may_call_what_the_table_does_not_say(
    standing: Standing, method: str, rule: str, role: Caller
):
    app, store, _ = standing
    route = ROUTES[method, rule]
    path = (route.members or {}).get(role, route.path)
    assert caller(app, store, role).send(method, path, **given(route, role)).status_code == 403


@pytest.mark.parametrize("role", Caller)
@pytest.mark.parametrize(("method", "rule"), [key for key, route in ROUTES.items() if route.foreign], ids=str)
def test_a_foreign_id_is_as_unknown_as_one_that_does_not_exist(
    standing: Standing, method: str, rule: str, role: Caller
):
    app, store, ids = standing
    route = ROUTES[method, rule]
    client = caller(app, store, role)
    for path in route.foreign:
        for name, id_ in ids.items():
            path = path.replace(name, id_)
        there = with_runs(path, store)
        answer = client.send(method, there, **given(route, role))
        assert answer.status_code == (404 if role in route.may else 403), there


@pytest.mark.parametrize("role", [STARTUP, MENTOR, INVESTOR])
@pytest.mark.parametrize(
    "path",
    [
        "/v1/profiles/s2",
        "/v1/startups/s2/matches",
        "/v1/partners/south:m8/matches",
        "/v1/pairs/s2/m1/explanation",
        "/v1/pairs/south:m8/s1/explanation",
    ],
)
def test_members_do_not_see_the_other_members_of_their_organisation(
    app: APIFlask, store: Store, path: str, role: Caller
):
    assert caller(app, store, role).get(path).status_code in {403, 404}


@pytest.mark.parametrize(
    ("role", "event"),
    [
        (STAFF, {"startup_id": "s9", "partner_id": "m1"}),
        (STAFF, {"startup_id": "south:s9", "partner_id": "m1"}),
        (STAFF, {"startup_id": "s1", "partner_id": "south:m9"}),
        (STAFF, {"startup_id": "m1", "partner_id": "s1"}),
        (STARTUP, {"startup_id": "s2", "partner_id": "m1"}),
        (STARTUP, {"startup_id": "s1", "partner_id": "south:m9"}),
        (MENTOR, {"startup_id": "s1", "partner_id": "i1"}),
        (MENTOR, {"startup_id": "south:s9", "partner_id": "m1"}),
    ],
)
def test_events_are_recorded_only_between_profiles_that_the_caller_may_know(
    app: APIFlask, store: Store, role: Caller, event: dict[str, str]
):
    answer = caller(app, store, role).post("/v1/interactions", json={**event, "type": "met"})
    assert answer.status_code == 404
    assert len(store.interactions()) == 0


def test_a_foreign_and_a_missing_id_get_the_same_words(app: APIFlask, store: Store):
    client = caller(app, store, STAFF)
    foreign, missing = client.get("/v1/profiles/south:m9").json, client.get("/v1/profiles/south:xx").json
    assert foreign["detail"].replace("m9", "xx") == missing["detail"]


def test_a_shared_partner_shows_its_public_part_to_others(app: APIFlask, store: Store):
    abroad = caller(app, store, STAFF).get("/v1/profiles/south:m8").json
    at_home = caller(app, store, STAFF, "south").get("/v1/profiles/m8").json
    assert (abroad["id"], abroad["name"], abroad["conflicts"]) == ("south:m8", "Shared Mentor", [])
    assert (at_home["id"], at_home["conflicts"]) == ("m8", ["s9"])


def test_an_admin_acts_in_the_organisation_it_names(app: APIFlask, store: Store):
    client = caller(app, store, ADMIN)
    assert client.get("/v1/profiles/s9?organisation=south").json["name"] == "Far Startup"
    assert client.get("/v1/profiles/s1?organisation=south").status_code == 404
    assert client.get("/v1/profiles?organisation=nowhere").status_code == 404


@pytest.mark.parametrize("role", [STAFF, STARTUP, MENTOR, INVESTOR])
def test_nobody_else_acts_in_another_organisation(app: APIFlask, store: Store, role: Caller):
    namesakes = [
        replace(profile, organisation="south") for profile in people() if profile.organisation == "north"
    ]
    store.put_profiles(namesakes)
    client = caller(app, store, role)
    own = OWN_PROFILE.get(role, "s1")
    assert client.get(f"/v1/profiles/{own}").status_code == 200
    assert client.get(f"/v1/profiles/{own}?organisation=south").status_code == 404
    assert client.get(f"/v1/profiles/south:{own}").status_code == 404


def test_an_application_with_an_undeclared_route_does_not_start(services: Services, settings: Settings):
    bare = APIBlueprint("bare", __name__)
    bare.get("/bare")(lambda: "open to all?")
    with pytest.raises(LookupError, match="does not declare who may call it"):
        create_app(services, settings, pages=[bare])


@pytest.fixture
def with_page(services: Services, settings: Settings) -> APIFlask:
    page = APIBlueprint("page", __name__)

    @page.route("/page", methods=["GET", "POST"])
    @allow(STAFF, cookie=True)
    def show() -> str:
        return "<p>for staff</p>"

    @page.get("/welcome")
    @public
    def welcome() -> str:
        return "<p>for all</p>"

    return create_app(services, settings, pages=[page])


@pytest.fixture
def browser(with_page: APIFlask, store: Store) -> FlaskClient:
    client = with_page.test_client()
    with client.session_transaction() as session:
        session.update(token_hash=token_hash(caller(with_page, store, STAFF).token), form_token="known")
    return client


def test_a_page_takes_the_token_from_the_session_and_the_api_does_not(browser: FlaskClient):
    assert browser.get("/page").status_code == 200
    assert browser.get("/v1/profiles").status_code == 401


def test_a_form_without_the_sessions_form_token_cannot_use_the_session(browser: FlaskClient):
    assert browser.post("/page").status_code == 403
    assert browser.post("/page", data={"form_token": "guessed"}).status_code == 403
    assert browser.post("/page", data={"form_token": "known"}).status_code == 200


REPORT: dict[str, Any] = {
    "dry_run": False,
    "files": [],
    "problems": [],
    "duplicates": [],
    "errors": 0,
    "warnings": 0,
    "duplicate_count": 0,
}
