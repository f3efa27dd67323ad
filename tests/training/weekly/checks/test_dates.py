"""Dates that cannot be."""

import datetime as dt

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, TODAY, seen, told
from training.weekly.checks.dates import dates

WHO = (startup("s"), mentor("m"))
NEW = startup("s", founded=dt.date(2026, 1, 1))
FOUNDED_AGO = 304
"""Days from NEW's founding to TODAY."""
LONG_AGO = 20_000
"""Days; in 1972."""


def found(ago, who=WHO):
    return dates(seen(who, [("s", "m", Type.SHOWN, days) for days in ago]), SETTINGS)


def usual(number: int) -> list[int]:
    """One event a day, from yesterday on, for at most a quarter."""
    return [1 + n % 90 for n in range(number)]


def test_dates_of_the_past_are_fine():
    (finding,) = found(usual(100))
    assert (finding.code, finding.facts) == ("dates_ok", {"interactions": 100})


def test_tomorrow_is_today_in_another_zone():
    assert told(found([*usual(100), 0, -1])) == {"dates_ok": "ok"}


@pytest.mark.parametrize(
    ("future", "severity"), [(1, "note"), (4, "warning"), (74, "warning"), (75, "error")]
)
def test_future_dates_are_judged_by_their_share(future: int, severity: str):
    (finding,) = found([*usual(300), *[-40] * future])
    assert (finding.code, finding.severity) == ("dates_in_future", severity)
    assert finding.facts == {
        "interactions": future,
        "of": 300 + future,
        "share": future / (300 + future),
        "last": "2026-12-11",
    }


def test_old_events_do_not_dilute_what_is_wrong_now():
    assert told(found([*[200] * 10_000, *usual(60), *[-40] * 30])) == {"dates_in_future": "error"}


def test_of_a_few_events_shares_say_nothing():
    assert told(found([1, 2, 3, -40])) == {"dates_in_future": "note"}


@pytest.mark.parametrize(("early", "severity"), [(1, "note"), (2, "warning"), (24, "warning"), (25, "error")])
def test_dates_before_anything_are_judged_by_their_share(early: int, severity: str):
    (finding,) = found([*usual(100), *[LONG_AGO] * early])
    assert (finding.code, finding.severity) == ("dates_implausible", severity)
    assert finding.facts["first"] == "1972-01-29"


def test_the_first_day_of_the_earliest_year_is_plausible():
    first = TODAY - (dt.date(1990, 1, 1) - dt.date(1970, 1, 1)).days
    assert told(found([*usual(60), first])) == {"dates_ok": "ok"}
    assert told(found([*usual(60), first + 1])) == {"dates_implausible": "warning"}


@pytest.mark.parametrize(("early", "severity"), [(11, None), (12, "warning"), (42, "warning"), (43, "error")])
def test_a_startup_meets_nobody_long_before_it_is_founded(early: int, severity: str | None):
    ago = [*usual(100), *[FOUNDED_AGO + 366] * early]
    assert told(found(ago, (NEW, WHO[1]))).get("dates_before_founding") == severity


def test_founders_meet_partners_in_the_year_before():
    assert told(found([FOUNDED_AGO + 365] * 100, (NEW, WHO[1]))) == {"dates_ok": "ok"}


def test_where_no_founding_is_known_nothing_is_too_early():
    assert told(found([5000] * 100)) == {"dates_ok": "ok"}


def test_a_date_before_anything_is_told_once():
    assert told(found([*usual(100), *[LONG_AGO] * 60], (NEW, WHO[1]))) == {"dates_implausible": "error"}


def test_a_day_with_half_of_everything_is_that_of_the_typing():
    (finding,) = found([*usual(90), *[7] * 89])
    assert (finding.code, finding.severity) == ("dates_on_one_day", "warning")
    assert finding.facts == {"interactions": 90, "of": 179, "share": 90 / 179, "day": "2026-10-25"}
    assert told(found([*usual(90), *[7] * 87])) == {"dates_ok": "ok"}


def test_a_new_incubator_may_begin_with_one_day():
    assert told(found([7] * 500)) == {"dates_ok": "ok"}


def test_without_events_all_dates_are_fine():
    assert told(found([])) == {"dates_ok": "ok"}


def test_the_days_of_this_page_are_what_they_say():
    epoch = dt.date(1970, 1, 1)
    assert epoch + dt.timedelta(days=TODAY) == dt.date(2026, 11, 1)
    assert epoch + dt.timedelta(days=TODAY - FOUNDED_AGO) == NEW.founded
