"""The record of one weekly run: everything that its report tells, as values and as JSON.

Roles are those that were asked for ("mentor", "investor"), but in `DataRead.profiles`, which has all three.
Models go by the names of `MODELS`. Days and instants are ISO 8601 texts, instants with an offset: the
report shows them on that clock. What a run did not come to is left empty; None is a figure that nobody knows.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from matcher.errors import InvalidInput
from training.weekly.findings import Finding

Outcome = Literal["promoted", "kept", "rejected", "stopped"]
"""The candidate went live; it may be no better, so the live model stays; the gate turned it down; the run did
not get as far as the gate."""

MODELS = ("candidate", "live", "profiles", "lightfm", "popularity")
"""The names of what is judged: two versions of Bole, profiles alone, and the peers."""


@dataclass(frozen=True, slots=True)
class Told:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in the seven days from `week` on; `profiles`: how many took part."""

    week: str
    interactions: int
    deals: int = 0
    profiles: int = 0


@dataclass(frozen=True, slots=True)
class DataRead:
    """What was learned from; `new_interactions` came since the run before, `days` are the first and last."""

    profiles: Mapping[str, int] = field(default_factory=dict)
    interactions: int = 0
    new_interactions: int = 0
    days: tuple[str, str] | None = None
    by_week: tuple[Week, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """One model on one role's holdout, by lists of ten; `low` and `high` are the 95 % interval of nDCG."""

    ndcg: float
    low: float | None = None
    high: float | None = None
    recall: float | None = None
    hit: float | None = None
    mrr: float | None = None
    coverage: float | None = None
    gini: float | None = None
    ece: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """nDCG of the candidate less the live model's (without one, profiles alone), with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Models side by side on the same holdout of one role."""

    queries: int
    models: Mapping[str, Figures] = field(default_factory=dict)
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Pairs of like probability: what was said, the share that happened, and where its 95 % lies."""

    said: float
    happened: float
    pairs: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PastRun:
    """An earlier run, with nDCG of its candidate and of the then live model by role."""

    run: str
    at: str
    outcome: Outcome
    version: str | None = None
    ndcg: Mapping[str, float] = field(default_factory=dict)
    live_ndcg: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mover:
    """A partner that rose or fell far in one query's list; None is a place that is not in the list."""

    query: str
    name: str
    partner: str
    partner_name: str
    before: int | None
    after: int | None
    reasons: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of ten before and after: mean overlap 0…1, how many queries share 0, 1 … 10 partners, movers."""

    overlap: float
    histogram: tuple[int, ...]
    movers: tuple[Mover, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPartner:
    """How often a partner stands in lists of ten, by the live model before and by the candidate."""

    key: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly lists of ten show the partners.

    A Lorenz curve is the share of all places that the least shown 0, 1/n … n/n of the partners have.
    """

    gini_before: float | None
    gini_after: float | None
    most_shown: tuple[ShownPartner, ...] = ()
    never_shown: int | None = None
    lorenz_before: tuple[float, ...] = ()
    lorenz_after: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """A service of the catalogue: how many startups want it, and how many partners offer it."""

    code: str
    zh: str
    en: str
    wanted: int
    offered: int


@dataclass(frozen=True, slots=True)
class Supply:
    """What is wanted and hardly offered, worst first."""

    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the run; `peak_mib` is the process's highest memory by its end, in MiB."""

    name: str
    seconds: float
    peak_mib: float | None = None


@dataclass(frozen=True, slots=True)
class WeeklyRecord:
    """One run, whole. `live_before` and `live_after` are None where only profiles alone served."""

    run: str
    started_at: str
    finished_at: str
    outcome: Outcome
    live_before: str | None = None
    candidate: str | None = None
    live_after: str | None = None
    data: DataRead = field(default_factory=DataRead)
    checks: tuple[Finding, ...] = ()
    gate: tuple[Finding, ...] = ()
    quality: Mapping[str, Quality] = field(default_factory=dict)
    calibration: Mapping[str, Mapping[str, tuple[Said, ...]]] = field(default_factory=dict)
    history: tuple[PastRun, ...] = ()
    lists: Mapping[str, Lists] = field(default_factory=dict)
    exposure: Mapping[str, Exposure] = field(default_factory=dict)
    supply: Supply = field(default_factory=Supply)
    steps: tuple[Step, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long the run took."""
        started, finished = map(dt.datetime.fromisoformat, (self.started_at, self.finished_at))
        return (finished - started).total_seconds()

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        document: dict[str, object] = _RECORD.dump_python(self, mode="json")
        return document

    def to_json(self) -> str:
        """The JSON document; a figure that is no number (NaN, infinity) is null in it."""
        return _RECORD.dump_json(self, indent=1).decode()

    @staticmethod
    def from_dict(document: Mapping[str, object]) -> "WeeklyRecord":
        """The record that plain values spell, nested ones too; what it does not know is passed over.

        Raises:
            InvalidInput: a value that is missing or of another kind, by its place.
        """
        try:
            return _RECORD.validate_python(document)
        except ValidationError as error:
            raise _refused(error) from error

    @staticmethod
    def from_json(text: str | bytes) -> "WeeklyRecord":
        """The record that `to_json` wrote.

        Raises:
            InvalidInput: see `from_dict`; also a text that is not JSON.
        """
        try:
            return _RECORD.validate_json(text)
        except ValidationError as error:
            raise _refused(error) from error


_RECORD = TypeAdapter(WeeklyRecord)


def _refused(error: ValidationError) -> InvalidInput:
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"])) or "record"
    return InvalidInput(place, first["input"], f"does not fit a weekly record: {first['msg']}")
