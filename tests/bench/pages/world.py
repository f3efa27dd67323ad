"""The demo city ten times over, trained and in the middle of a programme, in a home that is made anew."""

import datetime as dt
import http.client
import io
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apiflask import APIFlask

from api.app import create_app
from api.cli.importing import run_import
from api.cli.training import run_training
from api.cli.workplace import Workplace, today, workplace
from api.observing import observer
from api.pages import pages
from api.principals import issue_token
from api.services import Services
from api.sessions import COOKIE
from api.settings import Settings
from fixtures.messy import write_messy
from fixtures.world import Settings as World
from fixtures.world import make_world
from matcher.store import Store
from tests.api.pages.visitor import Visitor
from tests.api.pages.walk.town import OFFICE, Town, lived_in

TIMES = 10
COHORT = 120
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class City:
    """A home to be served: its application and store here, who opens which pages, and with which cookie."""

    home: Path
    app: APIFlask
    store: Store
    paths: Mapping[str, Sequence[str]]
    cookies: Mapping[str, str]

    def visitor(self, who: str) -> Visitor:
        """Somebody's browser, in this process."""
        client = self.app.test_client()
        if who != NOBODY:
            client.set_cookie(COOKIE, self.cookies[who])
        return Visitor(client)


@contextmanager
def city(folder: Path) -> Iterator[City]:
    """The city, until the block ends. What was imported and trained is kept in the folder; the programme
    happens anew in a copy."""
    if not (folder / "trained").exists():
        _trained(folder)
    shutil.rmtree(folder / "home", ignore_errors=True)
    shutil.copytree(folder / "trained", folder / "home")
    with workplace(Settings(home=folder / "home")) as place:
        app, town = _programme(place)
        whole = City(place.settings.home, app, place.store, town.paths, _cookies(app, town))
        yield replace(whole, paths={who: _that_open(whole, who) for who in town.paths})


def _that_open(city: City, who: str) -> list[str]:
    """The pages of the town's list that this city has too; a few are about profiles of the demo's files."""
    look = city.visitor(who).get
    return [path for path in dict.fromkeys(city.paths[who]) if look(path).status_code == http.client.OK]


def _trained(folder: Path) -> None:
    usual, part = World(), folder / "part"
    size = World(
        startups=TIMES * usual.startups,
        mentors=TIMES * usual.mentors,
        investors=TIMES * usual.investors,
        interactions=TIMES * usual.interactions,
    )
    write_messy(make_world(size), folder / "files")
    shutil.rmtree(part, ignore_errors=True)
    with workplace(Settings(home=part)) as place:
        place.store.add_organisation(OFFICE)
        run_import(place, [folder / "files"], organisation=OFFICE)
        run_training(place, today(), promote=True)
    part.rename(folder / "trained")


def _programme(place: Workplace) -> tuple[APIFlask, Town]:
    jobs: list[dict[str, Any]] = []
    services = Services(
        place.store, place.matches(), place.registry, queue_job=lambda _name, given: jobs.append(dict(given))
    )
    app = create_app(services, place.settings, pages=[pages], records=observer(None, io.StringIO()))
    return app, lived_in(app, "", services, jobs, cohort_size=COHORT)


def _cookies(app: APIFlask, town: Town) -> dict[str, str]:
    """What everybody's browser holds after signing in; the server has the same key."""
    found = {}
    for who, principal in town.people.items():
        expires = dt.datetime.fromtimestamp(time.time() + 86_400, dt.UTC)
        visitor = Visitor(app.test_client(), issue_token(town.store, principal, expires_at=expires))
        visitor.sign_in()
        cookie = visitor.client.get_cookie(COOKIE)
        assert cookie is not None
        found[who] = cookie.value
    return found
