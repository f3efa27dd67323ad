"""What was shown is recorded beside answering: a request leaves its list and goes on, a thread writes.

A list is lost, and counted, where there is no room for more that wait, or a batch cannot be written. A
process that is killed loses the lists of its last second.
"""

import zlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock

from flask import g, request
from prometheus_client import Counter

from api.access import current_scope, current_services
from api.observing import Observer
from matcher.interactions import qualified
from matcher.matching.answers import MatchList
from matcher.profiles import Profile, Role
from matcher.shown import ShownList

EVERY_SECONDS = 1.0
BATCH = 200
ROOM = 5_000
"""Lists that may wait: ten shown partners each, some 10 MB."""


def record_shown(found: MatchList, query: Profile) -> None:
    """Leave the list that this request serves to `query` for recording. Who asks for headers only saw none.

    Does not wait for the store, and nothing that goes wrong there is raised here.
    """
    if request.method == "HEAD":
        return
    services, organisation = current_services(), current_scope().organisation
    pairs = [match.pair for match in found.matches]
    shown = [pair.startup_id if found.role is Role.STARTUP else pair.partner_id for pair in pairs]
    services.record(
        ShownList(
            request_id=g.request_id,
            organisation=organisation,
            query_key=query.key,
            role=found.role or "partner",
            model_version=found.model_version,
            at=services.clock(),
            partners=tuple(qualified(organisation, reference) for reference in shown),
            scores=tuple(pair.score for pair in pairs),
        )
    )


class Recorder:
    """Takes served lists and writes them every second, or every 200, in a thread of its own.

    One for each worker process, made in it. `write` is `Store.add_shown`; whatever it raises is logged and
    counted. `share` (0…1) is the part of all requests of which lists are recorded, chosen by request id. What
    waits when the process ends is written before it does.
    """

    def __init__(
        self,
        write: Callable[[Sequence[ShownList]], None],
        records: Observer,
        *,
        share: float = 1.0,
        room: int = ROOM,
        every_seconds: float = EVERY_SECONDS,
    ) -> None:
        self._write, self._log = write, records.log
        self._share, self._room, self._every_seconds = share, room, every_seconds
        outcomes = Counter(
            "bole_shown_lists",
            "Served lists by what became of their record",
            ("outcome",),
            registry=records.registry,
        )
        self._recorded, self._dropped, self._lost = map(outcomes.labels, ("recorded", "dropped", "lost"))
        self._waiting: deque[ShownList] = deque()
        self._enough, self._lock = Event(), Lock()
        self._busy, self._closing, self._underway = False, False, 0
        # Its future keeps whatever a batch raises, and the interpreter waits for it before it ends.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recording")

    def put(self, shown: ShownList) -> None:
        """Leave one list. Where too many wait it is dropped."""
        if not is_sampled(shown.request_id, self._share):
            return
        with self._lock:
            waiting = len(self._waiting)
            if waiting < self._room:
                self._waiting.append(shown)
            idle, self._busy = not self._busy, True
        if waiting >= self._room:
            self._dropped.inc()
        if waiting + 1 >= BATCH:
            self._enough.set()
        if idle:
            self._thread.submit(self._write_waiting).add_done_callback(self._ended)

    @property
    def is_busy(self) -> bool:
        """Whether lists wait or are being written."""
        return self._busy

    def close(self) -> None:
        """Write what waits, now. Nothing may be put afterwards."""
        self._closing = True
        self._enough.set()
        self._thread.shutdown()
        self._lost.inc(len(self._waiting))  # what came after a batch that could not be written

    def _write_waiting(self) -> None:
        """Write batches until none is left."""
        while batch := self._next():
            self._write(batch)
            self._recorded.inc(len(batch))

    def _next(self) -> list[ShownList]:
        """At most BATCH lists, a second after the first came or as soon as they are so many; [] to end."""
        self._enough.wait(self._every_seconds)
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            self._busy, self._underway = bool(batch), len(batch)
            if len(self._waiting) < BATCH and not self._closing:
                self._enough.clear()
        return batch

    def _ended(self, written: "Future[None]") -> None:
        """Tell of a batch that could not be written. Those behind it are tried again with the next list."""
        if error := written.exception():
            self._lost.inc(self._underway)
            self._log.error("lists not recorded", lists=self._underway, error=type(error).__qualname__)
            with self._lock:
                self._busy = False


def is_sampled(request_id: str, share: float) -> bool:
    """Whether this request is among the `share` (0…1) that are recorded: the same answer every time."""
    return zlib.crc32(request_id.encode()) < share * 2**32
