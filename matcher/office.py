"""What an organisation sets for itself."""

from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from matcher.cohorts.configuration import Configuration
from matcher.errors import InvalidInput
from matcher.people import Tongue

LONGEST_ZONE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """The time zone by its IANA name, the language of who chose none, and how a new run begins; "" and None
    stand for what the whole home has."""

    zone: str = ""
    language: Tongue | Literal[""] = ""
    new_run: Configuration | None = None


NOTHING_SET = OfficeSettings()


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        InvalidInput: there is none of this name.
    """
    try:
        if len(name) <= LONGEST_ZONE:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no name, a path, a folder of zones
        pass
    raise InvalidInput("zone", name[:80], "is no time zone", "write it as Asia/Shanghai")


def beginning(configuration: Configuration) -> Configuration:
    """What every run may begin with: without what says something of one run's people or of its day."""
    return replace(configuration, capacities={}, slots=None)
