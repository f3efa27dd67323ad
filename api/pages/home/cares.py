"""Who needs care first, found anew only where something has changed since."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask.blueprints import BlueprintSetupState

from api.pages.blueprint import pages
from api.services import Services
from matcher.attention.caring import Care
from matcher.attention.reading import attention_list

SHOWN = 5
MOST_KEPT = 200
"""Organisations whose list is kept; beyond that all are forgotten."""
_EXTENSION = "bole-cares"


@dataclass(frozen=True, slots=True)
class First:
    """The startups that need care first, and how many need it in all."""

    cares: Sequence[Care]
    count: int


class Cares:
    """The last list of each organisation, with what it was found from. One for each application.

    Reading a year of ledgers of a thousand startups takes a third of a second, and the first page is opened
    often; the list stays as it is until profiles, interactions, ledgers or decisions change, or the day does.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[dt.date, tuple[int, int]], First]] = {}

    def first(self, services: Services, organisation: str) -> First:
        """Who of the organisation needs care first, as things stand now."""
        today = services.clock().date()
        mark = (today, services.store.attention.mark())  # before reading: what changes meanwhile counts anew
        kept = self._kept.get(organisation)
        if kept is not None and kept[0] == mark:
            return kept[1]
        cares = attention_list(services.store, organisation, today, services.attention)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        found = First(cares[:SHOWN], len(cares))
        self._kept[organisation] = (mark, found)
        return found


@pages.record_once
def _keep(state: BlueprintSetupState) -> None:
    state.app.extensions[_EXTENSION] = Cares()


def kept_cares() -> Cares:
    """Those of the application that answers now."""
    found: Cares = current_app.extensions[_EXTENSION]
    return found
