"""Cohorts as JSON."""

import datetime as dt
from typing import Annotated, Self

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Closed, Reference, Text
from matcher.cohorts.cohort import Cohort

MOST_AT_ONCE = 10_000
Startups = Annotated[tuple[Reference, ...], Field(max_length=MOST_AT_ONCE)]


class CohortIn(Closed):
    """A new cohort; its id is made where it is left out."""

    name: Annotated[Text, Field(min_length=1, max_length=300)]
    id: Annotated[Text, Field(max_length=100)] = ""
    startups: Startups = ()


class StartupsIn(Closed):
    """Startups of the organisation, by id."""

    startups: Annotated[Startups, Field(min_length=1)]


class CohortOut(BaseModel):
    """A group of startups, in the order in which they were added."""

    id: str
    name: str
    created_at: dt.datetime
    startups: list[str]

    @classmethod
    def of(cls, cohort: Cohort) -> Self:
        """The cohort as JSON."""
        return cls(
            id=cohort.id, name=cohort.name, created_at=cohort.created_at, startups=list(cohort.startups)
        )


class CohortAnswer(CohortOut, Answer):
    """One cohort."""


class CohortsAnswer(Answer):
    """The organisation's cohorts, the newest first."""

    cohorts: list[CohortOut]
