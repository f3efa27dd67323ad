"""A worker whose threads wait for no slow sender: it reads a request as it comes, and answers it once whole.

gunicorn's gthread gives a connection a thread with its first byte, so that as many senders who never finish
as there are threads stop the service. Here the poller waits for them. What is too large to be kept meanwhile
is read by the thread, for a time that ends.
"""

import errno
import re
import socket
import time
from concurrent.futures import Future
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker  # type: ignore[import-untyped]

MOST_KEPT_BYTES = 256 * 1024
"""So much of a request waits without a thread; forms are smaller, most imports too."""
SILENCE_SECONDS = 10.0
"""A connection ends when no byte has come for so long."""
REQUEST_SECONDS = 60.0
"""A request that is not there by then is given up; one that a thread reads has as long again and, for what
came, the time at SLOWEST_BYTES_PER_SECOND."""
SLOWEST_BYTES_PER_SECOND = 16 * 1024
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_AT_ONCE = re.compile(rb"\r\n(?:expect|transfer-encoding|upgrade):", re.IGNORECASE)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gthread, for which a request counts once it has come."""

    def enqueue_req(self, conn: TConn) -> None:
        """Answer the connection's next request, or wait on for it."""
        if not isinstance(conn.sock, _Patient):
            conn.sock = _Patient(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """The answer's outcome; _DEFER where the poller is to wait for more of the request."""
        if conn.parser is None or not conn.parser.unreader.buf.getvalue():
            try:
                come = _come(conn)
            except OSError:
                return False
            if not come:
                return _DEFER if time.monotonic() < conn.begun + REQUEST_SECONDS else False
            conn.sock.setblocking(True)
            conn.init()
            conn.parser.unreader.unread(bytes(conn.early))
            del conn.early, conn.begun
        conn.sock.begin()
        return super().handle(conn)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """Go on as the outcome says."""
        super().finish_request(conn, fs)
        if not fs.cancelled() and fs.exception() is None and fs.result() is _DEFER:
            conn.timeout = time.monotonic() + SILENCE_SECONDS


class _Patient(socket.socket):
    """A connection whose reader gives up after a time that grows with what came."""

    _until = 0.0

    def begin(self) -> None:
        """Give the next request its time."""
        self._until = time.monotonic() + REQUEST_SECONDS

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What came.

        Raises:
            OSError: nothing, for too long.
        """
        if self.gettimeout() == 0.0:
            return super().recv(size, flags)
        left = min(SILENCE_SECONDS, self._until - time.monotonic())
        try:
            self.settimeout(max(left, 0.001))
            found = super().recv(size, flags)
        except TimeoutError as error:
            raise OSError(errno.ECONNRESET, "the sender is too slow") from error
        finally:
            self.settimeout(None)
        self._until += len(found) / SLOWEST_BYTES_PER_SECOND
        return found


def _come(conn: TConn) -> bool:
    """Whether the next request is there, or so much of it that a thread must read the rest; what has come is
    in `conn.early`."""
    if getattr(conn, "early", None) is None:
        conn.early, conn.begun = bytearray(), time.monotonic()
    conn.sock.setblocking(False)
    try:
        while len(conn.early) < MOST_KEPT_BYTES:
            some = conn.sock.recv(65_536)
            if not some:
                return True  # the sender has ended: the parser says of what
            conn.early += some
    except BlockingIOError:
        return _is_whole(conn.early)
    return True


def _is_whole(early: bytearray) -> bool:
    head = early.find(_HEAD_END)
    if head < 0:
        return False
    above = bytes(early[: head + 2])
    length = _LENGTH.search(above)
    return bool(_AT_ONCE.search(above)) or len(early) >= head + 4 + (int(length[1]) if length else 0)
