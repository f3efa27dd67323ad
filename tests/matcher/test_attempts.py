"""Rules of how often something may be tried."""

import datetime as dt

from matcher.attempts import FORGOTTEN_AFTER, LONGEST_PAUSE, Tries, at_most, doubling

NOW = dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def pauses(count: int) -> list[dt.timedelta | None]:
    tries: Tries | None = None
    found = []
    for _ in range(count):
        tries = doubling(tries, NOW)
        found.append(tries.until and tries.until - NOW)
    return found


def test_four_are_free_then_the_pause_doubles_up_to_an_hour():
    expected = [None] * 4 + [MINUTE * each for each in (1, 2, 4, 8, 16, 32, 60, 60)]
    assert pauses(12) == expected
    assert pauses(200)[-1] == LONGEST_PAUSE


def test_after_a_quiet_day_counting_begins_anew():
    tries = Tries(20, NOW, NOW, NOW)
    assert doubling(tries, NOW + FORGOTTEN_AFTER) == Tries(1, NOW + FORGOTTEN_AFTER, NOW + FORGOTTEN_AFTER)


def test_a_window_begins_with_its_first_try():
    rule = at_most(2, MINUTE)
    first = rule(None, NOW)
    second = rule(first, NOW + MINUTE / 2)
    assert (first.until, second.until) == (None, NOW + MINUTE)
    assert rule(second, NOW + MINUTE) == Tries(1, NOW + MINUTE, NOW + MINUTE)


def test_tries_are_over_until_their_end():
    tries = Tries(5, NOW, NOW, NOW + MINUTE)
    assert (tries.is_over(NOW), tries.is_over(NOW + MINUTE)) == (True, False)
    assert not Tries(1, NOW, NOW).is_over(NOW)
