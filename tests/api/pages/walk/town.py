"""The demo city in the middle of a programme, served: a cohort matched and published, people who answered.

What each kind of person can open, for whoever walks through every page.
"""

import datetime as dt
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from werkzeug.serving import make_server

from api.app import create_app
from api.jobs.solver import carried_out
from api.observing import observer
from api.pages import pages, sign_in_link
from api.principals import Caller, Principal, issue_token
from api.services import Services
from api.settings import Settings
from matcher.cohorts.introducing.introduction import Side
from matcher.cohorts.run import Change
from matcher.duplicates.searching import search
from matcher.encoding.encoder import Encoder
from matcher.importing import import_sources, sources_at
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.profiles import Role
from matcher.store import Store
from tests.api.pages.cohorts.conftest import PLAIN
from tests.api.pages.visitor import Visitor
from tests.api.pages.walk.panel import office_paths, under_review

OFFICE = "demo"
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
_COHORT_SIZE = 12


@dataclass(frozen=True)
class Town:
    """The served city; `people` are its staff and members by what they are, `paths` what each can open."""

    app: APIFlask
    address: str
    store: Store
    people: Mapping[str, Principal]
    paths: Mapping[str, Sequence[str]]

    def link(self, who: str) -> str:
        """The path of a fresh sign-in link."""
        return sign_in_link(self.store, self.people[who], "", NOW)


@contextmanager
def town(home: Path, encoder: Encoder) -> Iterator[Town]:
    """The city at an address of this machine, until the end."""
    settings = Settings(home=home)
    store, registry = Store(settings.store_url), Registry(settings.models_url)
    store.migrate()
    store.add_organisation(OFFICE)
    with as_file(files("fixtures") / "demo") as folder:
        import_sources(sources_at([folder]), store, organisation=OFFICE)
    clock = Clock(today=NOW.date, seconds=lambda: 0.0)
    matches = MatchService(Sources(store, encoder), registry, clock)
    jobs: list[dict[str, Any]] = []
    services = Services(
        store, matches, registry, lambda: NOW, queue_job=lambda _name, given: jobs.append(dict(given))
    )
    app = create_app(services, settings, pages=[pages], records=observer(None, io.StringIO()))
    with served(app) as address:
        yield lived_in(app, address, services, jobs)
    store.close()


@contextmanager
def served(app: APIFlask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def lived_in(
    app: APIFlask,
    address: str,
    services: Services,
    jobs: list[dict[str, Any]],
    *,
    cohort_size: int = _COHORT_SIZE,
) -> Town:
    """The city after a run was published and one introduction accepted, another declined."""
    store = services.store
    search(store, OFFICE)
    cohort = [profile.id for profile in store.profiles(OFFICE, roles=(Role.STARTUP,))][:cohort_size]
    store.cohorts.create(OFFICE, "2026 春季营", cohort, id="spring")
    staff = Visitor(app.test_client(), issue_token(store, Principal(OFFICE, Caller.STAFF), label="陈老师"))
    staff.sign_in()
    published, draft = (_solved(staff, services, jobs) for _ in range(2))
    version = str(store.match_runs.get(OFFICE, published.rpartition("/")[2]).version)
    staff.send(f"{published}/publish", page="/cohorts", version=version, expires="10")
    offered = store.introductions.all(OFFICE, run=published.rpartition("/")[2])
    first, second = offered[0], offered[1]
    store.introductions.accept(OFFICE, first.id, tuple(Side), Change(by="office", why=""))
    store.introductions.decline(OFFICE, second.id, Side.PARTNER, Change(by="office", why="时间不合"))
    startup, mentor = offered[2].pair.startup_id, offered[2].pair.partner_id
    investor = next(profile.id for profile in store.profiles(OFFICE, roles=(Role.INVESTOR,)))
    people = {
        "staff": Principal(OFFICE, Caller.STAFF),
        "startup": Principal(OFFICE, Caller.STARTUP, startup),
        "mentor": Principal(OFFICE, Caller.MENTOR, mentor),
        "investor": Principal(OFFICE, Caller.INVESTOR, investor),
    }
    under_review(store, staff, OFFICE, cohort[:8], mentor)
    member = ("/my", "/my/profile", "/account", "/help")
    paths = {
        "nobody": ("/signin", "/forgotten"),
        "staff": (*_office_paths(published, draft, startup, mentor), *office_paths(mentor), "/account"),
        "startup": (*member, "/my?role=investor", f"/my/partners/{mentor}", "/my/requests"),
        "mentor": (*member, "/my/history", "/my/reviews", "/panels/seed/reviews"),
        "investor": (*member, "/my/history", "/my/reviews"),
    }
    return Town(app, address, store, people, paths)


def _solved(staff: Visitor, services: Services, jobs: list[dict[str, Any]]) -> str:
    """The address of a new run that a worker solved."""
    made = staff.send("/cohorts/spring/runs", page="/cohorts", **PLAIN)
    job = jobs.pop()
    run = services.store.match_runs.begin(job["run"], job["token"])
    snapshot = lambda: services.matches.moment().snapshot  # type: ignore[attr-defined]  # noqa: E731
    carried_out(services.store, snapshot, run, job["token"], seconds=lambda: 0.0)
    return str(made.location)


def _office_paths(published: str, draft: str, startup: str, mentor: str) -> Sequence[str]:
    return (
        *(
            "/",
            "/startups",
            "/startups?q=qs",
            "/startups?q=zzz",
            "/partners",
            "/models",
            "/people",
            "/privacy",
            "/contacts",
            "/help",
            "/help?for=startup",
            "/help?for=partner",
            "/audit",
            "/audit?action=read",
            "/settings",
            "/settings/headers",
            "/settings/taxonomies",
            "/settings/taxonomies?kind=regions",
        ),
        *(f"/startups/{startup}", f"/startups/{startup}?role=investor&ask=DS-001", f"/partners/{mentor}"),
        *(f"/startups/{startup}/signals", f"/startups/{startup}/funding"),
        f"/profiles/{startup}/erase",
        *(f"/profiles/{startup}/edit", f"/profiles/{startup}/history", "/profiles/new?role=mentor"),
        *("/duplicates", "/profiles/QY-003/merge?with=QY-B05", f"/profiles/{mentor}/merge"),
        *("/attention", "/attention/performance", "/attention/assessment"),
        *("/import", "/introductions", "/cohorts", "/cohorts/spring", "/cohorts/spring/runs/new"),
        f"{published}?state=offered&introductions=all",
        *(published, draft, f"{draft}/publish", f"{draft}/configuration", f"{draft}/sheet"),
        *(f"{published}/pair?startup={startup}&partner={mentor}", f"{draft}/comparison?with={published[6:]}"),
    )
