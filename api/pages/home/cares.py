"""Who needs care first, found anew only where something has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.keeping import Kept
from api.services import Services
from matcher.attention.caring import Care
from matcher.attention.reading import attention_list

SHOWN = 5


@dataclass(frozen=True, slots=True)
class First:
    """The startups that need care first, and how many need it in all."""

    cares: Sequence[Care]
    count: int


_KEPT: Kept[Sequence[Care]] = Kept("bole-cares")


def first_cares(services: Services, organisation: str) -> First:
    """Who of the organisation needs care first, as things stand now."""
    cares = all_cares(services, organisation)
    return First(cares[:SHOWN], len(cares))


def all_cares(services: Services, organisation: str) -> Sequence[Care]:
    """Everybody of the organisation who needs care, the most urgent first, as things stand now.

    Reading a year of ledgers of a thousand startups takes a third of a second, and the first page is opened
    often; the list stays as it is until profiles, interactions, ledgers or decisions change, or the day does.
    """
    today = services.clock().date()
    mark = (today, services.store.attention.mark())  # before reading: what changes meanwhile counts anew

    def find() -> Sequence[Care]:
        return attention_list(services.store, organisation, today, services.attention)

    return _KEPT.found(organisation, mark, find)
