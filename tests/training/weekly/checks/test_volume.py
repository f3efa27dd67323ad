"""A week beside the weeks before it."""

import pytest

from matcher.interactions import InteractionType as Type
from tests.matcher.worlds import mentor, startup
from tests.training.weekly.checks.worlds import SETTINGS, TODAY, seen
from training.weekly.checks.volume import volume

WHO = (startup("s"), mentor("m"))


def weeks(*counts: int):
    """The verdict on weeks of so many events, the last week first; an event of each on its last day."""
    happened = [
        ("s", "m", Type.VIEWED, 1 + 7 * week + n % 7)
        for week, count in enumerate(counts)
        for n in range(count)
    ]
    (finding,) = volume(seen(WHO, happened), SETTINGS)
    return finding


def test_a_usual_week_is_fine():
    finding = weeks(95, *[100] * 13)
    assert (finding.code, finding.severity) == ("volume_ok", "ok")
    assert finding.facts == {
        "first": "2026-10-25",
        "last": "2026-10-31",
        "interactions": 95,
        "usual": 100.0,
        "weeks": 12,
    }


@pytest.mark.parametrize(("last", "code"), [(20, "volume_low"), (32, "volume_low"), (33, "volume_ok")])
def test_a_third_of_the_usual_is_low(last: int, code: str):
    assert weeks(last, *[100] * 13).code == code


@pytest.mark.parametrize(("last", "code"), [(300, "volume_ok"), (301, "volume_high")])
def test_three_times_the_busiest_is_high(last: int, code: str):
    assert weeks(last, 100, *[20] * 12).code == code


@pytest.mark.parametrize(("last", "code"), [(49, "volume_ok"), (50, "volume_high")])
def test_high_needs_some_events(last: int, code: str):
    assert weeks(last, *[3] * 13).code == code


def test_in_small_incubators_chance_is_not_told_as_a_drop():
    assert weeks(1, *[6] * 13).code == "volume_ok"
    assert weeks(40, *[1] * 13).code == "volume_ok"


def test_a_demo_day_a_month_is_not_told():
    assert weeks(80, 2, 0, 1, 80, 0, 3, 0, 75, 1, 0, 2, 90, 5).code == "volume_ok"
    assert weeks(2, 80, 0, 1, 2, 80, 0, 3, 0, 75, 1, 0, 2, 90).code == "volume_ok"


def test_holidays_and_bursts_among_the_weeks_before_do_not_count():
    assert weeks(95, 0, 100, 1900, *[100] * 10).code == "volume_ok"
    assert weeks(20, 0, 100, 1900, *[100] * 10).code == "volume_low"


def test_weeks_that_grow_are_usual():
    assert weeks(150, 140, 126, 115, 100, 92, 80, 75, 66, 60, 52, 50, 44).code == "volume_ok"


def test_silence_after_busy_weeks_is_a_warning():
    finding = weeks(0, *[30] * 13)
    assert (finding.code, finding.severity) == ("volume_none", "warning")
    assert finding.facts == {"since": "2026-10-24", "usual": 30.0, "weeks": 12}


def test_one_silent_week_of_a_small_incubator_is_a_note_and_four_are_a_warning():
    severity = {n: weeks(*[0] * n, *[6] * 13).severity for n in (1, 2, 4, 7, 8)}
    assert severity == {1: "note", 2: "note", 4: "warning", 7: "warning", 8: "note"}


def test_where_nothing_is_recorded_any_more_a_note_remains():
    assert weeks(*[0] * 10, *[100] * 20).severity == "note"
    assert weeks(*[0] * 40, *[100] * 20).severity == "note"


def test_with_a_short_history_nobody_can_tell():
    finding = weeks(0, *[100] * 5)
    assert (finding.code, finding.severity) == ("volume_unknown", "note")
    assert finding.facts == {"interactions": 0, "weeks": 5, "least": 6}
    assert weeks(0, *[100] * 6).code == "volume_none"


def test_a_week_that_began_before_the_history_is_none_of_its_weeks():
    happened = [("s", "m", Type.VIEWED, ago) for ago in range(1, 48)]
    (finding,) = volume(seen(WHO, happened), SETTINGS)
    assert finding.facts["weeks"] == 5


def test_before_anything_happened_there_is_nothing_to_tell():
    (finding,) = volume(seen(WHO), SETTINGS)
    assert (finding.code, finding.severity) == ("interactions_none", "note")


def test_today_is_not_over_yet_and_later_days_are_no_week():
    happened = [("s", "m", Type.VIEWED, ago) for ago in (0, -1, -300)]
    (finding,) = volume(seen(WHO, happened, today=TODAY), SETTINGS)
    assert finding.code == "interactions_none"
