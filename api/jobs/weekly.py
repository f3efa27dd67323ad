"""A time of the week in a time zone, and when it was last due. Pure: the clock is an argument."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from matcher.errors import InvalidInput

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TEXT = re.compile(r"(?P<day>[A-Za-z]+) +(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)", re.ASCII)
_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A local time of one day of the week; each week has exactly one such instant, its slot.

    `day` counts from Monday = 0. Where clocks go forward over the time, the slot is as long after midnight
    as in other weeks (02:30 becomes 03:30); where they go back over it, it is the first of the two.
    """

    day: int
    at: dt.time
    zone: ZoneInfo

    def __str__(self) -> str:
        """As people write it, "Sun 03:00 Asia/Shanghai"."""
        return f"{DAYS[self.day][:3]} {self.at:%H:%M} {self.zone.key}"

    def latest(self, now: dt.datetime) -> dt.datetime:
        """The last slot that is not after `now` (aware), in UTC."""
        return max(slot for slot in self._slots_around(now) if slot <= now)

    def following(self, now: dt.datetime) -> dt.datetime:
        """The first slot after `now` (aware), in UTC."""
        return min(slot for slot in self._slots_around(now) if slot > now)

    def due(self, last_run_at: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
        """The slot that waits to be run at `now`; None where a run started at it or since.

        However many weeks were missed, one slot waits: the latest. Where nothing ever ran, that one too.
        """
        slot = self.latest(now)
        return slot if last_run_at is None or last_run_at < slot else None

    def _slots_around(self, now: dt.datetime) -> list[dt.datetime]:
        """The slots of last week, this one, and the two to come: a zone may have skipped a whole day."""
        today = now.astimezone(self.zone).date()
        day = today - dt.timedelta(days=(today.weekday() - self.day) % 7)
        return [self._slot(day + weeks * _WEEK) for weeks in (-1, 0, 1, 2)]

    def _slot(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, self.at, tzinfo=self.zone).astimezone(dt.UTC)


def weekly(at: str, zone: str) -> Weekly:
    """The time that `at` ("Sun 03:00", 24 hours) names in an IANA time zone ("Asia/Shanghai").

    Raises:
        InvalidInput: BOLE_RETRAIN_AT is no day and time, or BOLE_TIMEZONE no time zone.
    """
    found = _TEXT.fullmatch(at.strip())
    days = [DAYS.index(day) for day in DAYS if found and found["day"].title() in {day, day[:3]}]
    if not found or not days:
        raise InvalidInput("BOLE_RETRAIN_AT", at, "is no day and time of the week", "write it as Sun 03:00")
    return Weekly(days[0], dt.time(int(found["hour"]), int(found["minute"])), _zone(zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown; "../etc"; a folder of zones, as "Asia"
        remedy = "use an IANA name such as Asia/Shanghai or Europe/Berlin"
        raise InvalidInput("BOLE_TIMEZONE", name, "is no time zone", remedy) from error
