"""What really goes wrong at an incubator, told on the demo's world; each with what the checks must say."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from matcher.interactions import TYPES, InteractionTable, day_number
from matcher.interactions import InteractionType as Type
from matcher.profiles import Profile, Role, Status
from tests.matcher.worlds import startup
from tests.training.weekly.checks.worlds import TODAY, demo, joined, table
from training.weekly.checks import NO_PORTRAIT, CheckedData

MAC_EPOCH_DAYS = 1462
"""Spreadsheets of old Macs count days from 1904-01-01, others from 1899-12-30."""
FIRST_DAY = day_number(dt.date(1900, 1, 1))


def _changed(**given: Any) -> CheckedData:
    return dataclasses.replace(demo(), **given)


def _events(change: Callable[[InteractionTable], InteractionTable]) -> CheckedData:
    data = demo()
    return dataclasses.replace(data, interactions=change(data.interactions))


def _profiles(change: Callable[[Profile], Profile | None]) -> CheckedData:
    data = demo()
    return dataclasses.replace(data, profiles=[p for p in map(change, data.profiles) if p is not None])


def _days(change: Callable[[int], int], since: int = 0) -> CheckedData:
    def moved(happened: InteractionTable) -> InteractionTable:
        days = [change(day) if day >= since else day for day in happened.days.tolist()]
        return dataclasses.replace(happened, days=np.array(days, dtype=np.int32))

    return _events(moved)


def _if(role: Role, **given: Any) -> Callable[[Profile], Profile]:
    return lambda profile: dataclasses.replace(profile, **given) if profile.role is role else profile


def day_and_month_swapped(day: int) -> int:
    """As a sheet set to the other order reads a day."""
    date = dt.date.fromordinal(day + dt.date(1970, 1, 1).toordinal())
    return day_number(date.replace(month=date.day, day=date.month)) if date.day <= 12 else day


def imported_events_again() -> CheckedData:
    return _events(lambda happened: joined(happened, happened))


def imported_startups_again() -> CheckedData:
    data = demo()
    again = [dataclasses.replace(p, id=f"X{p.id}") for p in data.profiles if p.role is Role.STARTUP]
    return dataclasses.replace(data, profiles=[*data.profiles, *again])


def imported_test_rows() -> CheckedData:
    rows = [startup(f"T{n}", name=f"test {n}", description="测试") for n in range(10_000)]
    return _changed(profiles=[*demo().profiles, *rows])


def swapped_dates() -> CheckedData:
    return _days(day_and_month_swapped)


def swapped_dates_of_a_quarter() -> CheckedData:
    return _days(day_and_month_swapped, since=TODAY - 91)


def counted_from_1904() -> CheckedData:
    return _days(lambda day: day - MAC_EPOCH_DAYS)


def counted_from_1904_the_other_way() -> CheckedData:
    return _days(lambda day: day + MAC_EPOCH_DAYS)


def empty_dates() -> CheckedData:
    return _days(lambda _: FIRST_DAY, since=TODAY - 182)


def typed_on_one_day() -> CheckedData:
    """Of most startups everything of half a year is dated the day of typing, three weeks ago."""

    def typed(happened: InteractionTable) -> InteractionTable:
        old = (happened.days >= TODAY - 182) & (happened.days < TODAY - 21)
        typed_in = old & [int(key[-1]) % 4 > 0 for key in happened.startups]
        days = np.where(typed_in, TODAY - 20, happened.days).astype(np.int32)
        return dataclasses.replace(happened, days=days)

    return _events(typed)


def lost_column() -> CheckedData:
    return _profiles(_if(Role.STARTUP, industries=()))


def lost_column_that_only_people_read() -> CheckedData:
    return _profiles(_if(Role.STARTUP, team_size=None))


def one_industry() -> CheckedData:
    return _profiles(_if(Role.STARTUP, industries=("人工智能",)))


def mentors_deleted() -> CheckedData:
    return _profiles(lambda profile: None if profile.role is Role.MENTOR else profile)


def mentors_paused() -> CheckedData:
    return _profiles(_if(Role.MENTOR, status=Status.PAUSED))


def half_the_startups() -> CheckedData:
    data = demo()
    return dataclasses.replace(data, profiles=[p for p in data.profiles if not "QY-000" < p.id < "QY-050"])


def clicking_assistant() -> CheckedData:
    clicks = [(p.id, "DS-001", Type.ACCEPTED, 1 + n % 5) for n, p in enumerate(_startups())]
    return _events(lambda happened: joined(happened, table(clicks)))


def clicking_script() -> CheckedData:
    partners = [p.id for p in demo().profiles if p.role is not Role.STARTUP]
    clicks = [("QY-001", id_, Type.VIEWED, ago) for id_ in partners for ago in (1, 2, 3)]
    return _events(lambda happened: joined(happened, table(clicks)))


def no_more_declines() -> CheckedData:
    declined = TYPES.index(Type.DECLINED)
    return _events(lambda t: t.take((t.types != declined) | (t.days < TODAY - 28)))


def export_stopped() -> CheckedData:
    return _events(lambda happened: happened.take(happened.days < TODAY - 7))


def export_half_done() -> CheckedData:
    """Of the last week only Monday's first rows came."""
    return _events(lambda t: t.take((t.days < TODAY - 7) | (np.arange(len(t)) < len(t) - 90)))


def another_database() -> CheckedData:
    return _events(lambda happened: happened.take(np.arange(len(happened)) % 3 == 0))


def startups_under_new_ids() -> CheckedData:
    """Deleted and imported again: what happened still names the old ids."""
    return _profiles(lambda p: dataclasses.replace(p, id=f"N{p.id}") if p.role is Role.STARTUP else p)


def nothing_at_all() -> CheckedData:
    return _changed(profiles=[], interactions=table([]), live=NO_PORTRAIT)


def everything_deleted() -> CheckedData:
    return _changed(profiles=[])


def _startups() -> list[Profile]:
    return [profile for profile in demo().profiles if profile.role is Role.STARTUP]


STORIES: Mapping[Callable[[], CheckedData], dict[str, str]] = {
    imported_events_again: {"duplicate_events": "error"},
    imported_startups_again: {"duplicate_profiles": "error"},
    imported_test_rows: {
        "profiles_jumped": "error",
        "field_emptied": "error",
        "texts_repeated": "warning",
    },
    swapped_dates: {
        "dates_swapped": "error",
        "dates_in_future": "warning",
        "timing_impossible": "warning",
    },
    swapped_dates_of_a_quarter: {"dates_swapped": "error", "dates_in_future": "warning"},
    counted_from_1904: {"dates_before_founding": "error"},
    counted_from_1904_the_other_way: {"dates_in_future": "error"},
    empty_dates: {"dates_implausible": "error"},
    typed_on_one_day: {"dates_on_one_day": "warning"},
    lost_column: {"field_emptied": "error"},
    lost_column_that_only_people_read: {"field_emptied": "warning"},
    one_industry: {"field_shifted": "warning"},
    mentors_deleted: {"role_vanished": "error", "events_orphaned": "warning"},
    mentors_paused: {"role_inactive": "warning"},
    half_the_startups: {"profiles_dropped": "warning"},
    clicking_assistant: {"partner_dominates": "warning"},
    clicking_script: {"startup_dominates": "warning"},
    no_more_declines: {"type_vanished": "warning"},
    export_stopped: {"volume_none": "warning"},
    export_half_done: {"volume_low": "warning"},
    another_database: {"interactions_dropped": "error"},
    startups_under_new_ids: {"events_orphaned": "warning"},
    nothing_at_all: {"profiles_none": "error"},
    everything_deleted: {"profiles_none": "error"},
}
"""Each story with all that is to be warned of or stopped at."""
