import numpy as np
import pytest

from matcher.interactions import Interaction
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import event, ordered, startup
from tests.training.toys import DAY
from training.amounts import PRIOR_DEALS, asks_of
from training.deals import deals_of

PARTNERS = Vocabulary(["north:i", "north:j", "north:quiet"])
PEOPLE = {profile.key: profile for profile in (startup("s"), startup("t"), startup("u"))}


def asks(*events: Interaction) -> np.ndarray:
    """Mean and variance of i, j, the quiet one and everyone."""
    return asks_of(deals_of(PARTNERS, ordered(events), PEOPLE, Vocabulary(), DAY))


def asked(startup_id: str, partner_id: str, amount: float | None, currency: str = "CNY") -> Interaction:
    return event(startup_id, partner_id, amount=amount, currency=currency)


def test_everyone_s_usual_amount_is_the_mean_of_its_logarithms():
    found = asks(asked("s", "i", 1e6), asked("t", "j", 1e8))

    assert found[-1] == pytest.approx([7, 1])


def test_a_partner_s_own_amounts_are_shrunk_towards_everyone_s():
    found = asks(asked("s", "i", 1e6), asked("t", "j", 1e8))
    one = np.exp(-30 / 730)

    small = (one * 6 + PRIOR_DEALS * 7) / (one + PRIOR_DEALS)
    assert found[0, 0] == pytest.approx(small)
    assert found[1, 0] == pytest.approx(14 - small)


def test_the_same_amount_in_another_currency_is_another_ask():
    found = asks(asked("s", "i", 1e6, "USD"), asked("t", "j", 1e6, "CNY"))

    assert found[0, 0] > found[1, 0]


def test_who_joins_amounts_of_every_size_varies_more():
    steady = [asked("s", "i", 1e7), asked("t", "i", 1e7), asked("u", "i", 1e7)]
    wide = [asked("s", "j", 1e5), asked("t", "j", 1e7), asked("u", "j", 1e9)]

    found = asks(*steady, *wide)

    assert found[1, 1] > found[0, 1] > 0


def test_who_joined_no_known_amount_is_unknown():
    found = asks(asked("s", "i", 1e6), asked("t", "j", None))

    assert np.isnan(found[1:3]).all()
    assert np.isfinite(found[[0, 3]]).all()


@pytest.mark.parametrize("events", [[], [asked("s", "i", None)]])
def test_without_any_amount_nobody_s_is_known(events: list[Interaction]):
    found = asks(*events)

    assert found.shape == (4, 2)
    assert np.isnan(found).all()


def test_equal_amounts_leave_some_spread():
    assert asks(asked("s", "i", 1e6), asked("t", "j", 1e6))[:2, 1].min() > 0
