"""Days and months that a spreadsheet swapped."""

import datetime as dt

import numpy as np
import pytest

from matcher.interactions import InteractionType as Type
from matcher.interactions import day_number
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.stories import day_and_month_swapped
from tests.training.weekly.checks.worlds import SETTINGS, TODAY, seen, startups
from training.weekly.checks.swaps import other_reading, swapped, swaps

PARTNER = mentor("m")


def pair(number: int, *days: str):
    return [(f"s{number}", "m", Type.MET, TODAY - day_number(dt.date.fromisoformat(day))) for day in days]


def part(*pairs):
    return swapped(
        seen([*startups(len(pairs)), PARTNER], [event for events in pairs for event in events]).events
    )


def test_a_date_that_fits_its_pair_stands():
    found = part(pair(0, "2026-04-03", "2026-04-20"))
    assert (found.count, found.of) == (0, 1)


def test_a_date_that_fits_its_pair_only_the_other_way_round_was_swapped():
    found = part(pair(0, "2026-03-04", "2026-04-20"))
    assert (found.count, found.of) == (1, 1)


def test_the_fourth_of_april_has_one_reading_and_so_tells():
    found = part(pair(0, "2026-04-04", "2026-04-05"))
    assert (found.count, found.of) == (0, 1)


def test_the_nearest_sure_date_of_the_pair_tells():
    found = part(pair(0, "2026-01-31", "2026-03-04", "2026-04-20", "2026-03-05"))
    assert (found.count, found.of) == (2, 2)


def test_dates_of_other_pairs_do_not_tell():
    assert part(pair(0, "2026-03-04"), pair(1, "2026-04-20")).of == 0


def test_readings_equally_near_tell_nothing():
    """15 days from 2 January to the 17th, and from there to 1 February."""
    found = part(pair(0, "2026-01-02", "2026-01-17"), pair(1, "2026-02-01", "2026-01-17"))
    assert (found.count, found.of) == (0, 2)


def test_without_events_nothing_was_swapped():
    assert part([]).of == 0


@pytest.mark.parametrize("first", ["1967-01-01", "2024-01-01"])
def test_the_other_reading_of_every_day_of_some_years(first: str):
    start = day_number(dt.date.fromisoformat(first))
    days = np.arange(start, start + 1500)
    assert other_reading(days).tolist() == [day_and_month_swapped(day) for day in days.tolist()]


@pytest.mark.parametrize(("wrong", "severity"), [(5, "ok"), (6, "warning"), (23, "warning"), (24, "error")])
def test_swapped_dates_are_judged_by_their_share(wrong: int, severity: str):
    good = [pair(n, "2026-04-03", "2026-04-20") for n in range(60 - wrong)]
    bad = [pair(60 - wrong + n, "2026-03-04", "2026-04-20") for n in range(wrong)]
    events = [event for events in (*good, *bad) for event in events]
    (finding,) = swaps(seen([*startups(60), PARTNER], events, today=TODAY), SETTINGS)
    assert finding.severity == severity
    assert finding.facts == {"interactions": wrong, "of": 60, "share": wrong / 60}


def test_good_old_dates_do_not_dilute_a_bad_import():
    old = [pair(n, "2020-04-03", "2020-04-20") for n in range(500)]
    new = [pair(500 + n, "2026-07-06", "2026-06-20") for n in range(60)]
    events = [event for events in (*old, *new) for event in events]
    (finding,) = swaps(seen([*startups(560), PARTNER], events), SETTINGS)
    assert (finding.code, finding.severity) == ("dates_swapped", "error")


def test_of_a_few_dates_nothing_is_told():
    (finding,) = swaps(seen([startup("s0"), PARTNER], pair(0, "2026-03-04", "2026-04-20")), SETTINGS)
    assert (finding.code, finding.severity) == ("swaps_ok", "ok")
