"""Cohorts and their match runs, from a list of startups to a published result."""

from api.pages.cohorts import (  # noqa: F401 - each adds its views
    acting,
    board,
    changed,
    comparing,
    configuring,
    contacts,
    introducing,
    listing,
    outcomes,
    pairs,
    publishing,
    sheets,
    startups,
)
