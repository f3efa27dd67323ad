"""How often something may be tried: rules that say, after each try, whether and until when it is enough."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

FREE_TRIES = 5
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
FORGOTTEN_AFTER = dt.timedelta(days=1)
"""Tries that were followed by none for so long do not count any more."""


@dataclass(frozen=True, slots=True)
class Tries:
    """`count` tries since a moment, the last at `at`; no more before `until` (None: at once)."""

    count: int
    since: dt.datetime
    at: dt.datetime
    until: dt.datetime | None = None

    def is_over(self, now: dt.datetime) -> bool:
        """Whether nothing may be tried now."""
        return self.until is not None and now < self.until


Rule = Callable[[Tries | None, dt.datetime], Tries]
"""From the tries before (None: none) and this moment to the tries with one more."""


def doubling(before: Tries | None, now: dt.datetime) -> Tries:
    """Five tries are free; after the fifth and each that follows there is a pause: a minute first, twice
    as long each time, up to an hour."""
    if before is None or now - before.at >= FORGOTTEN_AFTER:
        return Tries(1, now, now)
    count = before.count + 1
    beyond = count - FREE_TRIES
    pause = None if beyond < 0 else min(FIRST_PAUSE * 2 ** min(beyond, 10), LONGEST_PAUSE)
    return Tries(count, before.since, now, pause and now + pause)


def at_most(most: int, window: dt.timedelta) -> Rule:
    """`most` tries within a window that begins with the first; none more until it ends."""

    def counted(before: Tries | None, now: dt.datetime) -> Tries:
        if before is None or now - before.since >= window:
            before = Tries(0, now, now)
        count = before.count + 1
        return Tries(count, before.since, now, before.since + window if count >= most else None)

    return counted
