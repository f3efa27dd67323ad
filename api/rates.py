"""How many calls one caller may make: a steady rate, and some more at once after a rest.

Each worker process counts for itself, in memory: a limit costs a call microseconds and the database nothing.
`limits`, which Flask-Limiter is made of, knows windows but no rate with a burst, and starts a timer's thread
again and again while calls come in.
"""

import threading

HEAVY = 20
"""So many light calls does one cost that solves, imports or makes a file of all there is."""
MOST_CALLERS = 10_000
"""Callers that are kept in mind. Those who rested long enough are forgotten first."""


class Rate:
    """Counts the calls of each caller. Several threads may use one."""

    def __init__(self, per_second: float, at_once: int) -> None:
        self._seconds_each = 1 / per_second
        self._slack = at_once / per_second
        self._full_at: dict[
            str, float
        ] = {}  # when the caller will have rested enough to call `at_once` again
        self._lock = threading.Lock()

    def take(self, caller: str, cost: int, now: float) -> float:
        """Count a call at a moment (in seconds of any clock): 0.0 where it may be made, else the seconds to
        wait for it; then it is not counted."""
        with self._lock:
            full_at = max(self._full_at.get(caller, now), now) + cost * self._seconds_each
            wait = full_at - now - self._slack
            if wait > 0:
                return wait
            if caller not in self._full_at and len(self._full_at) >= MOST_CALLERS:
                self._forget(now)
            self._full_at[caller] = full_at
        return 0.0

    def _forget(self, now: float) -> None:
        """Forget who has rested enough, and the half that rested longest where nearly all are busy."""
        busy = sorted(((at, who) for who, at in self._full_at.items() if at > now), reverse=True)
        self._full_at = {who: at for at, who in busy[: MOST_CALLERS // 2]}
