"""Cohorts: startups of one organisation that are worked with together."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A named group. `startups` are ids of the organisation's own, in the order in which they were added;
    those deleted since are left out."""

    organisation: str
    id: str
    name: str
    created_at: dt.datetime
    startups: tuple[str, ...] = ()
