"""What the data are, week by week: the part of the record that says what was learned from."""

import datetime as dt
from collections.abc import Iterator

from matcher.profiles import Role
from training.deals import strength_of
from training.weekly.record import DataRead, Week
from training.world import Data

WEEKS = 26
_DAYS = 7
_EPOCH = dt.date(1970, 1, 1)


def data_read(data: Data, as_of: int, since: int | None) -> DataRead:
    """All before the day `as_of`; new are events from the day `since` on (None: all)."""
    days = data.interactions.days[data.interactions.days < as_of]
    return DataRead(
        profiles={role.value: sum(profile.role is role for profile in data.profiles) for role in Role},
        interactions=len(days),
        new_interactions=int((days >= since).sum()) if since is not None else len(days),
        days=(_date(int(days.min())), _date(int(days.max()))) if len(days) else None,
        by_week=tuple(_by_week(data, as_of)),
    )


def _by_week(data: Data, as_of: int) -> Iterator[Week]:
    """The last WEEKS weeks before `as_of`, the oldest first."""
    events = data.interactions
    strong = strength_of(events) > 0
    ages = (as_of - 1 - events.days) // _DAYS
    for age in range(WEEKS - 1, -1, -1):
        within = (events.days < as_of) & (ages == age)
        yield Week(
            week=_date(as_of - _DAYS * (age + 1)),
            interactions=int(within.sum()),
            deals=int((within & strong).sum()),
            profiles=len({*events.startups[within], *events.partners[within]}),
        )


def _date(day: int) -> str:
    return (_EPOCH + dt.timedelta(days=day)).isoformat()
