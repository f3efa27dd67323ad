"""What was shown to whom, and what was said to it: served lists, recorded events."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidInput
from matcher.interactions import InteractionType

RESPONSES = (
    InteractionType.DISMISSED,
    InteractionType.REQUESTED,
    InteractionType.ACCEPTED,
    InteractionType.DECLINED,
    InteractionType.MET,
    InteractionType.MENTORED,
    InteractionType.INVESTED,
)
"""The types of events that answer a suggestion with a yes or a no."""

KEPT_DAYS = 730
"""For how long it is known what was shown to whom, unless retrain.toml says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """One list as it was served.

    `query_key` is whose list it was, `partners` the keys of those that it showed, best first (startups in
    the list of a mentor or investor), `scores` theirs in 0…1. `role` is what was looked for: "startup",
    "mentor", "investor", or "partner" for both of these in one list. `at` is aware (UTC).

    Raises:
        InvalidInput: as many scores as partners are not there, or a time without zone.
    """

    request_id: str
    organisation: str
    query_key: str
    role: str
    model_version: str
    at: dt.datetime
    partners: tuple[str, ...]
    scores: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.scores) != len(self.partners):
            raise InvalidInput(
                "scores", len(self.scores), f"must be {len(self.partners)}, one for each shown"
            )
        if self.at.tzinfo is None:
            raise InvalidInput("at", self.at, "needs a time zone")


@dataclass(frozen=True, slots=True)
class People:
    """The profiles that a Feedback is about, deleted ones too: `keys` and `roles` are object arrays [p]."""

    keys: npt.NDArray[np.object_]
    roles: npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Shown:
    """l served lists, oldest first, and their n lines.

    Of the lists: `requests`, `organisations`, `versions` object [l], `queries` intp [l] places in
    `People`, `moments` int64 [l] microseconds since 1970-01-01. Of the lines: `lists` intp [n] places in
    those, `partners` intp [n] places in `People`, `positions` int32 [n] from 1.
    """

    requests: npt.NDArray[np.object_]
    organisations: npt.NDArray[np.object_]
    versions: npt.NDArray[np.object_]
    queries: npt.NDArray[np.intp]
    moments: npt.NDArray[np.int64]
    lists: npt.NDArray[np.intp]
    partners: npt.NDArray[np.intp]
    positions: npt.NDArray[np.int32]

    def since(self, moment: int) -> "Shown":
        """The lists that were served from a moment (microseconds) on, and their lines: the last ones."""
        first = int(np.searchsorted(self.moments, moment))
        line = int(np.searchsorted(self.lists, first))
        return Shown(
            requests=self.requests[first:],
            organisations=self.organisations[first:],
            versions=self.versions[first:],
            queries=self.queries[first:],
            moments=self.moments[first:],
            lists=self.lists[line:] - first,
            partners=self.partners[line:],
            positions=self.positions[line:],
        )

    def before(self, moment: int) -> "Shown":
        """The lists that were served before a moment (microseconds), and their lines: the first ones."""
        count = int(np.searchsorted(self.moments, moment))
        lines = int(np.searchsorted(self.lists, count))
        return Shown(
            requests=self.requests[:count],
            organisations=self.organisations[:count],
            versions=self.versions[:count],
            queries=self.queries[:count],
            moments=self.moments[:count],
            lists=self.lists[:lines],
            partners=self.partners[:lines],
            positions=self.positions[:lines],
        )


@dataclass(frozen=True, slots=True)
class Responses:
    """m events of the types RESPONSES, in the order of their moments.

    `requests` object [m], "" where the event names no list; `startups`, `partners` intp [m] places in
    `People`; `types` int8 [m] places in `matcher.interactions.TYPES`; `moments` int64 [m] microseconds.
    """

    requests: npt.NDArray[np.object_]
    startups: npt.NDArray[np.intp]
    partners: npt.NDArray[np.intp]
    types: npt.NDArray[np.int8]
    moments: npt.NDArray[np.int64]

    def since(self, moment: int) -> "Responses":
        """Those from a moment (microseconds) on."""
        first = int(np.searchsorted(self.moments, moment))
        return Responses(*(getattr(self, name)[first:] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Feedback:
    """Lists that were served in a span of time, and the events since its beginning."""

    people: People
    shown: Shown
    responses: Responses

    def between(self, since: int, until: int) -> "Feedback":
        """The lists served in [since, until), in microseconds, and the events since its beginning."""
        return Feedback(self.people, self.shown.before(until).since(since), self.responses.since(since))
