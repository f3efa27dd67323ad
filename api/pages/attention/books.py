"""What the ledgers tell an office, found anew only where something has changed since."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from api.keeping import Kept
from api.office import today
from api.services import Services
from matcher.attention.assessment import Assessment
from matcher.attention.board import Board
from matcher.attention.caring import Care
from matcher.attention.periods import Period, Span
from matcher.attention.reading import assessment, attention_list, performance

Found = TypeVar("Found")
Month = dt.date | None
"""The first or the last of a report; None where the address leaves it open."""

_CARES: Kept[Sequence[Care]] = Kept("bole-cares")
_BOARDS: Kept[Board] = Kept("bole-boards")
_ASSESSMENTS: Kept[tuple[Span, list[Assessment]]] = Kept("bole-assessments")


def cares(services: Services, organisation: str) -> Sequence[Care]:
    """Everybody of the organisation who needs care, the most urgent first, as things stand now."""
    store, day, settings = services.store, today(), services.attention
    return _kept(
        _CARES, services, (organisation,), lambda: attention_list(store, organisation, day, settings)
    )


def board(services: Services, organisation: str, period: Period, first: Month, last: Month) -> Board:
    """The performance board, as `performance` makes it."""
    store, day = services.store, today()
    return _kept(
        _BOARDS,
        services,
        (organisation, period, first, last),
        lambda: performance(store, organisation, day, period, first=first, last=last),
    )


def assessed(
    services: Services, organisation: str, first: Month, last: Month
) -> tuple[Span, list[Assessment]]:
    """The assessment table, as `assessment` makes it."""
    store, day, settings = services.store, today(), services.attention
    return _kept(
        _ASSESSMENTS,
        services,
        (organisation, first, last),
        lambda: assessment(store, organisation, day, settings, first=first, last=last),
    )


def _kept(
    kept: Kept[Found],
    services: Services,
    question: tuple[str, *tuple[object, ...]],
    find: Callable[[], Found],
) -> Found:
    """What `find` found, until profiles, interactions, ledgers or decisions change, or the day does.

    To read a year of ledgers of a thousand startups takes a third of a second. Who gets it is on record
    each time.
    """
    store = services.store.attention
    mark = (today(), store.mark())  # before reading: what changes meanwhile counts anew
    return kept.found(question, mark, find, again=lambda: store.read_again(question[0]))
