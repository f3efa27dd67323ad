"""Uploads: files that somebody looks at before they are imported."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matcher.errors import Conflict

KEPT_FOR = dt.timedelta(days=1)
"""So long do files wait; then they are deleted."""
TAKEN_FOR = dt.timedelta(minutes=5)
"""Whoever imports them and is not heard of for so long is taken for dead."""
MOST_WAITING = 10
"""So many uploads of one organisation may wait: a further one takes the place of the oldest."""


class UploadState(StrEnum):
    """Waiting for somebody to look; taken by who imports it; done, and its files deleted."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Files without their content. `plan` is what was said of them and `look` what they hold, both JSON."""

    id: str
    organisation: str
    who: str
    at: dt.datetime
    version: int
    state: UploadState
    names: tuple[str, ...]
    plan: Mapping[str, Any]
    look: Mapping[str, Any]


class Overtaken(Conflict):
    """Somebody else has changed, or imports, the upload that the caller looked at."""
