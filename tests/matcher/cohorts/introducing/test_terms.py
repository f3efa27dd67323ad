"""Terms: days after the offer, reminders before its end."""

import datetime as dt

import pytest

from matcher.cohorts.introducing.terms import Terms, default_terms
from matcher.errors import InvalidInput

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def test_the_end_and_the_reminders_are_whole_days_after_the_offer() -> None:
    terms = Terms(expires_after_days=10, remind_after_days=(7, 3))
    assert terms.expiry(NOW) == NOW + dt.timedelta(days=10)
    assert terms.reminders(NOW) == [NOW + dt.timedelta(days=3), NOW + dt.timedelta(days=7)]


@pytest.mark.parametrize(
    ("days", "reminders"),
    [(0, ()), (366, ()), (5, (5,)), (5, (0,)), (5, (2, 2)), (60, tuple(range(1, 12)))],
)
def test_days_that_make_no_sense_are_refused(days: int, reminders: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput):
        Terms(expires_after_days=days, remind_after_days=reminders)


def test_what_is_left_out_is_as_usual_as_far_as_it_fits() -> None:
    assert default_terms(None, None) == Terms()
    assert default_terms(10, None) == Terms(expires_after_days=10, remind_after_days=(7,))
    assert default_terms(None, ()) == Terms(remind_after_days=())
