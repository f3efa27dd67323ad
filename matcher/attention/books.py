"""An organisation's books: its startups, their ledgers, and what staff decided."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.attention.decisions import Decision, Raised, settled
from matcher.attention.months import History, history_of
from matcher.attention.raising import signals_of
from matcher.attention.settings import AttentionSettings
from matcher.ledger import LedgerEntry
from matcher.profiles import Profile, Role, Status
from matcher.store import Store


@dataclass(frozen=True, slots=True)
class Books:
    """What is known at one moment. By startup id, in order of the ids: profiles of the active startups, the
    months that they reported (oldest first) and the decisions about them (oldest first); those without are
    left out of the last two.

    `due` is the latest month that anybody of the organisation has reported, and not after today's: until the
    office has a month's ledgers, nobody's is missing. None where there are none.
    """

    startups: Mapping[str, Profile]
    ledgers: Mapping[str, Sequence[LedgerEntry]]
    decisions: Mapping[str, Sequence[Decision]]
    due: dt.date | None


def open_books(store: Store, organisation: str, today: dt.date, *, startup_id: str = "") -> Books:
    """The books of an organisation, or of one of its startups alone.

    Raises:
        NotFound: it has not the one that is named.
    """
    found = (
        [store.profile(organisation, startup_id)]
        if startup_id
        else store.profiles(organisation, roles=(Role.STARTUP,))
    )
    ledgers, until = store.attention.ledgers(organisation, startup_id=startup_id), today.replace(day=1)
    return Books(
        {profile.id: profile for profile in found if _is_watched(profile)},
        ledgers,
        store.attention.decisions(organisation, startup_id=startup_id),
        store.attention.latest_month(organisation, until) if startup_id else _latest_month(ledgers, until),
    )


def _latest_month(ledgers: Mapping[str, Sequence[LedgerEntry]], until: dt.date) -> dt.date | None:
    months = (entry.month for entries in ledgers.values() for entry in entries)
    return max((month for month in months if month <= until), default=None)


def _is_watched(profile: Profile) -> bool:
    return profile.role is Role.STARTUP and profile.status is Status.ACTIVE


def histories(books: Books) -> list[History]:
    """The history of each active startup that has reported something, in order of the ids."""
    if books.due is None:
        return []
    found = (history_of(books.ledgers.get(id_, ()), books.due) for id_ in books.startups)
    return [history for history in found if history is not None]


def raised(books: Books, settings: AttentionSettings) -> list[Raised]:
    """Every signal of the active startups, open or settled, by startup id, then in the order of the rules."""
    return [
        settled(signal, books.decisions.get(history.startup_id, ()), settings)
        for history in histories(books)
        for signal in signals_of(history, settings)
    ]
