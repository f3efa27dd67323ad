"""Small worlds whose right answers are known by thought, and stand-ins that make them cheap.

The checkerboard: startups of the field "alpha" only ever chose the investors i0…i4, those of "beta" i5…i9.
Nobody declares anything else, so that whoever has learned it ranks i0…i4 first for a new alpha startup.
"""

import datetime as dt
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.encoding.encoder import DIMENSIONS
from matcher.interactions import Interaction, InteractionTable, InteractionType, table_from
from matcher.matching.snapshot import Snapshot, Sources, take_snapshot
from matcher.model.parameters import Model, untrained
from matcher.profiles import Profile, Role
from matcher.store import Changes
from training.factors import FactorSettings
from training.train import train
from training.world import read_data

TODAY = dt.date(2026, 3, 1)
ORGANISATION = "north"
FIELDS = ("alpha", "beta")
ALPHA_INVESTORS = tuple(f"i{n}" for n in range(5))
BETA_INVESTORS = tuple(f"i{n}" for n in range(5, 10))


class WordEncoder:
    """Counts words into hashed places: equal texts have cosine 1, texts without a common word 0."""

    def name(self) -> str:
        return "words"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                vectors[row, zlib.crc32(word.encode()) % DIMENSIONS] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass
class VectorMemory:
    """Vectors kept in a dictionary."""

    held: dict[tuple[str, bytes], npt.NDArray[np.float16]] = field(default_factory=dict)

    def vectors(self, encoder: str, hashes: Sequence[bytes]) -> Mapping[bytes, npt.NDArray[np.float16]]:
        return {h: self.held[encoder, h] for h in hashes if (encoder, h) in self.held}

    def put_vectors(self, encoder: str, vectors: Mapping[bytes, npt.NDArray[np.float16]]) -> None:
        self.held = {(encoder, h): vector for h, vector in vectors.items()} | self.held


def startup(id_: str, **given: Any) -> Profile:
    return _profile(Role.STARTUP, id_, given)


def mentor(id_: str, **given: Any) -> Profile:
    return _profile(Role.MENTOR, id_, given)


def investor(id_: str, **given: Any) -> Profile:
    return _profile(Role.INVESTOR, id_, given)


def _profile(role: Role, id_: str, given: dict[str, Any]) -> Profile:
    return Profile(
        **{"organisation": ORGANISATION, "role": role, "id": id_, "name": f"Name of {id_}"} | given
    )


def event(
    startup_id: str,
    partner_id: str,
    type_: InteractionType = InteractionType.INVESTED,
    *,
    days_ago: int = 30,
    **given: Any,
) -> Interaction:
    """What happened so many days before TODAY."""
    day = TODAY - dt.timedelta(days=days_ago)
    at = dt.datetime.combine(day, dt.time(12), dt.UTC)
    wanted = {"organisation": ORGANISATION, "startup_id": startup_id, "partner_id": partner_id}
    return Interaction(**wanted | {"type": type_, "at": at} | given)


def ordered(events: Iterable[Interaction]) -> InteractionTable:
    """The events as the store would hand them out."""
    key = lambda e: (e.at, e.startup_key, e.partner_key, e.type)  # noqa: E731
    return table_from(sorted(events, key=key))


def checkerboard(each: int = 10) -> tuple[list[Profile], list[Interaction]]:
    """So many startups of either field and ten investors; each startup chose all five of its field.

    Beside them stand "cold-alpha" and "cold-beta", startups that have chosen nobody yet, and the investor
    "i-new", whom nobody has chosen.
    """
    chosen = dict(zip(FIELDS, (ALPHA_INVESTORS, BETA_INVESTORS), strict=True))
    startups = {f"{name}{n}": name for name in FIELDS for n in range(each)}
    profiles = [startup(id_, industries=(name,)) for id_, name in startups.items()]
    profiles += [startup(f"cold-{name}", industries=(name,)) for name in FIELDS]
    profiles += [investor(id_) for id_ in (*ALPHA_INVESTORS, *BETA_INVESTORS, "i-new")]
    events = [event(id_, partner) for id_, name in startups.items() for partner in chosen[name]]
    return sorted(profiles, key=lambda profile: profile.key), events


@dataclass
class StillStore(VectorMemory):
    """A store in which nothing happens: what a snapshot is first taken of."""

    people: Sequence[Profile] = ()
    events: Sequence[Interaction] = ()

    def revision(self) -> int:
        return 1

    def changes_since(self, revision: int) -> Changes:
        if revision >= self.revision():
            return Changes(revision, [], [], ordered([]))
        return Changes(1, sorted(self.people, key=lambda profile: profile.key), [], ordered(self.events))


def snapshot_of(
    people: Sequence[Profile], events: Sequence[Interaction] = (), model: Model | None = None
) -> Snapshot:
    """How these people stand today; under the untrained model by default."""
    store = StillStore(people=people, events=events)
    return take_snapshot(Sources(store, WordEncoder()), model or untrained(), TODAY)


def trained_on(
    people: Sequence[Profile], events: Sequence[Interaction], *, as_of: dt.date = TODAY, seeds: int = 1
) -> Model:
    """The model of what happened before a date; one seed of the factors is enough for a small world."""
    data = read_data(people, ordered(events), WordEncoder(), VectorMemory(), lambda _: None)
    return train(data, as_of, FactorSettings(seeds=tuple(range(seeds)), dimensions=8, epochs=10))
