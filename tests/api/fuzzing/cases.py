"""Made-up requests to every route of the API, from its OpenAPI document: by each role, good and bad ones.

Schemathesis makes them; three of four ids in paths are of things that are there, so that more than "unknown"
is answered. Whatever comes, nothing may be answered by 500 or above (503 apart: that says "later").
"""

import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode

from api.app import create_app
from api.observing import observer
from api.principals import Caller
from api.services import Services
from api.settings import Settings
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.registry import Registry
from matcher.store import Store
from tests.api.conftest import NOON
from tests.api.world import caller, introduction_of, populate, run_of
from tests.matcher.worlds import WordEncoder


@dataclass
class Tally:
    """What came of the requests: how many got which status, by role; and those that broke something."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return sum(sum(each.values()) for each in self.statuses.values())


@dataclass(frozen=True)
class World:
    """Where requests are made: a folder with a populated database, which each route gets fresh."""

    folder: Path
    populated: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "World":
        populated = folder / "populated.db"
        store = Store(f"sqlite:///{populated}")
        store.migrate()
        populate(store)
        for organisation in ("north", "south"):
            store.people.add(organisation, f"somebody@{organisation}.example", role="staff")
        store.close()
        return cls(folder, populated)

    def fresh(self) -> Store:
        path = self.folder / "bole.db"
        for left in self.folder.glob("bole.db*"):
            left.unlink()
        shutil.copy(self.populated, path)
        return Store(f"sqlite:///{path}")

    def app(self, store: Store) -> APIFlask:
        settings = Settings(home=self.folder, calls_per_second=0)  # a thousand a minute, of one token
        registry = Registry(settings.models_url)
        clock = Clock(today=lambda: NOON.date(), seconds=time.monotonic)
        matches = MatchService(Sources(store, WordEncoder()), registry, clock)
        services = Services(store, matches, registry, clock=lambda: NOON)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            return create_app(services, settings, records=observer(None, _Kept(log.name)))


class _Kept:
    """A log that is appended to and closed each time: a thousand applications keep no file open."""

    def __init__(self, path: str) -> None:
        self._path = path

    def write(self, text: str) -> int:
        with open(self._path, "a", encoding="utf-8", errors="backslashreplace") as file:
            return file.write(text)

    def flush(self) -> None:
        """Nothing waits."""


def fuzz(world: World, roles: list[Caller], each: int, number: int = 1) -> Tally:
    """Make `each` requests to every route by every role; `number` chooses which. Each role finds everything
    as it was; what deletes comes last."""
    tally = Tally()
    for role in roles:
        tally.statuses[role.value] = Counter()
        store = world.fresh()
        app = world.app(store)
        asking = Asking(role, caller(app, store, role).token, _ids(store), random.Random(number), tally)
        for operation in operations(app):
            _fuzz_one(operation, asking, each, number)
        store.close()
    return tally


def operations(app: APIFlask) -> list[Any]:
    """Every operation of the document, those that only read first, those that delete last."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    found = [each.ok() for each in schema.get_all_operations()]
    methods = ("get", "put", "patch", "post", "delete")
    return sorted(found, key=lambda each: (methods.index(each.method.lower()), each.label))


@dataclass(frozen=True)
class Asking:
    """Who asks, for what, and where it is counted."""

    role: Caller
    token: str
    ids: list[str]
    chance: random.Random
    tally: Tally

    def ask(self, case: Any) -> None:
        """Send one request."""
        for name in case.path_parameters or {}:
            if self.chance.random() < 0.75:
                case.path_parameters[name] = self.chance.choice(self.ids)
        answer = case.call(headers={"Authorization": f"Bearer {self.token}"})
        self.tally.statuses[self.role.value][answer.status_code] += 1
        if answer.status_code >= 500 and answer.status_code != 503:
            told = case.as_curl_command()[:600]
            self.tally.broken.append(f"{self.role} {case.operation.label} {answer.status_code}: {told}")


def _fuzz_one(operation: Any, asking: Asking, each: int, number: int) -> None:
    """Two good requests to one bad one, where the operation can be asked badly."""
    given_anything = operation.body or operation.query or operation.path_parameters
    bad = each // 3 if given_anything else 0
    for mode, share in ((GenerationMode.POSITIVE, each - bad), (GenerationMode.NEGATIVE, bad)):
        if share:
            run = hypothesis_settings(
                max_examples=share,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            run(seed(number)(given(operation.as_strategy(generation_mode=mode))(asking.ask)))()


def _ids(store: Store) -> list[str]:
    """Ids of all kinds of things that are there, of either organisation."""
    runs = [run_of(store, each) for each in ("edited", "queued", "solved", "published", "foreign")]
    asked = [introduction_of(store, each) for each in ("published", "funded", "abroad")]
    people = ["s1", "s2", "m1", "i1", "s9", "south:m8", "south:m9", "north:s1"]
    accounts = [each.id for organisation in ("north", "south") for each in store.people.all(organisation)]
    return [*runs, *asked, *people, *accounts, "p1", "p2", "p9", "solved", "foreign", "1", "0", "-1"]
