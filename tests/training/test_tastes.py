"""Tastes in worlds where who likes what is known."""

import numpy as np
import numpy.typing as npt
import pytest

from matcher.interactions import Interaction
from matcher.profiles import Profile, Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import (
    ALPHA_INVESTORS,
    BETA_INVESTORS,
    checkerboard,
    event,
    investor,
    ordered,
    startup,
)
from tests.training.toys import DAY
from training import tastes
from training.deals import Deals, deals_of
from training.tastes import Fitted, fit_tastes


def deals(people: list[Profile], events: list[Interaction]) -> tuple[Deals, Vocabulary]:
    attributes, table = Vocabulary(), ordered(events)
    partners = Vocabulary(profile.key for profile in people if profile.role is Role.INVESTOR)
    return deals_of(partners, table, {p.key: p for p in people}, attributes, DAY), attributes


def worth(people: list[Profile], events: list[Interaction]) -> dict[tuple[str, str], float]:
    """What each attribute is worth to each partner."""
    found, attributes = deals(people, events)
    fitted = fit_tastes(found).tastes
    names = [attributes.terms[column].partition("~")[2] for column in fitted.described]
    partners = [key.partition(":")[2] for key in found.partner_keys.terms]
    return {
        (partner, name): float(fitted.weights[row, column])
        for row, partner in enumerate(partners)
        for column, name in enumerate(names)
    }


def test_a_checkerboard_is_learned():
    found = worth(*checkerboard())

    for mine, theirs, field in (
        (ALPHA_INVESTORS, BETA_INVESTORS, "alpha"),
        (BETA_INVESTORS, ALPHA_INVESTORS, "beta"),
    ):
        likes = min(found[partner, field] for partner in mine)
        assert likes > 1 > -1 > max(found[partner, field] for partner in theirs)


def test_who_chose_nobody_likes_nothing():
    found = worth(*checkerboard())

    assert found["i-new", "alpha"] < found["i0", "alpha"]
    assert found["i-new", "alpha"] == pytest.approx(found["i-new", "beta"], abs=1e-3)


def test_what_comes_along_with_the_reason_is_worth_less_than_when_it_stands_alone():
    """i likes alpha, half of which is in the field gamma too; j takes gamma without alpha."""
    people = [investor("i"), investor("j"), *(startup(f"a{n}", industries=("alpha",)) for n in range(10))]
    people += [startup(f"b{n}", industries=("alpha", "gamma")) for n in range(10)]
    people += [startup(f"c{n}", industries=("gamma",)) for n in range(10)]
    events = [
        event(f"{kind}{n}", who) for kind, who in (("a", "i"), ("b", "i"), ("c", "j")) for n in range(10)
    ]

    found = worth(people, events)

    assert found["i", "alpha"] > 0.5
    assert found["i", "gamma"] < 0


def popularity(fitted: Fitted) -> npt.NDArray[np.float32]:
    return fitted.popularity - fitted.popularity[0]


def test_the_bias_is_the_logarithm_of_how_often_a_partner_is_chosen():
    people = [*(investor(f"i{n}") for n in range(3)), *(startup(f"s{n}") for n in range(7))]
    events = [event(f"s{n}", f"i{partner}") for n, partner in enumerate([0, 1, 1, 2, 2, 2, 2])]

    found = fit_tastes(deals(people, events)[0])

    assert popularity(found) == pytest.approx(np.log([1, 2, 4]), abs=0.03)


def test_how_often_is_told_apart_from_what():
    people = [investor("i"), investor("j")]
    people += [startup(f"a{n}", industries=("alpha",)) for n in range(2)]
    people += [startup(f"b{n}", industries=("beta",)) for n in range(6)]
    events = [*(event(f"a{n}", "i") for n in range(2)), *(event(f"b{n}", "j") for n in range(6))]

    found = fit_tastes(deals(people, events)[0])

    assert popularity(found)[1] > 0
    assert worth(people, events)["i", "alpha"] > worth(people, events)["j", "alpha"]


def test_old_choices_make_less_popular_than_new_ones():
    people = [investor("i"), investor("j"), startup("s"), startup("t")]
    found = fit_tastes(deals(people, [event("s", "i", days_ago=900), event("t", "j", days_ago=9)])[0])

    assert popularity(found)[1] > 0.5


def test_whitening_is_the_ridge_regression_of_who_joined():
    """Solved beside it as a least-squares problem with one row more for each penalised coefficient."""
    rng = np.random.default_rng(0)
    fields = [tuple(rng.choice(["alpha", "beta", "gamma"], size=2, replace=False)) for _ in range(40)]
    people = [startup(f"s{n}", industries=field) for n, field in enumerate(fields)]
    people += [investor(f"i{n}") for n in range(3)]
    events = [event(f"s{n}", f"i{n % 3}", days_ago=10 * n + 1) for n in range(40)]
    found, _ = deals(people, events)
    fitted = fit_tastes(found).tastes

    design = np.hstack([found.described[:, fitted.described].toarray(), np.ones((len(found), 1))])
    joined = np.eye(3)[found.partners]
    root = np.sqrt(found.weights())[:, None]
    penalty = np.diag(np.sqrt([tastes.RIDGE] * (design.shape[1] - 1) + [tastes.RIDGE * tastes.BIAS_PENALTY]))
    left, right = np.vstack([root * design, penalty]), np.vstack([root * joined, np.zeros((len(penalty), 3))])

    solved = np.linalg.lstsq(left, right, rcond=None)[0]
    assert fitted.whitening @ design.T @ (root**2 * joined) == pytest.approx(solved, abs=1e-6)


def test_no_deals_leave_no_tastes():
    found = fit_tastes(deals([investor("i"), startup("s")], [])[0])

    assert found.popularity.tolist() == [0]
    assert found.tastes.weights.size == found.tastes.whitening.size == found.tastes.described.size == 0


def test_the_same_deals_give_the_same_tastes_to_the_bit():
    one, same = (fit_tastes(deals(*checkerboard())[0]).tastes for _ in range(2))

    assert one.weights.tobytes() == same.weights.tobytes()
    assert one.whitening.tobytes() == same.whitening.tobytes()


# budgets


def test_with_too_many_weights_none_are_fitted(monkeypatch: pytest.MonkeyPatch):
    found, _ = deals(*checkerboard())
    columns = len(fit_tastes(found).tastes.described) + 1
    monkeypatch.setattr(tastes, "MOST_WEIGHTS", len(found.partner_keys) * columns)
    assert len(fit_tastes(found).tastes.weights) == len(found.partner_keys)

    monkeypatch.setattr(tastes, "MOST_WEIGHTS", len(found.partner_keys) * columns - 1)
    counted = fit_tastes(found)

    assert counted.tastes.weights.shape == (0, columns - 1)
    assert counted.tastes.whitening.shape == (columns, columns)
    assert not counted.popularity.any()


def test_with_too_many_cells_only_the_latest_contexts_teach(monkeypatch: pytest.MonkeyPatch):
    people = [investor("i"), investor("j")]
    people += [startup(f"s{n}", industries=("alpha",)) for n in range(8)]
    events = [event(f"s{n}", "i" if n < 6 else "j", days_ago=100 - n) for n in range(8)]
    whole = popularity(fit_tastes(deals(people, events)[0]))

    monkeypatch.setattr(tastes, "MOST_CELLS", 2 * 2)
    latest = popularity(fit_tastes(deals(people, events)[0]))

    assert whole[1] < 0 < latest[1]


def test_of_too_many_attributes_the_most_frequent_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tastes, "MOST_DESCRIBED", 1)
    people = [investor("i"), startup("s", industries=("alpha",)), startup("t", industries=("beta", "alpha"))]
    found, attributes = deals(people, [event("s", "i"), event("t", "i")])

    kept = fit_tastes(found).tastes.described

    assert [attributes.terms[column] for column in kept] == ["industry:~alpha"]
