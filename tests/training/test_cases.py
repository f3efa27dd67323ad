from matcher.interactions import Interaction, InteractionType
from matcher.model.cases import Cases, Outcome
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import event, ordered, startup
from tests.training.toys import DAY
from training.answers import answers_of
from training.cases import cases_of
from training.deals import deals_of

PARTNERS = Vocabulary(["north:i", "north:j", "north:quiet"])
PEOPLE = {p.key: p for p in (startup("a", industries=("alpha",)), startup("b", industries=("beta",)))}


def cases(*events: Interaction) -> tuple[Cases, Vocabulary]:
    attributes, table = Vocabulary(["industry:~alpha", "industry:~beta"]), ordered(events)
    deals = deals_of(PARTNERS, table, PEOPLE, attributes, DAY)
    replies = answers_of(PARTNERS, table, PEOPLE, DAY).by_partner
    return cases_of(deals, replies, PEOPLE, attributes), attributes


def test_each_partner_s_cases_stand_together_by_day():
    found, _ = cases(event("a", "j", days_ago=9), event("b", "i", days_ago=5), event("b", "j", days_ago=3))

    assert found.ends.tolist() == [0, 1, 3, 3]
    assert found.days.tolist() == [DAY - 5, DAY - 9, DAY - 3]


def test_how_far_a_pair_got_is_told():
    types = (InteractionType.INVESTED, InteractionType.MET, InteractionType.REQUESTED)
    found, _ = cases(*(event("a", "i", type_, days_ago=9, stage=type_) for type_ in types))

    assert sorted(found.outcomes.tolist()) == [Outcome.ASKED, Outcome.MET, Outcome.TAKEN]


def test_cases_are_described_by_their_startup():
    found, attributes = cases(event("a", "i"), event("b", "i", days_ago=3))

    fields = found.described[found.contexts].toarray()[:, :2]
    assert fields.tolist() == [[1, 0], [0, 1]]
    assert found.described.shape[1] == len(attributes)


def test_answers_are_counted_noes_first_and_noes_by_attribute():
    found, _ = cases(
        event("a", "i", InteractionType.DECLINED),
        event("b", "i", InteractionType.ACCEPTED),
        event("b", "j", InteractionType.DECLINED),
    )

    assert found.answers.tolist() == [[1, 1], [1, 0], [0, 0]]
    assert found.declined.toarray()[:, :2].tolist() == [[1, 0], [0, 1], [0, 0]]


def test_nobody_has_no_cases():
    found, _ = cases()

    assert found.ends.tolist() == [0, 0, 0, 0]
    assert found.answers.tolist() == [[0, 0]] * 3
    assert len(found.days) == found.declined.nnz == 0
