import numpy as np
import pytest

from matcher.interactions import Interaction
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, event, investor, ordered, startup
from training.deals import Deals, deals_of
from training.history import History, history_of

PEOPLE = [
    startup("a1", industries=("alpha",)),
    startup("a2", industries=("alpha",)),
    startup("b", industries=("beta",)),
]
PEOPLE += [investor("i"), investor("j")]


def history(*events: Interaction) -> tuple[History, Deals, Vocabulary]:
    attributes = Vocabulary()
    deals = deals_of(Role.INVESTOR, ordered(events), {p.key: p for p in PEOPLE}, attributes, TODAY)
    return history_of(deals, len(attributes)), deals, attributes


def test_counts_add_up_each_partner_s_deals_by_attribute():
    found, deals, attributes = history(event("a1", "i"), event("a2", "i"), event("b", "i"), event("b", "j"))
    one = np.exp(-30 / 730)

    counts = found.counts.toarray()
    rows = [deals.partner_keys.row(f"north:{id_}") for id_ in "ij"]
    columns = [attributes.row(f"industry:~{name}") for name in ("alpha", "beta")]
    assert counts[np.ix_(rows, columns)] == pytest.approx(np.array([[2, 1], [0, 1]]) * one)
    assert found.deals[rows] == pytest.approx([3 * one, one])


def test_deals_of_one_description_share_a_segment():
    found, deals, attributes = history(event("a1", "i"), event("a2", "j"), event("b", "j"))

    assert found.segments.shape == (2, len(attributes))
    assert found.chosen.shape == (2, 2)
    alpha = int(np.flatnonzero(found.segments.toarray()[:, attributes.row("industry:~alpha")])[0])
    assert (found.chosen.toarray()[:, alpha] > 0).all()
    assert found.chosen.sum() == pytest.approx(deals.weights.sum())


def test_a_description_is_the_same_in_whatever_order_it_is_told():
    one, other = (
        startup(id_, industries=told) for id_, told in (("x", ("alpha", "beta")), ("y", ("beta", "alpha")))
    )
    attributes, people = Vocabulary(), {p.key: p for p in (one, other, investor("i"))}
    deals = deals_of(Role.INVESTOR, ordered([event("x", "i"), event("y", "i")]), people, attributes, TODAY)

    assert history_of(deals, len(attributes)).segments.shape == (1, 2)


def test_no_deals_leave_no_history():
    found, _, _ = history()

    assert found.counts.shape == found.chosen.shape == (0, 0)
    assert found.deals.shape == (0,)


def test_matrices_are_float32_with_sorted_columns():
    found, _, _ = history(event("a1", "i"), event("b", "i"))

    for matrix in (found.counts, found.segments, found.chosen):
        assert matrix.dtype == np.float32
        assert matrix.has_canonical_format
