"""Leases: who may do what only one at a time may do, for as long as it shows that it lives."""

import datetime as dt
from dataclasses import dataclass

MARK = "@"
"""Where the mark begins in a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work under `name`, held by `owner` until it is released or its heartbeat is too old.

    Moments are aware (UTC). `token` is new each time that the lease changes hands: whoever still holds an
    older one is told so by the store, and must stop. It ends with the holder's mark.
    """

    name: str
    owner: str
    started_at: dt.datetime
    heartbeat_at: dt.datetime
    token: str

    @property
    def mark(self) -> str:
        """What the holder left for those who can tell by it whether it still lives; "" for nothing."""
        return self.token.partition(MARK)[2]
