"""What the web service works with. All of it is handed to the application factory; nothing is global."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from matcher.attention.settings import AttentionSettings
from matcher.matching.answers import Explanation, Filters, MatchList
from matcher.matching.completeness import Completeness
from matcher.matching.prospects import Prospect
from matcher.model.influence import Influence
from matcher.model.pointer import Promotion
from matcher.model.verdict import Verdict
from matcher.profiles import Profile, Role
from matcher.shown import ShownList
from matcher.store import Store

NO_FILTERS = Filters()


class Moment(Protocol):
    """The matching service at one moment: whatever it is asked, it answers from one model version and from
    the store at one revision."""

    @property
    def model_version(self) -> str:
        """The version that answers; "profiles-only" before any training."""

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

    def prospects(
        self,
        organisation: str,
        startup_ids: Sequence[str],
        role: Role,
        only: Collection[str] | None = None,
    ) -> list[list[Prospect]]:
        """How each startup stands with each partner of the role, or with those whose keys are `only`."""

    def people(self, organisation: str, role: Role) -> list[tuple[Profile, float]]:
        """The profiles of a role that the organisation may see, with the places that each has left."""

    def completeness(self, organisation: str, profile_id: str) -> Completeness:
        """How much of what could be known of a profile is known, and what would help most."""

    def influences(self, role: Role) -> Sequence[Influence]:
        """What each signal counts in lists of the partner role, as the model has it."""


class Matching(Protocol):
    """What the web service asks of the matching service, which is always up to date."""

    @property
    def model_version(self) -> str:
        """The version that answers now; "profiles-only" before any training."""

    def moment(self, *wanted: str) -> Moment:
        """The service as it stands now. Profiles whose keys are `wanted` are known, however new."""


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

    def rewrite_reports(self, change: Callable[[bytes], bytes]) -> int:
        """Write anew whatever of the reports `change` makes something else of; how many files."""


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def forget(shown: ShownList) -> None:
    """Record nothing of what is shown."""


def queue_nothing(_name: str, _arguments: Mapping[str, object]) -> None:
    """Leave every job undone."""


def all_is_well() -> None:
    """Find nothing wrong."""


@dataclass(frozen=True, slots=True)
class Services:
    """The store, the matching service, the model registry, the clock that dates undated events, where each
    list that is served is left for recording, what raises NotReady where this process should not be asked
    any more, what queues a job by name for a worker, and when ledgers signal something."""

    store: Store
    matches: Matching
    registry: Models
    clock: Callable[[], dt.datetime] = now
    record: Callable[[ShownList], None] = forget
    check: Callable[[], None] = all_is_well
    queue_job: Callable[[str, Mapping[str, object]], None] = queue_nothing
    attention: AttentionSettings = field(default_factory=AttentionSettings)
