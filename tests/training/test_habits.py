import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.model.combination import HABITS
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import event, ordered, startup
from tests.training.toys import DAY
from training.answers import answers_of
from training.deals import deals_of
from training.habits import ANSWERS_ADDED, DAYS_ADDED, EVER, QUARTER, QUIET, YEAR, habits_of
from training.history import record_of

PEOPLE = {
    profile.key: profile
    for profile in (
        startup("a", industries=("alpha",)),
        startup("b", industries=("beta",)),
        startup("c", industries=("alpha",)),
    )
}
PARTNERS = Vocabulary(["north:i", "north:j", "north:quiet"])


def habits(*events: Interaction, popularity: tuple[float, ...] = (0.3, 0.2, 0.1)) -> dict[str, np.ndarray]:
    """Each habit of i, j and the quiet one."""
    attributes, table = Vocabulary(), ordered(events)
    deals = deals_of(PARTNERS, table, PEOPLE, attributes, DAY)
    answers = answers_of(PARTNERS, table, PEOPLE, DAY)
    record = record_of(deals, len(attributes))
    found = habits_of(deals, record, np.array(popularity, np.float32), answers, attributes)
    return dict(zip(HABITS, found.T, strict=True))


@pytest.mark.parametrize(
    ("name", "days"), [("pace_quarter", QUARTER), ("pace_year", YEAR), ("pace_ever", EVER)]
)
def test_a_pace_is_the_logarithm_of_recent_deals_against_the_usual_one(name: str, days: float):
    pace = habits(event("a", "i", days_ago=50), event("b", "i", days_ago=10))[name]

    active, quiet = np.log(np.exp(-50 / days) + np.exp(-10 / days) + QUIET[days]), np.log(QUIET[days])
    assert pace[0] - pace[1] == pytest.approx(active - quiet)
    assert pace[1] == pace[2]
    assert pace.sum() == pytest.approx(0, abs=1e-5)


def test_the_pace_of_new_startups_leaves_out_those_that_others_found_before():
    pace = habits(event("a", "i", days_ago=50), event("a", "j", days_ago=10))["pace_new"]

    assert pace[0] > pace[1] == pace[2]


def test_those_who_came_together_first_both_found_the_startup():
    pace = habits(event("a", "i"), event("a", "j"))["pace_new"]

    assert pace[0] == pace[1] > pace[2]


def test_the_time_since_the_last_deal_counts_from_the_latest():
    found = habits(event("a", "i", days_ago=50), event("b", "i", days_ago=10), event("a", "j", days_ago=50))

    since = found["since_last"]
    assert since[:2] == pytest.approx(np.log([10 + DAYS_ADDED, 50 + DAYS_ADDED]))
    assert np.isnan(since[2])


def test_company_is_how_many_join_the_partner_s_deals_on_one_day():
    found = habits(event("a", "i"), event("a", "j"), event("b", "i", days_ago=9), event("b", "j", days_ago=2))

    alone_once, together_once = 1, 2
    expected = np.log((together_once + alone_once + 2) / 3)
    assert found["company"][:2] == pytest.approx([expected, expected])
    assert np.isnan(found["company"][2])


def test_company_grows_with_those_who_join():
    found = habits(event("a", "i"), event("a", "j"), event("b", "i"))["company"]

    assert found[1] > found[0]


def test_popularity_is_handed_through_for_those_with_deals():
    found = habits(event("a", "i"), event("b", "j"))["popularity"]

    assert found[:2] == pytest.approx([0.3, 0.2])
    assert np.isnan(found[2])


def test_who_took_on_one_field_is_narrower_than_who_took_on_two_alike():
    events = [event("a", "i"), event("c", "i"), event("a", "j"), event("b", "j")]

    breadth = habits(*events)["breadth_industry"]

    assert breadth[0] < 0.1
    assert breadth[1] == pytest.approx(np.log(2))
    assert np.isnan(breadth[2])


def test_nothing_is_known_of_breadth_where_deals_tell_no_region():
    assert np.isnan(habits(event("a", "i"))["breadth_region"]).all()


@pytest.mark.parametrize(
    ("habit", "yes", "no"),
    [
        ("willingness", InteractionType.ACCEPTED, InteractionType.DECLINED),
        ("appeal", InteractionType.REQUESTED, InteractionType.DISMISSED),
    ],
)
def test_the_usual_answer_is_measured_against_everyone_s(
    habit: str, yes: InteractionType, no: InteractionType
):
    found = habits(event("a", "i", yes), event("b", "i", yes), event("a", "j", no), event("b", "j", no))

    half = ANSWERS_ADDED / 2
    expected = np.log((2 + half) / half)
    assert found[habit][:2] == pytest.approx([expected, -expected])
    assert np.isnan(found[habit][2])


def test_without_answers_nothing_is_known_of_them():
    found = habits(event("a", "i"))

    assert np.isnan(found["willingness"]).all()
    assert np.isnan(found["appeal"]).all()


def test_without_deals_everyone_is_as_quiet_as_everyone():
    found = habits()

    assert not found["pace_year"].any()
    assert all(np.isnan(found[name]).all() for name in ("popularity", "since_last", "company"))
