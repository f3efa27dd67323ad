import numpy as np

from matcher.interactions import InteractionType
from matcher.model.cases import Outcome
from matcher.profiles import Role
from tests.matcher.worlds import event, investor, startup
from tests.training.toys import DAY, SMALL, world
from training.roles import role_on

PEOPLE = [startup("s1"), startup("s2", industries=("alpha",)), investor("i"), investor("j")]


def cases_after(*events):
    known = world(PEOPLE, events)
    return role_on(DAY, Role.INVESTOR, known, SMALL).cases, known.attributes


def test_each_partner_has_its_own_cases_in_the_order_of_days():
    cases, _ = cases_after(
        event("s1", "j", days_ago=9), event("s1", "i", days_ago=5), event("s2", "i", days_ago=50)
    )

    assert cases.ends.tolist() == [0, 2, 3]
    assert (DAY - cases.days).tolist() == [50, 5, 9]
    assert cases.startups[1] == cases.startups[2] != cases.startups[0]


def test_how_far_a_pair_got_is_kept():
    cases, _ = cases_after(
        event("s1", "i", InteractionType.REQUESTED, days_ago=9),
        event("s2", "i", InteractionType.MET, days_ago=5),
        event("s1", "j", InteractionType.INVESTED),
    )

    assert cases.outcomes.tolist() == [Outcome.ASKED, Outcome.MET, Outcome.TAKEN]


def test_cases_are_described_by_what_the_startup_is():
    cases, attributes = cases_after(event("s2", "i"))

    described = cases.described[cases.contexts[0]].toarray().ravel()
    assert np.flatnonzero(described).tolist() == [attributes.row("industry:~alpha")]


def test_answers_and_whom_they_refused_are_counted():
    cases, attributes = cases_after(
        event("s1", "i", InteractionType.ACCEPTED), event("s2", "i", InteractionType.DECLINED)
    )

    assert cases.answers.tolist() == [[1, 1], [0, 0]]
    assert cases.declined[0, attributes.row("industry:~alpha")] == 1
