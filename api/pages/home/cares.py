"""Who needs care first."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.attention.books import cares
from api.services import Services
from matcher.attention.caring import Care

SHOWN = 5


@dataclass(frozen=True, slots=True)
class First:
    """The startups that need care first, and how many need it in all."""

    cares: Sequence[Care]
    count: int


def first_cares(services: Services, organisation: str) -> First:
    """Who of the organisation needs care first, as things stand now."""
    found = cares(services, organisation)
    return First(found[:SHOWN], len(found))
