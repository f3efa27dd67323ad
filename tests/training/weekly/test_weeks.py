"""What was learned from, week by week."""

from matcher.interactions import Interaction, InteractionType
from tests.matcher.worlds import event, investor, mentor, startup
from tests.training.toys import DAY
from tests.training.weekly.worlds import data_of
from training.weekly.record import DataRead, Week
from training.weekly.weeks import WEEKS, data_read

PEOPLE = [startup("s"), startup("t"), investor("i"), mentor("m")]


def read(*events: Interaction, as_of: int = DAY, since: int | None = None) -> DataRead:
    return data_read(data_of(PEOPLE, events), as_of, since)


def ago(*days: int) -> list[Interaction]:
    return [event("s", "i", days_ago=day) for day in days]


def test_profiles_are_counted_by_role_also_where_there_is_none():
    assert read().profiles == {"startup": 2, "mentor": 1, "investor": 1}
    assert data_read(data_of([]), DAY, None).profiles == {"startup": 0, "mentor": 0, "investor": 0}


def test_what_happened_before_the_day_counts_with_its_first_and_last_day():
    found = read(*ago(9, 4, 1, 0))

    assert found.interactions == 3
    assert found.days == ("2026-02-20", "2026-02-28")


def test_nothing_happened_on_no_days():
    found = read()

    assert (found.interactions, found.new_interactions, found.days) == (0, 0, None)
    assert {(week.interactions, week.deals, week.profiles) for week in found.by_week} == {(0, 0, 0)}


def test_new_is_what_happened_since_the_day_of_the_last_run_and_all_of_it_in_the_first_run():
    events = ago(9, 4, 1, 0)

    assert read(*events, since=DAY - 4).new_interactions == 2
    assert read(*events, since=DAY).new_interactions == 0
    assert read(*events).new_interactions == 3


def test_weeks_are_the_last_half_year_oldest_first_each_named_by_its_first_day():
    weeks = read().by_week

    assert len(weeks) == WEEKS == 26
    assert [week.week for week in weeks[-2:]] == ["2026-02-15", "2026-02-22"]
    assert weeks[0].week == "2025-08-31"


def test_a_week_ends_with_the_day_before_the_next_begins():
    weeks = read(*ago(0, 1, 7, 8, 7 * 26, 7 * 26 + 1)).by_week

    assert [week.interactions for week in weeks[-2:]] == [1, 2]
    assert weeks[0].interactions == 1
    assert sum(week.interactions for week in weeks) == 4


def test_a_week_tells_its_deals_and_how_many_took_part():
    events = [
        event("s", "i", days_ago=1),
        event("s", "m", InteractionType.SHOWN, days_ago=2),
        event("t", "i", InteractionType.DISMISSED, days_ago=3),
    ]

    assert read(*events).by_week[-1] == Week("2026-02-22", interactions=3, deals=1, profiles=4)
