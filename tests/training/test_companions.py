import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.model.parameters import Companions
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import event, ordered, startup
from tests.training.toys import DAY
from training.companions import LEAST_FOLLOWED, companions_of
from training.deals import DECAY_DAYS, deals_of

PARTNERS = Vocabulary(["north:i", "north:j", "north:k"])
PEOPLE = {profile.key: profile for profile in (startup(f"s{n}") for n in range(9))}
ONE = np.exp(-30 / DECAY_DAYS)


def companions(*events: Interaction, as_of: int = DAY) -> tuple[Companions, Vocabulary]:
    attributes, table = Vocabulary(["stage:angel", "stage:early", "stage:growth"]), ordered(events)
    deals = deals_of(PARTNERS, table, PEOPLE, attributes, as_of)
    return companions_of(deals, table, PEOPLE, attributes), attributes


def test_who_shared_a_startup_is_met_together():
    found, _ = companions(event("s0", "i"), event("s0", "j"), event("s1", "j"), event("s1", "k"))

    assert found.together.toarray() == pytest.approx(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]) * ONE)


def test_the_more_startups_two_share_the_closer_they_are():
    found, _ = companions(*(event(f"s{n}", who) for n in range(3) for who in "ij"), event("s3", "k"))

    assert found.together[0, 1] == pytest.approx(3 * ONE)


def test_each_startup_s_partners_are_marked_once_whatever_the_rounds():
    found, _ = companions(event("s0", "i", stage="a"), event("s0", "i", stage="b"), event("s0", "k"))

    assert list(found.startups.terms) == ["north:s0"]
    assert found.partners.toarray().tolist() == [[1, 0, 1]]


def stages(*names: str, of: str, days_ago: int = 100) -> list[Interaction]:
    return [event(of, "i", stage=name, days_ago=days_ago - n) for n, name in enumerate(names)]


def column(attributes: Vocabulary, stage: str) -> int:
    return attributes.row(f"stage:{stage}")


def test_rounds_of_investments_are_closed():
    found, attributes = companions(*stages("a", of="s0"), event("s1", "i", InteractionType.MET, stage="b"))

    closed = {(int(row), int(at)) for row, at in zip(*found.closed.nonzero(), strict=True)}
    assert closed == {(found.startups.row("north:s0"), column(attributes, "a"))}


@pytest.mark.parametrize("days_ago", [0, -30])
def test_rounds_to_come_are_not_known(days_ago: int):
    before = [event("s0", "i", stage="a")]
    found, _ = companions(*before, event("s0", "j", stage="b", days_ago=days_ago))

    assert found.closed.nnz == 1
    assert found.together.nnz == 0


def test_the_stage_that_followed_for_several_is_expected_of_the_next():
    others = [event_ for n in range(LEAST_FOLLOWED) for event_ in stages("a", "b", of=f"s{n}")]
    found, attributes = companions(*others, *stages("a", of="s8"))

    asking = dict(zip(found.startups.terms, found.asking.tolist(), strict=True))
    assert asking["north:s8"] == column(attributes, "b")
    assert asking["north:s0"] == -1


def test_one_startup_s_path_is_no_rule():
    few = [event_ for n in range(LEAST_FOLLOWED - 1) for event_ in stages("a", "b", of=f"s{n}")]

    assert set(companions(*few, *stages("a", of="s8"))[0].asking.tolist()) == {-1}


def test_without_deals_nobody_has_company():
    found, _ = companions()

    assert (len(found.startups), found.together.nnz, len(found.asking)) == (0, 0, 0)
    assert found.together.shape == (3, 3)
