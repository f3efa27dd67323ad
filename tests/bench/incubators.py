"""A small incubator that is served while things happen to it."""

import csv
import http.client
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from api.cli.importing import run_import
from api.cli.training import run_training
from api.cli.workplace import DEFAULT_ORGANISATION, today, workplace
from api.principals import Caller, Principal, issue_token
from api.settings import Settings
from fixtures.plain import write_plain
from fixtures.world import Settings as World
from fixtures.world import make_world
from matcher.errors import UnusableModel
from matcher.model.registry import Registry
from matcher.runs import RunStatus
from matcher.store import Store
from tests.bench.asking import Asked, asking
from tests.bench.serving import server
from tests.bench.victims import BOLE, bole, bole_killed_at, run

WORLD = World(startups=40, mentors=20, investors=10, interactions=600, until=today())
PROMOTED_OR_TURNED_DOWN = (0, 4)
"""Exit codes of a run that came to its end."""


@dataclass(frozen=True, slots=True)
class Incubator:
    """A home that is served. `happen` records a new request by HTTP, so that the next run learns anew;
    `versions` are those that were live."""

    home: Path
    asked: Asked
    happen: Callable[[], None]
    versions: set[str] = field(default_factory=set)

    @property
    def models(self) -> Path:
        """The folder of the registry."""
        return self.home / "models"

    @property
    def log(self) -> Path:
        """What the commands said."""
        return self.home / "commands.log"

    def command(self, *words: str) -> list[str]:
        """One of Bole's for this home."""
        return bole("--home", self.home, *words)

    def killed_at(self, change: int, *words: str) -> list[str]:
        """The same, which kills itself before its change of that number in the registry; 0 for never."""
        return bole_killed_at(change, self.models, "--home", self.home, *words)

    def wounds(self) -> list[str]:
        """What is wrong with what serves: nothing, whenever a process was killed."""
        registry = Registry(str(self.models))
        try:
            loaded = registry.live_model().version
            self.versions.update(each.version for each in registry.promotions())
        except UnusableModel as error:
            return [str(error)]
        return [] if loaded in self.versions else [f"{loaded} was loaded, and never promoted"]

    def recover(self) -> list[str]:
        """Run again, to the end; what is wrong then."""
        ended = run(self.command("retrain"), self.log)
        if ended.code not in PROMOTED_OR_TURNED_DOWN:
            return [f"the next run ended with {ended.code}, see {self.log}"]
        return [*self.wounds(), *self._left_open()]

    def unheard_of(self) -> list[str]:
        """Versions that clients were answered by, and that never were live."""
        return sorted(self.asked.versions.keys() - self.versions)

    def _left_open(self) -> list[str]:
        store = Store(f"sqlite:///{self.home / 'bole.db'}")
        try:
            runs, lease = store.runs(limit=1000), store.lease("retrain")
        finally:
            store.close()
        going = [f"run {each.id} still runs" for each in runs if each.status is RunStatus.RUNNING]
        return going + ([f"{lease.owner} still holds the lease"] if lease else [])


@contextmanager
def incubator(folder: Path, size: World = WORLD) -> Iterator[Incubator]:
    """A world, made, imported, trained, and served by two workers to two clients."""
    shutil.rmtree(folder, ignore_errors=True)
    world, home = folder / "world", folder / "home"
    write_plain(make_world(size), world)
    files = [world / f"{name}.csv" for name in ("startups", "mentors", "investors", "interactions")]
    token = _prepared(home, files)
    startups, mentors = map(_ids, files[:2])
    paths = [f"/v1/startups/{id_}/matches?role=mentor" for id_ in startups]
    pairs = ((id_, mentors[number % len(mentors)]) for number in count() for id_ in startups)
    with server(home, 2, BOLE) as running, asking(running.port, token, paths) as asked:
        yield Incubator(home, asked, lambda: _request(running.port, token, *next(pairs)))


def _prepared(home: Path, files: Sequence[Path]) -> str:
    """Import and train; a token of the staff."""
    with workplace(Settings(home=home)) as place:
        run_import(place, files, organisation=DEFAULT_ORGANISATION)
        run_training(place, today(), promote=True)
        staff = Principal(DEFAULT_ORGANISATION, Caller.STAFF)
        return issue_token(place.store, staff, label="kill test")


def _ids(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row["id"] for row in csv.DictReader(lines)]


def _request(port: int, token: str, startup: str, mentor: str) -> None:
    """A startup asks for a mentor."""
    body = json.dumps({"startup_id": startup, "partner_id": mentor, "type": "requested"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/v1/interactions", body, headers)
    answer = connection.getresponse()
    assert answer.status == http.client.CREATED, answer.read()
    connection.close()
