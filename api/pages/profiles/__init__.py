"""Profiles in staff's hands: lists to search and change, one to write, its past, its ledger, its money."""

from api.pages.profiles import (  # noqa: F401 - each adds its views
    changes,
    deleting,
    editing,
    funding,
    history,
    listing,
    many,
    signals,
    suggesting,
)
