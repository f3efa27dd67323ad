"""Homes of a small incubator: a database, a registry, and a run in them that is heard step by step."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from matcher.model.registry import Registry
from matcher.store import Store
from tests.matcher.worlds import ORGANISATION, TODAY, WordEncoder, event, startup
from tests.training.toys import SMALL
from tests.training.weekly.worlds import board
from training.weekly.order import Order
from training.weekly.record import WeeklyRecord
from training.weekly.run import Place, Watch, weekly_run
from training.weekly.settings import GateSettings, WeeklySettings, WhenUnsure

NIGHT = dt.datetime(2026, 3, 1, 3, tzinfo=dt.UTC)
PATIENT = 60_000.0
"""Milliseconds for a list: how busy the machine is that tests must not matter."""
USUAL = WeeklySettings(gate=GateSettings(slow_milliseconds=PATIENT))
STRICT = WeeklySettings(gate=GateSettings(slow_milliseconds=PATIENT, when_unsure=WhenUnsure.KEEP))
"""With these, what too few tell is not promoted: a small incubator's candidate is always turned down."""


@dataclass
class Home:
    """A folder with a database and a registry. Of every run the steps are `heard`."""

    folder: Path
    later: dt.timedelta = dt.timedelta()
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = Store(f"sqlite:///{self.folder / 'bole.db'}", clock=self.now)
        self.registry = Registry(str(self.folder / "models"))

    def now(self) -> dt.datetime:
        return NIGHT + self.later

    def run(
        self,
        settings: WeeklySettings = USUAL,
        *,
        step: Callable[[str], None] = lambda _: None,
        as_of: dt.date = TODAY,
        probes: tuple[tuple[str, str], ...] = (),
    ) -> WeeklyRecord:
        """A run of now; `step` is called as each step begins."""
        self.heard.clear()

        def begun(name: str) -> None:
            self.heard.append(name)
            step(name)

        order = Order(
            as_of=as_of,
            today=TODAY,
            by="me",
            probes=probes,
            settings=settings,
            factors=SMALL,
        )
        return weekly_run(Place(self.store, self.registry, WordEncoder()), order, Watch(self.now, begun))

    @property
    def fits(self) -> int:
        """How many models the last run fitted: two by the recipe, none where it took up an earlier one's."""
        return sum(step.endswith(": featurise") for step in self.heard)

    def copied(self, folder: Path, later: dt.timedelta = dt.timedelta(hours=1)) -> "Home":
        """All that is on the disk at this moment, as a kill would leave it, and some time later."""
        shutil.copytree(self.folder, folder)
        return Home(folder, later)

    def grows(self) -> None:
        """Somebody joins and chooses."""
        self.store.put_profiles([startup("late", industries=("alpha",))])
        self.store.add_interactions([event("late", "i0", days_ago=1)])


def small_home(folder: Path, database: Path) -> Home:
    """A home with one startup of each field, which has made its choice; nobody asked in the last quarter."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(database, folder / "bole.db")
    home = Home(folder)
    people, events = board(older=1, newer=0)
    home.store.add_organisation(ORGANISATION)
    home.store.put_profiles(people)
    home.store.add_interactions(events)
    return home
