"""Interactions: one typed event between a startup and a partner, at a time."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.errors import InvalidInput


class InteractionType(StrEnum):
    """What happened, in the order in which a relation usually grows."""

    SHOWN = "shown"
    VIEWED = "viewed"
    SHORTLISTED = "shortlisted"
    DISMISSED = "dismissed"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MET = "met"
    RATED = "rated"
    MENTORED = "mentored"
    INVESTED = "invested"


FIRST, END = dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2101, 1, 1, tzinfo=dt.UTC)
"""No event is earlier, and none at or after the end, which is well before that of calendars."""

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
"""What names one request, and the answer to it."""

OF_INTRODUCTIONS = "introduction "
"""So begin the source ids of Bole's own records of answers. Nobody else may give one: it would keep the
record of the answer out."""

OF_MEMBERS = "member "
"""So begin the source ids of what members record themselves, each under its own profile's id: none of them
can take one of the office's systems."""

RESERVED_SOURCES = (OF_INTRODUCTIONS, OF_MEMBERS)

TYPES = tuple(InteractionType)
"""Position = the code of the type in arrays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One event. Ids are those of the startup's organisation; a partner of another one is written org:id.

    `at` is aware (UTC). `value` is the rating (1–5) or another figure of the type. `stage`, `amount` and
    `currency` are the deal's context at that time. `source_id` makes a re-import idempotent.
    `request_id` names the answer that showed the pair, "" where none did or nobody knows.

    Raises:
        InvalidInput: a time without zone or outside 1900–2100, a rating outside 1–5, a request id that
            no answer has.
    """

    organisation: str
    startup_id: str
    partner_id: str
    type: InteractionType
    at: dt.datetime
    value: float | None = None
    stage: str = ""
    amount: float | None = None
    currency: str = ""
    source_id: str = ""
    request_id: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidInput("at", self.at, "needs a time zone")
        if not FIRST <= self.at < END:
            raise InvalidInput("at", self.at, f"must be from {FIRST.year} to {END.year - 1}")
        if self.type is InteractionType.RATED and (self.value is None or not 1 <= self.value <= 5):
            raise InvalidInput("value", self.value, "must be a rating from 1 to 5")
        if self.request_id and not REQUEST_ID.fullmatch(self.request_id):
            rule = "must be 1 to 64 letters, digits and hyphens"
            raise InvalidInput("request_id", self.request_id, rule, "leave it out where no answer showed it")

    @property
    def startup_key(self) -> str:
        """organisation:id of the startup."""
        return qualified(self.organisation, self.startup_id)

    @property
    def partner_key(self) -> str:
        """organisation:id of the partner."""
        return qualified(self.organisation, self.partner_id)


def qualified(organisation: str, reference: str) -> str:
    """The key behind a reference: "id" is of `organisation`, "org:id" stands for itself."""
    return reference if ":" in reference else f"{organisation}:{reference}"


def local(organisation: str, key: str) -> str:
    """How `organisation` writes a key: its own without prefix, others' as org:id. Inverse of `qualified`."""
    return key.removeprefix(f"{organisation}:")


@dataclass(frozen=True, slots=True)
class InteractionTable:
    """Many interactions as aligned columns of length n (an empty table has n = 0).

    `startups`, `partners`: object arrays of keys. `types`: int8 positions in TYPES. `days`: int32 days
    since 1970-01-01. `values`, `amounts`: float64, NaN where unknown. `stages`, `currencies`: object
    arrays, "" where unknown.
    """

    startups: npt.NDArray[np.object_]
    partners: npt.NDArray[np.object_]
    types: npt.NDArray[np.int8]
    days: npt.NDArray[np.int32]
    values: npt.NDArray[np.float64]
    stages: npt.NDArray[np.object_]
    amounts: npt.NDArray[np.float64]
    currencies: npt.NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.days)

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "InteractionTable":
        """The chosen rows (positions or mask) as a table of their own."""
        return InteractionTable(*(getattr(self, name)[rows] for name in self.__slots__))


def day_number(at: dt.date) -> int:
    """Days since 1970-01-01."""
    return at.toordinal() - dt.date(1970, 1, 1).toordinal()


def table_of(
    rows: Iterable[tuple[str, str, int, int, float | None, str, float | None, str]],
) -> InteractionTable:
    """A table from rows of (startup key, partner key, type code, day, value, stage, amount, currency)."""
    columns = list(zip(*rows, strict=True)) or [()] * 8
    return InteractionTable(
        startups=np.array(columns[0], dtype=object),
        partners=np.array(columns[1], dtype=object),
        types=np.array(columns[2], dtype=np.int8),
        days=np.array(columns[3], dtype=np.int32),
        values=np.array(columns[4], dtype=np.float64),
        stages=np.array(columns[5], dtype=object),
        amounts=np.array(columns[6], dtype=np.float64),
        currencies=np.array(columns[7], dtype=object),
    )


def table_from(interactions: Iterable[Interaction]) -> InteractionTable:
    """The same events as columns, in the order given."""
    return table_of(
        (
            i.startup_key,
            i.partner_key,
            TYPES.index(i.type),
            day_number(i.at.astimezone(dt.UTC).date()),
            i.value,
            i.stage,
            i.amount,
            i.currency,
        )
        for i in interactions
    )
