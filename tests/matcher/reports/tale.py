"""What was shown and said, told in a few words: lists and events as the store gives them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matcher.interactions import TYPES, InteractionType
from matcher.shown import Feedback, People, Responses, Shown

START = dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ROLES = {"s": "startup", "m": "mentor", "i": "investor"}


def moment(day: float) -> int:
    """Microseconds of so many days after the start."""
    return (START + dt.timedelta(days=day) - EPOCH) // dt.timedelta(microseconds=1)


@dataclass
class Tale:
    """Profiles are s1, m1, i1 …: the letter is the role. Days count from the start."""

    shown: list[tuple[float, str, str, str, str, Sequence[str]]] = field(default_factory=list)
    said: list[tuple[float, str, str, InteractionType, str]] = field(default_factory=list)

    def list(
        self,
        query: str,
        partners: str,
        *,
        day: float = 0.0,
        request: str = "",
        version: str = "A",
        organisation: str = "north",
    ) -> None:
        """A list of `partners` (with spaces between) was shown to `query`."""
        request = request or f"r{len(self.shown)}"
        self.shown.append((day, request, organisation, version, query, partners.split()))

    def say(self, kind: str, startup: str, partner: str, *, day: float = 1.0, request: str = "") -> None:
        """An event between two."""
        self.said.append((day, startup, partner, InteractionType(kind), request))

    def feedback(self) -> Feedback:
        """As the store gives it: oldest first."""
        shown, said = sorted(self.shown, key=lambda x: x[0]), sorted(self.said, key=lambda x: x[0])
        lines = [
            (row, partner, place)
            for row, each in enumerate(shown)
            for place, partner in enumerate(each[5], 1)
        ]
        keys = sorted({*(x[4] for x in shown), *(x[1] for x in lines), *(k for x in said for k in x[1:3])})
        at = {key: place for place, key in enumerate(keys)}
        return Feedback(
            People(_texts(keys), _texts([ROLES[key[0]] for key in keys])),
            Shown(
                requests=_texts([x[1] for x in shown]),
                organisations=_texts([x[2] for x in shown]),
                versions=_texts([x[3] for x in shown]),
                queries=np.array([at[x[4]] for x in shown], np.intp),
                moments=np.array([moment(x[0]) for x in shown], np.int64),
                lists=np.array([x[0] for x in lines], np.intp),
                partners=np.array([at[x[1]] for x in lines], np.intp),
                positions=np.array([x[2] for x in lines], np.int32),
            ),
            Responses(
                requests=_texts([x[4] for x in said]),
                startups=np.array([at[x[1]] for x in said], np.intp),
                partners=np.array([at[x[2]] for x in said], np.intp),
                types=np.array([TYPES.index(x[3]) for x in said], np.int8),
                moments=np.array([moment(x[0]) for x in said], np.int64),
            ),
        )


def _texts(values: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.array(values, dtype=object)
