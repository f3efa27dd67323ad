"""A match service over a real store and a real registry, with a clock that tests turn by hand."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from matcher.interactions import Interaction
from matcher.matching.answers import Explanation, Filters, Funnel, MatchList
from matcher.matching.service import Clock, MatchService
from matcher.matching.snapshot import Sources
from matcher.model.parameters import Model
from matcher.model.registry import Registry
from matcher.profiles import Profile, Role
from matcher.store import Store
from tests.matcher.model.swaps import go_live
from tests.matcher.worlds import ORGANISATION, TODAY, WordEncoder

NO_FILTERS = Filters()


@dataclass
class Time:
    """What the service takes for the present."""

    today: dt.date = TODAY
    seconds: float = 0.0

    def clock(self) -> Clock:
        return Clock(lambda: self.today, lambda: self.seconds)


@dataclass
class Serving:
    """Everything that answers, and what changes it."""

    store: Store
    registry: Registry
    time: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.service = MatchService(Sources(self.store, WordEncoder()), self.registry, self.time.clock())

    def listed(
        self,
        query: str,
        role: Role | None = Role.INVESTOR,
        *,
        k: int = 100,
        organisation: str = ORGANISATION,
        filters: Filters = NO_FILTERS,
    ) -> MatchList:
        [found] = self.service.match(organisation, [query], role=role, k=k, filters=filters)
        return found

    def ids(self, query: str, role: Role | None = Role.INVESTOR, **given: object) -> list[str]:
        """The candidates' ids, best first."""
        found = self.listed(query, role, **given)
        sides = [(match.pair.startup_id, match.pair.partner_id) for match in found.matches]
        return [partner if startup == query else startup for startup, partner in sides]

    def funnel(self, query: str, role: Role | None = Role.INVESTOR, **given: object) -> Funnel:
        return self.listed(query, role, **given).funnel

    def explain(self, a: str, b: str, k: int = 10, organisation: str = ORGANISATION) -> Explanation:
        return self.service.explain(organisation, a, b, k=k)

    def put(self, *people: Profile) -> None:
        self.store.put_profiles(people)

    def happen(self, *events: Interaction) -> None:
        self.store.add_interactions(events)

    def go_live(self, model: Model) -> None:
        self.registry.add(model)
        go_live(self.registry, model.version)
        self.time.seconds += 10


def serving(
    store: Store, folder: Path, people: Iterable[Profile] = (), events: Iterable[Interaction] = ()
) -> Serving:
    """A service that knows these people, before any training."""
    store.add_organisation(ORGANISATION)
    store.add_organisation("south")
    store.put_profiles(people)
    store.add_interactions(events)
    return Serving(store, Registry(str(folder)))
