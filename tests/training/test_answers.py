import numpy as np
import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.model.parameters import Refusals
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import event, investor, ordered, startup
from tests.training.toys import DAY
from training.answers import Answers, Said, answers_of, refusals_of
from training.deals import DECAY_DAYS, STRENGTH

REQUESTED, SHORTLISTED = InteractionType.REQUESTED, InteractionType.SHORTLISTED
DISMISSED, SEEN = InteractionType.DISMISSED, InteractionType.VIEWED
ACCEPTED, DECLINED = InteractionType.ACCEPTED, InteractionType.DECLINED

PEOPLE = [
    startup("a", industries=("alpha",)),
    startup("b", industries=("beta",)),
    investor("i"),
    investor("j"),
]
BY_KEY = {profile.key: profile for profile in PEOPLE}
PARTNERS = Vocabulary(["north:i", "north:j"])
ATTRIBUTES = Vocabulary(["industry:~alpha", "industry:~beta"])


def answers(*events: Interaction, as_of: int = DAY) -> Answers:
    return answers_of(PARTNERS, ordered(events), BY_KEY, as_of)


def told(said: Said) -> dict[tuple[str, str], bool]:
    """Yes or no of each pair."""
    names = [PARTNERS.terms[row].partition(":")[2] for row in said.partners]
    pairs = zip((key.partition(":")[2] for key in said.startups), names, strict=True)
    return dict(zip(pairs, said.yes.tolist(), strict=True))


@pytest.mark.parametrize(("type_", "yes"), [(REQUESTED, True), (SHORTLISTED, True), (DISMISSED, False)])
def test_a_startup_s_answer_is_its_own_alone(type_: InteractionType, yes: bool):
    found = answers(event("a", "i", type_))

    assert told(found.by_startup) == told(found.outright) == {("a", "i"): yes}
    assert told(found.by_partner) == {}


@pytest.mark.parametrize(("type_", "yes"), [(ACCEPTED, True), (DECLINED, False)])
def test_a_partner_s_answer_is_its_own_alone(type_: InteractionType, yes: bool):
    found = answers(event("a", "i", type_))

    assert told(found.by_partner) == {("a", "i"): yes}
    assert told(found.by_startup) == told(found.outright) == {}


@pytest.mark.parametrize("type_", [InteractionType.MET, InteractionType.INVESTED, InteractionType.MENTORED])
def test_what_both_did_together_is_nobody_s_answer(type_: InteractionType):
    found = answers(event("a", "i", type_))

    assert not len(found.by_startup) + len(found.by_partner) + len(found.outright)


def test_the_last_word_counts():
    first, then = event("a", "i", REQUESTED, days_ago=9), event("a", "i", DISMISSED, days_ago=3)
    other = [event("b", "i", DISMISSED, days_ago=9), event("b", "i", REQUESTED, days_ago=3)]

    found = answers(first, then, *other).by_startup

    assert told(found) == {("a", "i"): False, ("b", "i"): True}
    assert found.days.tolist() == [DAY - 3, DAY - 3]


@pytest.mark.parametrize("type_", [InteractionType.VIEWED, InteractionType.SHOWN])
def test_seen_and_let_pass_is_a_no_but_not_an_outright_one(type_: InteractionType):
    found = answers(event("a", "i", type_))

    assert told(found.by_startup) == {("a", "i"): False}
    assert told(found.outright) == {}


def test_looking_again_takes_no_word_back():
    found = answers(event("a", "i", REQUESTED, days_ago=9), event("a", "i", SEEN, days_ago=3))

    assert told(found.by_startup) == {("a", "i"): True}
    assert found.by_startup.days.tolist() == [DAY - 9]


def test_looking_again_does_not_repeat_a_no():
    found = answers(event("a", "i", DISMISSED, days_ago=9), event("a", "i", SEEN, days_ago=3)).by_startup

    assert (told(found), found.days.tolist()) == ({("a", "i"): False}, [DAY - 9])


@pytest.mark.parametrize("type_", [type_ for type_ in STRENGTH if type_ not in (REQUESTED, SHORTLISTED)])
@pytest.mark.parametrize("days_ago", [2, 50])
def test_seen_is_no_refusal_where_the_pair_came_together(type_: InteractionType, days_ago: int):
    found = answers(event("a", "i", SEEN, days_ago=20), event("a", "i", type_, days_ago=days_ago))

    assert told(found.by_startup) == {}


def test_who_came_together_and_was_dismissed_later_was_dismissed():
    met = event("a", "i", InteractionType.MET, days_ago=9)

    assert told(answers(met, event("a", "i", DISMISSED, days_ago=3)).by_startup) == {("a", "i"): False}


@pytest.mark.parametrize("days_ago", [0, -7])
def test_what_is_said_on_the_day_or_later_is_not_heard(days_ago: int):
    found = answers(event("a", "i", REQUESTED), event("a", "i", DISMISSED, days_ago=days_ago))

    assert told(found.by_startup) == {("a", "i"): True}


def test_words_of_people_who_are_gone_are_left_out():
    found = answers(event("gone", "i", DISMISSED), event("a", "left", DECLINED))

    assert not len(found.by_startup) + len(found.by_partner)


def test_answers_between_two_days_include_the_first_and_not_the_end():
    said = answers(*(event("a", "i", DECLINED, days_ago=5), event("b", "j", DECLINED, days_ago=3))).by_partner

    assert told(said.between(DAY - 5, DAY - 3)) == {("a", "i"): False}
    assert told(said.between(DAY - 4, DAY)) == {("b", "j"): False}
    assert len(said.between(DAY - 3, DAY - 3)) == 0


# refusals


def refusals(*events: Interaction) -> Refusals:
    return refusals_of(answers(*events), BY_KEY, ATTRIBUTES, len(PARTNERS), DAY)


def test_noes_are_counted_by_the_startup_s_attributes_less_with_age():
    found = refusals(event("a", "i", DECLINED, days_ago=9), event("b", "i", DECLINED, days_ago=300))
    young, old = np.exp(-9 / DECAY_DAYS), np.exp(-300 / DECAY_DAYS)

    assert found.declined.toarray() == pytest.approx(np.array([[young, old], [0, 0]]))
    assert found.declined_in_all == pytest.approx([young + old, 0])
    assert not found.dismissed.nnz
    assert not found.dismissed_in_all.any()


def test_a_startup_s_noes_are_counted_apart_from_the_partner_s():
    found = refusals(event("a", "j", DISMISSED, days_ago=1))

    assert found.dismissed.toarray()[1] == pytest.approx([np.exp(-1 / DECAY_DAYS), 0])
    assert not found.declined.nnz


@pytest.mark.parametrize("type_", [ACCEPTED, REQUESTED, SEEN])
def test_a_yes_or_a_look_is_no_refusal(type_: InteractionType):
    found = refusals(event("a", "i", type_))

    assert not found.declined.nnz + found.dismissed.nnz


def test_nobody_s_refusals_are_zeros_of_the_right_shape():
    found = refusals()

    assert found.declined.shape == found.dismissed.shape == (2, 2)
    assert found.declined_in_all.tolist() == [0, 0]
