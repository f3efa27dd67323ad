"""Who is offered next: the first alternate that nothing stands against."""

import pytest

from matcher.cohorts.configuration import Configuration
from matcher.cohorts.introducing.alternates import Candidate, Obstacle, Vacancy, next_best, refuses
from matcher.cohorts.result import Alternate
from matcher.matching.relations import Relation
from matcher.profiles import Profile, Role, Status
from tests.matcher.store.runs_at_hand import pair
from tests.matcher.store.samples import investor, mentor, startup

TWO = Configuration(role=Role.MENTOR, startup_max=2)
S1 = startup("s1", "青松科技")


def candidate(partner: Profile, place: int = 1, used: int = 0, **fields: bool | Relation) -> Candidate:
    alternate = Alternate(place=place, pair=pair("s1", partner.id))
    return Candidate(alternate, partner, 2, used, **fields)  # type: ignore[arg-type]


def chosen(*candidates: Candidate, vacancy: Vacancy | None = None) -> str | None:
    found, _ = next_best(vacancy or Vacancy(S1, set(), []), candidates, TWO)
    return found.pair.partner_id if found else None


def test_the_first_in_order_is_chosen() -> None:
    assert chosen(candidate(mentor("m1")), candidate(mentor("m2"), 2)) == "m1"


def test_those_on_the_way_are_told_with_what_stood_against_them() -> None:
    candidates = [
        candidate(mentor("m1"), used=2),
        candidate(mentor("m2", status=Status.PAUSED), 2),
        candidate(mentor("m3"), 3, relation=Relation.DECLINED),
        candidate(mentor("m4"), 4, away=True),
        candidate(mentor("m5"), 5),
        candidate(mentor("m6"), 6, used=2),
    ]
    found, passed = next_best(Vacancy(S1, set(), []), candidates, TWO)
    assert found == candidates[4].alternate
    assert passed == [
        ("m1", Obstacle.NO_ROOM),
        ("m2", Obstacle.INACTIVE),
        ("m3", Obstacle.ANSWERED_BEFORE),
        ("m4", Obstacle.SLOT),
    ]


def test_a_startup_that_has_all_its_meetings_is_offered_nobody() -> None:
    full = Vacancy(S1, set(), [mentor("m8"), mentor("m9")])
    assert chosen(candidate(mentor("m1")), vacancy=full) is None


def test_a_startup_that_is_paused_is_offered_nobody() -> None:
    paused = Vacancy(startup("s1", status=Status.PAUSED), set(), [])
    assert chosen(candidate(mentor("m1")), vacancy=paused) is None


def test_an_investor_who_does_not_invest_now_is_passed_over() -> None:
    assert chosen(candidate(investor("i1", deploying=False)), candidate(investor("i2"), 2)) == "i2"


@pytest.mark.parametrize("named", ["s1", "north:s1", "青松科技", "青松科技 "])
def test_one_refuses_another_by_id_key_or_name(named: str) -> None:
    assert refuses(mentor("m1", conflicts=(named,)), S1)
    assert not refuses(S1, mentor("m1", conflicts=(named,)))


def test_an_id_means_the_own_organisations() -> None:
    abroad = mentor("m8", organisation="south", conflicts=("s1",))
    assert not refuses(abroad, S1)
