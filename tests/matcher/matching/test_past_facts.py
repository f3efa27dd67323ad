"""What is told of a past: which startups are counted, and when there is nothing to tell."""

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.matching.past import Past, past_of
from matcher.matching.past_facts import PAST_FACTS
from matcher.matching.pointing import Pointing
from matcher.profiles import Role
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import TODAY, event, investor, startup
from tests.training.toys import DAY, SMALL, world
from training.roles import role_on

ALPHAS = [startup(f"a{n}", industries=("alpha",), region="深圳", stage="angel") for n in range(4)]
BETAS = [startup(f"b{n}", industries=("beta",), region="广州", raising_amount=5e6) for n in range(6)]
ASKING = startup("asking", industries=("alpha",), region="深圳", stage="angel", raising_amount=4e6)


def past_after(*events: Interaction) -> Past:
    """The past of an investor to whom only these events happened."""
    known = world([*ALPHAS, *BETAS, investor("i")], events)
    model = role_on(DAY, Role.INVESTOR, known, SMALL)
    return past_of(model, "north:i", Vocabulary(known.attributes.terms), TODAY)


def backed(*ids: str, type_: InteractionType = InteractionType.INVESTED) -> list[Interaction]:
    return [event(id_, "i", type_) for id_ in ids]


def told(signal: str, past: Past, points: float = 0.1, lead: str = ""):
    return PAST_FACTS[signal](Pointing(signal, points, lead or signal), ASKING, past)


def test_past_startups_of_the_same_field_are_counted_among_all():
    facts = told("affinity_industry", past_after(*backed("a0", "a1", "a2", "b0")))

    assert (facts["met"], facts["taken"], facts["of"], facts["ago"]) == (3, 3, 4, 30)
    assert (facts["wanted"], facts["same_stage"], facts["uncertain"]) == (("industry:~alpha",), 3, False)


def test_one_or_two_are_little_to_go_by():
    assert told("affinity_industry", past_after(*backed("a0", "a1")))["uncertain"]


def test_without_a_precedent_nothing_speaks_for_the_pair():
    assert told("affinity_industry", past_after(*backed("b0", "b1"))) is None


def test_what_lacks_is_told_against_the_pair():
    facts = told("affinity_industry", past_after(*backed("b0", "b1", "b2", "b3", "a0")), -0.1)

    assert (facts["met"], facts["of"], facts["uncertain"]) == (1, 5, False)


def test_what_half_its_startups_had_is_never_called_rare():
    assert told("affinity_industry", past_after(*backed("b0", "a0")), -0.1) is None


def test_a_third_of_its_startups_is_still_few():
    assert told("affinity_industry", past_after(*backed("b0", "b1", "a0")), -0.1)["met"] == 1


def test_where_the_city_has_no_precedent_the_province_is_named_and_never_the_country():
    facts = told("affinity_region", past_after(*backed("b0", "b1", "b2")))

    assert facts["wanted"] == ("region:cn-gd",)


def test_startups_that_only_asked_are_told_apart():
    facts = told("affinity_industry", past_after(*backed("a0", "a1", type_=InteractionType.REQUESTED)))

    assert (facts["met"], facts["asked"], facts["uncertain"]) == (0, 2, True)


def test_amounts_within_half_a_decade_are_near():
    facts = told("affinity_ask", past_after(*backed("b0", "b1", "b2")))

    assert (facts["met"], facts["ask"]) == (3, 4e6)


def test_like_startups_share_two_of_industry_region_and_stage():
    facts = told("neighbours", past_after(*backed("a0", "b0")))

    assert (facts["met"], facts["of"]) == (1, 2)


def test_activity_counts_the_last_year():
    past = past_after(event("a0", "i", days_ago=20), event("a1", "i", days_ago=500))

    assert (told("activity", past)["year"], told("activity", past)["met"]) == (1, 2)


@pytest.mark.parametrize("signal", ["activity", "breadth"])
def test_of_who_did_nothing_no_deed_is_told(signal: str):
    assert told(signal, past_after()) is None


def test_answers_are_told_only_where_they_lead():
    past = past_after(
        *backed("a0", type_=InteractionType.ACCEPTED), event("b0", "i", InteractionType.DECLINED)
    )

    assert told("response", past, lead="willingness")["accepted"] == 1
    assert "accepted" not in told("response", past, lead="appeal")


def test_refusals_name_what_was_refused_most():
    past = past_after(*[event(id_, "i", InteractionType.DECLINED) for id_ in ("a0", "a1", "b0")])

    facts = told("refusals", past, -0.1, "declines")
    assert (facts["count"], facts["refused"], facts["wanted"]) == (2, 3, ("industry:~alpha",))
    assert told("refusals", past, 0.1, "declines") is None
