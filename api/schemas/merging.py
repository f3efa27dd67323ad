"""Duplicates and merging as JSON."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from api.merging import Choice
from api.schemas.common import Answer, Closed, Query, Reference, Text
from matcher.amendments import Amendment
from matcher.duplicates.reasons import said
from matcher.matching.phrases import Language
from matcher.merging import Take
from matcher.profiles import Role
from matcher.store.duplicates import Suggestion


class DuplicatesQuery(Query):
    """Which pairs are asked for."""

    role: Role | None = None
    apart: bool = Field(default=False, description="those that somebody said are not the same")
    offset: Annotated[int, Field(ge=0, le=10**6)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    lang: Language = "zh"


class DuplicateOut(Closed):
    """Two profiles that may be one, and why."""

    role: Role
    id: str
    name: str
    other_id: str
    other_name: str
    reasons: list[str]
    in_words: list[str]
    likeness: float
    apart_by: str

    @classmethod
    def of(cls, found: Suggestion, language: Language) -> "DuplicateOut":
        """The pair for a reader of a language."""
        return cls(
            role=found.role,
            id=found.id,
            name=found.name,
            other_id=found.other_id,
            other_name=found.other_name,
            reasons=list(found.reasons),
            in_words=[said(reason, language) for reason in found.reasons],
            likeness=found.likeness,
            apart_by=found.apart_by,
        )


class DuplicatesAnswer(Answer):
    """Some pairs, the likeliest first; how many wait in all; and when they were searched (null: never)."""

    count: int
    searched_at: dt.datetime | None
    stale: bool = Field(description="something has changed since; POST /v1/duplicates/search searches again")
    duplicates: list[DuplicateOut]


class SearchAnswer(Answer):
    """How many pairs were found; null where a worker searches, as there are many profiles."""

    found: int | None


class ApartIn(Closed):
    """Two profiles, and whether they are two (true) or may be one after all (false)."""

    id: Reference
    other_id: Reference
    apart: bool = True


class ApartAnswer(Answer):
    """What is remembered of the two."""

    id: str
    other_id: str
    apart: bool


class MergeIn(Closed):
    """What becomes of which profile. Fields that are not named are as proposed: the fuller one's."""

    gone: Reference = Field(description="the profile that becomes the one of the address")
    fields: dict[Text, Take] = Field(default_factory=dict, max_length=100)
    months: list[dt.date] = Field(
        default_factory=list, max_length=2_000, description="months whose figures are taken from `gone`"
    )
    contact: Take = Take.STAYS

    def choice(self) -> Choice:
        """What was chosen."""
        return Choice(self.fields, frozenset(month.replace(day=1) for month in self.months), self.contact)


class UndoneOut(Closed):
    """What taking a merge back did, and what it left as somebody has changed it since."""

    restored: int
    left: list[str]
    months: int
    months_left: int
    moved: int
    moved_left: int


class MergeAnswer(Answer):
    """A merge: who became whose; `undone` once it was taken back."""

    change_id: str
    gone: str
    stays: str
    at: dt.datetime
    who: str
    undone: UndoneOut | None

    @classmethod
    def of(cls, change: Amendment, request_id: str) -> "MergeAnswer":
        """The merge as an answer."""
        undone = change.undone and UndoneOut(
            left=list(change.undone.left),
            **{name: getattr(change.undone, name) for name in _COUNTS},
        )
        return cls(
            request_id=request_id,
            change_id=change.id,
            gone=change.summary["gone"],
            stays=change.summary["stays"],
            at=change.at,
            who=change.who,
            undone=undone or None,
        )


_COUNTS = ("restored", "months", "months_left", "moved", "moved_left")
