"""A time of the week: which slot was the last, which comes next, which waits."""

import datetime as dt
import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.jobs.weekly import Weekly, weekly
from matcher.errors import InvalidInput

SHANGHAI = weekly("Sun 03:00", "Asia/Shanghai")
BERLIN = weekly("Sun 02:30", "Europe/Berlin")
FOUND = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def local(text: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_the_time_is_that_of_the_zone():
    assert SHANGHAI.following(utc("2026-11-22 12:00")) == utc("2026-11-28 19:00")  # Sunday 03:00 there


def test_the_slot_itself_is_the_latest_and_no_longer_to_come():
    slot = utc("2026-11-21 19:00")

    assert SHANGHAI.latest(slot) == slot
    assert SHANGHAI.following(slot) == utc("2026-11-28 19:00")
    assert SHANGHAI.latest(slot - dt.timedelta(microseconds=1)) == utc("2026-11-14 19:00")


def test_nothing_waits_once_a_run_has_started():
    now = utc("2026-11-21 19:05")

    assert SHANGHAI.due(utc("2026-11-21 19:00"), now) is None
    assert SHANGHAI.due(utc("2026-11-21 18:59"), now) == utc("2026-11-21 19:00")


def test_missed_weeks_are_caught_up_once():
    back = utc("2026-11-26 08:00")  # a Thursday, after a month without power

    assert SHANGHAI.due(utc("2026-10-25 00:00"), back) == utc("2026-11-21 19:00")
    assert SHANGHAI.due(back, utc("2026-11-28 18:59")) is None
    assert SHANGHAI.due(back, utc("2026-11-28 19:00")) == utc("2026-11-28 19:00")


def test_where_nothing_ever_ran_the_latest_slot_waits():
    assert SHANGHAI.due(None, FOUND) == SHANGHAI.latest(FOUND)


def test_a_time_that_the_clocks_skip_comes_as_long_after_midnight_as_ever():
    """On 2026-03-29 clocks in Berlin go from 02:00 to 03:00."""
    slot = BERLIN.following(local("2026-03-29 00:00", "Europe/Berlin"))

    assert slot == utc("2026-03-29 01:30") == local("2026-03-29 03:30", "Europe/Berlin")
    assert BERLIN.following(slot) == local("2026-04-05 02:30", "Europe/Berlin")


def test_a_time_that_comes_twice_is_run_at_the_first():
    """On 2026-10-25 clocks in Berlin go from 03:00 back to 02:00."""
    slot = BERLIN.following(local("2026-10-25 00:00", "Europe/Berlin"))
    second = slot + dt.timedelta(hours=1)

    assert slot == utc("2026-10-25 00:30")
    assert second.astimezone(BERLIN.zone).time() == BERLIN.at
    assert BERLIN.due(slot, second) is None
    assert BERLIN.following(slot) == local("2026-11-01 02:30", "Europe/Berlin")


def test_a_day_that_a_zone_left_out_has_its_slot_all_the_same():
    """Samoa went from Thursday, 2011-12-29 straight to Saturday, 2011-12-31."""
    friday = weekly("Fri 12:00", "Pacific/Apia")
    slot = friday.following(local("2011-12-29 23:00", "Pacific/Apia"))

    assert slot == local("2011-12-31 12:00", "Pacific/Apia")
    assert friday.latest(local("2011-12-31 11:00", "Pacific/Apia")) == local(
        "2011-12-23 12:00", "Pacific/Apia"
    )


ZONES = st.sampled_from(
    "Asia/Shanghai Europe/Berlin America/St_Johns Australia/Lord_Howe Africa/Casablanca Pacific/Apia "
    "Asia/Kathmandu America/Santiago Africa/Cairo Asia/Tehran America/Nuuk UTC".split()
)
TIMES = st.builds(
    Weekly,
    day=st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=ZONES.map(ZoneInfo),
)
MOMENTS = st.datetimes(dt.datetime(2005, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
PAUSES = st.lists(st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=20)), min_size=1, max_size=40)


@given(TIMES, MOMENTS)
def test_slots_meet_without_a_gap(time: Weekly, now: dt.datetime):
    latest, following = time.latest(now), time.following(now)

    assert latest <= now < following
    assert time.following(latest) == following
    assert time.latest(following) == following
    assert time.latest(following - dt.timedelta(microseconds=1)) == latest
    assert abs(following - latest - dt.timedelta(weeks=1)) <= dt.timedelta(days=1)


@given(TIMES, MOMENTS)
def test_the_slot_reads_as_configured_unless_the_clocks_just_went_forward(time: Weekly, now: dt.datetime):
    slot = time.latest(now)
    there, day_before = slot.astimezone(time.zone), (slot - dt.timedelta(days=1)).astimezone(time.zone)
    forward = there.utcoffset() > day_before.utcoffset()

    assert (there.weekday(), there.time()) == (time.day, time.at) or forward


@given(TIMES, MOMENTS, PAUSES)
def test_each_slot_is_run_once_however_rarely_somebody_asks(
    time: Weekly, start: dt.datetime, pauses: list[dt.timedelta]
):
    runs: list[dt.datetime] = []
    asked: set[dt.datetime] = set()
    now, last = start, None
    for pause in pauses:
        asked.add(time.latest(now))
        slot = time.due(last, now)
        if slot is not None:
            runs.append(slot)
            last = now
        now += pause

    assert runs == sorted(asked)  # never two for one slot, and none is left out


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("Sun 03:00", 6, dt.time(3)),
        ("sunday 3:00", 6, dt.time(3)),
        (" MON  00:00 ", 0, dt.time(0)),
        ("Thursday 23:59", 3, dt.time(23, 59)),
    ],
)
def test_days_may_be_short_or_long(text: str, day: int, at: dt.time):
    assert weekly(text, "UTC") == Weekly(day, at, ZoneInfo("UTC"))


def test_it_reads_as_it_is_written():
    assert str(weekly("sunday 3:00", "Asia/Shanghai")) == "Sun 03:00 Asia/Shanghai"


@pytest.mark.parametrize(
    "text", ["03:00", "Sun", "Sun 24:00", "Sun 3:60", "Sol 03:00", "Sun 3", "Sun 03:00 UTC", "Su 3:00"]
)
def test_what_is_no_time_of_the_week_is_refused(text: str):
    with pytest.raises(InvalidInput, match=r"BOLE_RETRAIN_AT.*Sun 03:00"):
        weekly(text, "UTC")


@pytest.mark.parametrize(
    "zone", ["Asia/Beijing", "Asia", "../../etc/passwd", "/etc/localtime", "UTC+8", "中国", "a\0b"]
)
def test_what_is_no_time_zone_is_refused(zone: str):
    with pytest.raises(InvalidInput, match=r"BOLE_TIMEZONE.*Asia/Shanghai"):
        weekly("Sun 03:00", zone)


def test_a_machine_without_time_zones_of_its_own_has_them_all_the_same():
    code = "from api.settings import Settings; print(Settings().retraining)"
    words = [sys.executable, "-c", code]
    bare = {**os.environ, "PYTHONTZPATH": ""}  # as in a small container

    assert (
        subprocess.run(words, env=bare, capture_output=True, text=True, check=True).stdout == f"{SHANGHAI}\n"
    )
