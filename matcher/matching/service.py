"""The match service: keeps a snapshot of the store and the live model fresh, and answers from it."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matcher.encoding.cache import Progress
from matcher.errors import NotReady, UnusableModel
from matcher.interactions import qualified
from matcher.matching.answers import Explanation, Filters, MatchList, PairScore
from matcher.matching.moment import NO_FILTERS, Moment
from matcher.matching.rebuilding import rebuilt
from matcher.matching.snapshot import (
    Snapshot,
    Sources,
    absorbed,
    is_current,
    refreshed,
    take_snapshot,
)
from matcher.model.parameters import UNTRAINED
from matcher.model.registry import Registry
from matcher.profiles import Role

LIVE_CHECK_SECONDS = 1.0
"""How often a service that renews itself asks the registry which version is live: it may be far away."""
LIVE_RETRY_SECONDS = 30.0
"""How long a version that cannot be used is left alone: to read it again takes a while."""
FRESH = 1000
"""With more profiles in fresh pools these are folded into the large ones."""
AT_ONCE = 50
"""So many changed profiles a request builds in by itself: to encode a text takes some milliseconds."""
ABSORBED = 256
"""So many of those that wait are built in at a time, more as the fresh pools grow."""
PATIENCE_SECONDS = 0.5
"""So long a request waits for another that reads a change, before it answers without that change."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, given rather than read: today's date, and seconds that only grow."""

    today: Callable[[], dt.date]
    seconds: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a renewal left: the version that answers, and how many changed profiles still wait."""

    model_version: str
    waiting: int


class MatchService:
    """Answers match requests. One per process; safe to call from several threads.

    Nothing is read before the first `refresh`, so that a service made before a fork holds no threads
    and no index. What takes long is done by `renew`. Where it is `renewed_apart`, by a thread that calls it
    again and again, requests never wait for it; else `refresh` calls it, at most every second.
    """

    def __init__(
        self,
        sources: Sources,
        registry: Registry,
        clock: Clock,
        progress: Progress = lambda _: None,
        *,
        renewed_apart: bool = False,
    ) -> None:
        self._sources = sources
        self._registry = registry
        self._clock = clock
        self._progress = progress
        self._renewed_apart = renewed_apart
        self._snapshot: Snapshot | None = None
        self._next_renewal = -LIVE_CHECK_SECONDS
        self._tried, self._try_again = UNTRAINED, 0.0
        self._following = threading.Lock()
        self._renewing = threading.Lock()

    @property
    def model_version(self) -> str:
        """The version that answers now."""
        return self.refresh().model.version

    def moment(self, *wanted: str) -> Moment:
        """The service as it stands now, for several questions that are to be answered from one snapshot; the
        profiles whose keys are `wanted` are among those it knows, however many changed with them."""
        return Moment(self.refresh(wanted))

    def refresh(self, wanted: Iterable[str] = ()) -> Snapshot:
        """The snapshot of this moment, with what changed in the store since the last call.

        Raises:
            NotReady: the store cannot be read, or the first snapshot is still being taken.
            UnusableModel: there is no snapshot yet, and the live model cannot be used.
        """
        if self._snapshot is None:
            self._begin()
        elif not self._renewed_apart:
            self._renew_when_due()
        return self._followed(wanted)

    def renew(self) -> Renewal:
        """Answer from the live version, and build in some of those who wait.

        All that takes long is made beside the snapshot that answers, brought up to date with what happened
        in the store meanwhile, and put in its place at once.

        Raises:
            UnusableModel: the live version cannot be used; the one there is goes on serving, and the other
                is left alone for LIVE_RETRY_SECONDS. NotReady: the store cannot be read.
        """
        with self._renewing:
            try:
                self._replace(self._under_live_model)
            finally:
                self._replace(self._grown)
            return Renewal(self._current.model.version, len(self._current.waiting))

    def match(
        self,
        organisation: str,
        query_ids: Sequence[str],
        *,
        role: Role | None,
        k: int = 10,
        filters: Filters = NO_FILTERS,
        spread: bool = False,
    ) -> list[MatchList]:
        """See `Moment.match`."""
        moment = self.moment(*(qualified(organisation, query_id) for query_id in query_ids))
        return moment.match(organisation, query_ids, role=role, k=k, filters=filters, spread=spread)

    def score(self, organisation: str, pairs: Sequence[tuple[str, str]]) -> list[PairScore]:
        """See `Moment.score`."""
        moment = self.moment(*(qualified(organisation, reference) for pair in pairs for reference in pair))
        return moment.score(organisation, pairs)

    def explain(self, organisation: str, a: str, b: str, *, k: int = 10) -> Explanation:
        """See `Moment.explain`."""
        moment = self.moment(qualified(organisation, a), qualified(organisation, b))
        return moment.explain(organisation, a, b, k=k)

    @property
    def _current(self) -> Snapshot:
        if self._snapshot is None:
            raise NotReady("the first snapshot is still being read; try again in a moment")
        return self._snapshot

    def _begin(self) -> None:
        """Take the first snapshot; whoever comes meanwhile waits for it."""
        with self._following:
            if self._snapshot is None:
                self._next_renewal = self._clock.seconds() + LIVE_CHECK_SECONDS
                model, today = self._registry.live_model(), self._clock.today()
                self._snapshot = take_snapshot(self._sources, model, today, self._progress)

    def _renew_when_due(self) -> None:
        now = self._clock.seconds()
        if now >= self._next_renewal:
            self._next_renewal = now + LIVE_CHECK_SECONDS
            try:
                self.renew()
            except UnusableModel:
                return  # the one that serves goes on serving

    def _followed(self, wanted: Iterable[str] = ()) -> Snapshot:
        """The current snapshot, brought up to date with the store."""
        sought, today = tuple(wanted), self._clock.today()
        if is_current(self._current, self._sources, today, sought):
            return self._current
        if self._following.acquire(timeout=PATIENCE_SECONDS):
            try:
                self._snapshot = self._up_to_date(self._current, sought)
            finally:
                self._following.release()
        return self._current

    def _up_to_date(self, snapshot: Snapshot, wanted: Sequence[str] = ()) -> Snapshot:
        today, at_once = self._clock.today(), AT_ONCE if self._renewed_apart else None
        return refreshed(snapshot, self._sources, today, at_once=at_once, wanted=wanted)

    def _replace(self, make: Callable[[Snapshot], Snapshot]) -> None:
        """Put what `make` makes of the current snapshot in its place. What happens in the store while it is
        made is in it before anybody sees it; most of that is read before others have to wait for it."""
        current = self._followed()
        made = make(current)
        if made is not current:
            made = self._up_to_date(made)
            with self._following:
                self._snapshot = self._up_to_date(made)

    def _under_live_model(self, current: Snapshot) -> Snapshot:
        """The snapshot under the live version; one that was tried and could not be used is left alone."""
        version, now = self._registry.live() or UNTRAINED, self._clock.seconds()
        tried, self._tried = self._tried, version
        if version == current.model.version or (version == tried and now < self._try_again):
            return current
        self._try_again = now + LIVE_RETRY_SECONDS
        return rebuilt(current, self._registry.live_model(), self._sources.encoder)

    def _grown(self, current: Snapshot) -> Snapshot:
        """The snapshot with some of those who wait, or with its fresh pools folded in."""
        if current.waiting:
            return absorbed(current, self._sources, max(ABSORBED, current.fresh))
        if current.fresh > FRESH:
            return rebuilt(current, current.model, self._sources.encoder)
        return current
