import numpy as np
import pytest

from matcher.interactions import Interaction, day_number
from matcher.model.parameters import Crowd, Record
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, event, ordered, startup
from training.deals import DECAY_DAYS, Deals, deals_of
from training.history import RECENT_DAYS, crowd_of, record_of

PEOPLE = [
    startup("a1", industries=("alpha",)),
    startup("a2", industries=("alpha",)),
    startup("b", industries=("beta",)),
]
PARTNERS = Vocabulary(["north:i", "north:j", "north:quiet"])
ONE = np.exp(-30 / DECAY_DAYS)
"""What a deal of 30 days ago counts."""


def deals(*events: Interaction) -> tuple[Deals, Vocabulary]:
    attributes, people = Vocabulary(), {p.key: p for p in PEOPLE}
    return deals_of(PARTNERS, ordered(events), people, attributes, day_number(TODAY)), attributes


def record(*events: Interaction) -> tuple[Record, list[int]]:
    """The record, and the columns of alpha and beta."""
    found, attributes = deals(*events)
    columns = attributes.rows((f"industry:~{name}" for name in ("alpha", "beta")), unknown=-1)
    return record_of(found, len(attributes)), columns.tolist()


def crowd(*events: Interaction) -> Crowd:
    found, attributes = deals(*events)
    return crowd_of(found, len(attributes))


def test_counts_add_up_each_partner_s_deals_by_attribute():
    found, columns = record(event("a1", "i"), event("a2", "i"), event("b", "i"), event("b", "j"))

    assert found.counts.toarray()[:, columns] == pytest.approx(np.array([[2, 1], [0, 1], [0, 0]]) * ONE)
    assert found.deals == pytest.approx([3 * ONE, ONE, 0])


def test_times_count_deals_as_such_and_latest_tells_the_last_one_s_day():
    found, columns = record(event("a1", "i", days_ago=9), event("a2", "i", days_ago=5), event("b", "j"))
    today = day_number(TODAY)

    assert found.times.toarray()[:, columns].tolist() == [[2, 0], [0, 1], [0, 0]]
    assert found.latest.toarray()[:, columns].tolist() == [[today - 5, 0], [0, today - 30], [0, 0]]


def test_the_three_measures_of_a_record_have_one_pattern():
    found, _ = record(event("a1", "i"), event("b", "i"), event("b", "j"))

    for matrix in (found.times, found.latest):
        assert matrix.indices.tolist() == found.counts.indices.tolist()
        assert matrix.indptr.tolist() == found.counts.indptr.tolist()


def test_deals_of_one_description_share_a_segment():
    found = crowd(event("a1", "i"), event("a2", "j"), event("b", "j"))

    assert found.segments.shape[0] == 2
    assert found.chosen.toarray() == pytest.approx(np.array([[1, 0], [1, 1], [0, 0]]) * ONE)


def test_what_is_recent_fades_faster_than_what_was_chosen():
    found = crowd(event("a1", "i", days_ago=1), event("b", "i", days_ago=400))

    share = found.recent.toarray()[0] / found.chosen.toarray()[0]
    rate = 1 / RECENT_DAYS - 1 / DECAY_DAYS
    assert sorted(share) == pytest.approx([np.exp(-400 * rate), np.exp(-rate)])


def test_a_description_is_the_same_in_whatever_order_it_is_told():
    one, other = (
        startup(id_, industries=told) for id_, told in (("x", ("alpha", "beta")), ("y", ("beta", "alpha")))
    )
    attributes, people = Vocabulary(), {p.key: p for p in (one, other)}
    events = ordered([event("x", "i"), event("y", "i")])
    found = deals_of(PARTNERS, events, people, attributes, day_number(TODAY))

    assert crowd_of(found, len(attributes)).segments.shape == (1, 2)


def test_no_deals_leave_no_record_and_no_crowd():
    found, _ = record()

    assert found.counts.shape == found.times.shape == found.latest.shape == (3, 0)
    assert found.deals.tolist() == [0, 0, 0]
    assert crowd().chosen.shape == (3, 0)


def test_matrices_are_float32_with_sorted_columns():
    events = (event("a1", "i"), event("b", "i"))
    found, kinds = record(*events)[0], crowd(*events)

    for matrix in (found.counts, found.times, found.latest, kinds.segments, kinds.chosen, kinds.recent):
        assert matrix.dtype == np.float32
        assert matrix.has_canonical_format
