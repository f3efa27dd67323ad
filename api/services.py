"""What the web service works with. All of it is handed to the application factory; nothing is global."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from matcher.matching.answers import Explanation, Filters, MatchList
from matcher.model.pointer import Promotion
from matcher.model.verdict import Verdict
from matcher.profiles import Role
from matcher.shown import ShownList
from matcher.store import Store

NO_FILTERS = Filters()


class Matching(Protocol):
    """The questions that the web service asks of the matching service, which is always up to date."""

    @property
    def model_version(self) -> str:
        """The version that answers now; "profiles-only" before any training."""

    def match(
        self,
        organisation: str,
        query_ids: Sequence[str],
        *,
        role: Role | None,
        k: int,
        filters: Filters = NO_FILTERS,
        spread: bool = False,
    ) -> list[MatchList]:
        """One ranked list for each query profile; role None asks for both partner roles in one list, `spread`
        for lists that spread exposure."""

    def explain(self, organisation: str, a: str, b: str, *, k: int = 10) -> Explanation:
        """Why `b` is, or is not, in the list of `a`."""


class ModelVersion(Protocol):
    """One trained bundle as the registry lists it."""

    @property
    def version(self) -> str:
        """Its name."""

    @property
    def status(self) -> str:
        """live, retired, rejected or candidate."""

    @property
    def hash(self) -> str:
        """The hash of its content."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What its manifest tells: data window, settings, metrics."""

    @property
    def verdict(self) -> Verdict | None:
        """What the gate said of it; None where it was not asked."""

    @property
    def promoted(self) -> Promotion | None:
        """How it last became live; None where it never did."""


class Models(Protocol):
    """The registry's reading side."""

    def versions(self) -> Sequence[ModelVersion]:
        """Every version, newest first."""

    def live(self) -> str | None:
        """The one that serves; None before any training."""

    def promotions(self) -> Sequence[Promotion]:
        """The last changes of the live version, newest first."""

    def reports(self) -> Sequence[str]:
        """The runs that reported, newest first."""

    def report(self, run: str, name: str) -> bytes:
        """One file of a run's report, or NotFound."""


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def forget(shown: ShownList) -> None:
    """Record nothing of what is shown."""


@dataclass(frozen=True, slots=True)
class Services:
    """The store, the matching service, the model registry, the clock that dates undated events, and where
    each list that is served is left for recording."""

    store: Store
    matches: Matching
    registry: Models
    clock: Callable[[], dt.datetime] = now
    record: Callable[[ShownList], None] = forget
