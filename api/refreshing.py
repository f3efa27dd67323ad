"""A thread of each worker that keeps its matching service on the live model, beside the answering."""

import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

from matcher.errors import BoleError, NotReady, UnusableModel
from matcher.matching.service import Renewal

EVERY_SECONDS = 1.0
SILENT_SECONDS = 600.0
"""With no turn ended for so long (to encode very many new texts takes minutes) the thread counts as lost."""


class Refresher:
    """Renews a service each second, and at once again while profiles wait to be built in.

    One for each worker process, made and started in it, after the fork. Whatever goes wrong in a turn is
    logged, once until it changes, and the next turn comes all the same. `renew` is `MatchService.renew`.
    """

    def __init__(
        self,
        renew: Callable[[], Renewal],
        log: Any,
        *,
        every_seconds: float = EVERY_SECONDS,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._renew, self._log, self._seconds = renew, log, seconds
        self._every_seconds = every_seconds
        self._stopping = Event()
        self._version, self._waiting = "", 0
        self._trouble = ""
        self._ended_at = seconds()
        # Its futures keep whatever a turn raises, and the interpreter waits for the last before it ends.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="refreshing")

    def start(self) -> None:
        """Begin. Nothing but the end of the process or `stop` ends it."""
        self._thread.submit(self._turn).add_done_callback(self._ended)

    def stop(self) -> None:
        """Let the turn that runs come to its end, and no other begin."""
        self._stopping.set()
        self._thread.shutdown()

    def check(self) -> None:
        """
        Raises:
            NotReady: no turn has ended for a long time: changes of the model are not followed any more.
        """
        silent = self._seconds() - self._ended_at
        if silent > SILENT_SECONDS:
            raise NotReady(f"this worker has followed no change of the model for {silent:.0f} s; restart it")

    def _turn(self) -> None:
        if not self._waiting and self._stopping.wait(self._every_seconds):
            return
        self._waiting, began = 0, self._seconds()
        left = self._renew()
        if self._version not in ("", left.model_version):
            took = round(1000 * (self._seconds() - began))
            self._log.info("model", version=left.model_version, milliseconds=took)
        self._version, self._waiting = left.model_version, left.waiting

    def _ended(self, turn: "Future[None]") -> None:
        self._ended_at = self._seconds()
        if not self._stopping.is_set():
            self._tell(turn.exception())
            self._go_on()

    def _go_on(self) -> None:
        try:
            self.start()
        except RuntimeError:  # the interpreter is ending and takes no more work
            self._stopping.set()

    def _tell(self, error: BaseException | None) -> None:
        trouble = f"{type(error).__qualname__} {error}" if error else ""
        if error and trouble != self._trouble:
            self._log.error("not renewed", **_told(error))
        if self._trouble and not error:
            self._log.info("renewed again")
        self._trouble = trouble


def _told(error: BaseException) -> dict[str, object]:
    """The error for the log: of an unusable model what is wrong with it, of others the class, and of those
    that nobody foresaw the places; their messages may hold personal text."""
    told: dict[str, object] = {"error": type(error).__qualname__}
    if isinstance(error, UnusableModel):
        told["detail"] = str(error)
    elif not isinstance(error, BoleError):
        frames = traceback.extract_tb(error.__traceback__)
        told["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return told
