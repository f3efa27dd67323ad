"""What is to be decided: which of the eligible pairs meet, within everyone's limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidInput
from matcher.vocabulary import Rows

Float64 = npt.NDArray[np.float64]
Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


class Objective(StrEnum):
    """What the best assignment is."""

    HIGHEST_TOTAL = "highest_total"
    """The largest sum of values."""
    NOBODY_LEFT_OUT = "nobody_left_out"
    """As many startups as possible meet somebody; among those assignments the highest total."""
    FAIREST = "fairest"
    """The worst-off startup has as much as possible, then the next one, and so on (leximin)."""
    FEWEST_CHANGES = "fewest_changes"
    """As few published pairs as possible are dropped; among those assignments the highest total."""


class Importance(StrEnum):
    """How far a limit may give way."""

    MUST = "must"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PENALTIES: Mapping[Importance, float] = MappingProxyType(
    {Importance.HIGH: 1.0, Importance.MEDIUM: 0.3, Importance.LOW: 0.1}
)
"""What a unit short of (or beyond) a limit costs, in values of a pair: a limit of high importance gives way
only for more than a perfect pair is worth."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """The pairs that may meet, each once: `startups` and `partners` are rows, `values` from 0 to 1."""

    startups: Rows
    partners: Rows
    values: Float64

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many meetings each of n startups and m partners has, at least and at most.

    `firms` [m] are codes of the partners' firms, −1 where a partner has none; a startup meets at most
    `per_firm` partners of one firm. What is not a must by its importance may give way at a price.
    """

    startup_min: Int64
    startup_max: Int64
    partner_min: Int64
    partner_max: Int64
    firms: Int64 | None = None
    per_firm: int | None = None
    startup_importance: Importance = Importance.MUST
    partner_importance: Importance = Importance.MUST
    firm_importance: Importance = Importance.MUST

    def __post_init__(self) -> None:
        for side in ("startup", "partner"):
            least, most = getattr(self, f"{side}_min"), getattr(self, f"{side}_max")
            if len(least) != len(most) or np.any(least < 0):
                raise InvalidInput(f"{side}_min", least, "must be 0 or more, one for each")
            for row in np.flatnonzero(least > most)[:1]:
                rule = f"is more than the {most[row]} that the same {side} may have at most"
                raise InvalidInput(f"{side}_min", least[row], rule, "lower the one or raise the other")


@dataclass(frozen=True, slots=True)
class Problem:
    """Arcs and limits; `locked` pairs meet whatever their value, `published` ones were promised before."""

    arcs: Arcs
    limits: Limits
    locked: Bool = field(default_factory=lambda: np.zeros(0, dtype=bool))
    published: Bool = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        for name in ("locked", "published"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.arcs), dtype=bool))
        arcs, partners = self.arcs, self.shape[1]
        if not np.all((arcs.values >= 0) & (arcs.values <= 1)):
            raise InvalidInput("values", arcs.values, "must be from 0 to 1")
        numbers = arcs.startups.astype(np.int64) * max(partners, 1) + arcs.partners
        if not np.all(numbers[1:] > numbers[:-1]) and len(np.unique(np.sort(numbers))) < len(numbers):
            raise InvalidInput("arcs", len(numbers), "name a pair twice")

    @property
    def shape(self) -> tuple[int, int]:
        """How many startups and partners there are."""
        return len(self.limits.startup_max), len(self.limits.partner_max)
