"""Profiles in, columns out: each column read by its name, as the combination reads it."""

import numpy as np
import pytest
import scipy.sparse as sp

from matcher.features.attributes import Family
from matcher.features.space import attribute_space
from matcher.interactions import Interaction, InteractionType
from matcher.matching.sides import PartnerSide, StartupSide
from matcher.matching.signal_matrix import DESCRIPTION_WEIGHTS, description_weights, signal_matrix
from matcher.matching.snapshot import Snapshot
from matcher.model.combination import COLUMNS
from matcher.model.parameters import Model
from matcher.profiles import Role
from matcher.signals.meeting import Chosen
from matcher.vocabulary import Vocabulary
from tests.matcher.worlds import checkerboard, event, investor, mentor, snapshot_of, startup, trained_on

WORDS = ["laser optics", "dentist chair", "laser dentist", ""]
PLACES = ["深圳", "广东", "北京", ""]


def mixed_world() -> tuple[Snapshot, Model]:
    """Startups and investors with and without each thing, and what some of them did: i7 and i8 nothing."""
    startups = [
        startup(
            f"s{n}",
            industries=(("alpha",), ("beta",), ())[n % 3],
            description=WORDS[n % 4],
            region=PLACES[n % 4],
            stage=("angel", "a", "")[n % 3],
            needs=(("股权融资", "法律"), ("股权融资",), ())[n % 3],
            raising_amount=(None, 1e6, 1e8)[n % 3],
            raising_currency=("", "CNY", "USD")[n % 3],
        )
        for n in range(12)
    ]
    investors = [
        investor(
            f"i{n}",
            industries=(("alpha", "beta"), ("alpha",), ())[n % 3],
            description=WORDS[n % 4],
            region=PLACES[(n + 1) % 4],
            stages=(("angel",), (), ("b", "seed"))[n % 3],
            offers=((), ("股权融资",), ("法律",))[n % 3],
            ticket_max=(None, 1e7)[n % 2],
        )
        for n in range(9)
    ]
    events = mixed_events()
    model = trained_on([*startups, *investors], events)
    return snapshot_of([*startups, *investors], events, model), model


def mixed_events() -> list[Interaction]:
    """Deals on different days, some of them shared, requests with either answer, and dismissals."""
    deals = [event(f"s{n}", f"i{n % 7}", days_ago=30 + 40 * n) for n in range(12)]
    deals += [event(f"s{n}", f"i{n + 1}", days_ago=30 + 40 * n) for n in (0, 3)]
    requests = [event(f"s{n}", f"i{n % 5}", InteractionType.REQUESTED, days_ago=25) for n in range(10)]
    answers = [InteractionType.ACCEPTED, InteractionType.DECLINED, InteractionType.DECLINED]
    replies = [event(f"s{n}", f"i{n % 5}", answers[n % 3], days_ago=20) for n in range(10)]
    waved = [event(f"s{n}", f"i{n % 4}", InteractionType.DISMISSED, days_ago=15) for n in (1, 2, 4, 10)]
    return [*deals, *requests, *replies, *waved]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return mixed_world()[0]


def sides(snapshot: Snapshot, role: Role = Role.INVESTOR) -> tuple[StartupSide, PartnerSide]:
    startups, partners = snapshot.pools[Role.STARTUP][0].sides[role], snapshot.pools[role][0].sides[role]
    assert isinstance(startups, StartupSide)
    assert isinstance(partners, PartnerSide)
    return startups, partners


def matrix(snapshot: Snapshot, role: Role = Role.INVESTOR, startups=None, partners=None) -> np.ndarray:
    one, other = sides(snapshot, role)
    one = one if startups is None else one.take(np.array(startups, dtype=np.intp))
    other = other if partners is None else other.take(np.array(partners, dtype=np.intp))
    return signal_matrix(one, other, snapshot.context.knowledge[role], snapshot.context.space)


def test_there_is_one_float32_for_each_pair_and_column(snapshot: Snapshot):
    columns = matrix(snapshot)

    assert columns.shape == (12, 9, len(COLUMNS))
    assert columns.dtype == np.float32


@pytest.mark.parametrize("name", COLUMNS)
def test_each_column_tells_pairs_apart_and_is_never_infinite(snapshot: Snapshot, name: str):
    values = matrix(snapshot)[:, :, COLUMNS.index(name)]

    assert not np.isinf(values).any()
    assert len(np.unique(values[np.isfinite(values)])) > 1


def test_one_pair_alone_has_the_columns_it_has_among_many_to_the_last_bit(snapshot: Snapshot):
    everybody = matrix(snapshot)

    for pair in np.ndindex(12, 9):
        assert matrix(snapshot, startups=[pair[0]], partners=[pair[1]]).tobytes() == everybody[pair].tobytes()


@pytest.mark.parametrize("startups_ask", [True, False])
def test_chosen_pairs_have_the_columns_they_have_among_all_to_the_last_bit(
    snapshot: Snapshot, startups_ask: bool
):
    """Every asker with others of its own choice, and one with none."""
    rng = np.random.default_rng(0)
    one, other = sides(snapshot)
    askers, answering = (12, 9) if startups_ask else (9, 12)
    chosen = [rng.permutation(answering)[: n % 6] for n in range(askers)]
    asking = np.repeat(np.arange(askers), [len(some) for some in chosen])
    pairs = (asking, np.concatenate(chosen)) if startups_ask else (np.concatenate(chosen), asking)
    meeting = Chosen(*pairs, np.cumsum([0, *map(len, chosen)]))

    columns = signal_matrix(
        one, other, snapshot.context.knowledge[Role.INVESTOR], snapshot.context.space, meeting
    )

    assert columns.tobytes() == matrix(snapshot)[pairs].tobytes()


def test_the_order_of_either_side_does_not_matter(snapshot: Snapshot):
    startups, partners = [5, 0, 11], [8, 2, 3, 0]

    chosen = matrix(snapshot, startups=startups, partners=partners)

    assert np.array_equal(chosen, matrix(snapshot)[startups][:, partners], equal_nan=True)


def test_the_sides_are_only_read(snapshot: Snapshot):
    before = matrix(snapshot)

    assert np.array_equal(before, matrix(snapshot), equal_nan=True)


def test_nobody_on_either_side_gives_no_columns(snapshot: Snapshot):
    assert matrix(snapshot, startups=[]).shape == (0, 9, len(COLUMNS))
    assert matrix(snapshot, partners=[]).shape == (12, 0, len(COLUMNS))


# what each column says of one pair


def columns_of(one, other, **given) -> dict[str, float]:
    snapshot = snapshot_of([one, other], **given)
    return dict(zip(COLUMNS, matrix(snapshot, other.role)[0, 0].tolist(), strict=True))


def test_those_who_declare_nothing_are_unknown_in_everything_but_the_factors():
    columns = columns_of(startup("s"), mentor("m"))

    assert columns.pop("factors") == 0
    assert np.isnan(list(columns.values())).all()


@pytest.mark.parametrize(
    ("stages", "closeness"),
    [
        (("天使轮",), 1),
        (("seed",), np.exp(-1)),
        (("a",), np.exp(-2)),
        (("seed", "a", "angel"), 1),
        (("early",), 1),
    ],
)
def test_an_adjacent_stage_earns_part_of_the_credit(stages: tuple[str, ...], closeness: float):
    assert columns_of(startup("s", stage="angel"), mentor("m", stages=stages))["stage"] == pytest.approx(
        closeness
    )


def test_a_startup_that_says_early_is_near_to_every_early_stage():
    assert columns_of(startup("s", stage="早期"), mentor("m", stages=("seed",)))["stage"] == 1


def test_a_stage_of_one_s_own_words_meets_itself_and_is_else_unknown():
    assert columns_of(startup("s", stage="mezzanine-x"), mentor("m", stages=("mezzanine-x",)))["stage"] == 1
    other = columns_of(startup("s", stage="mezzanine-x"), mentor("m", stages=("angel",)))
    assert np.isnan(other["stage"])


def test_needs_meet_offers():
    columns = columns_of(
        startup("s", needs=("股权融资", "法律")), mentor("m", offers=("equity financing", "股权融资"))
    )

    assert 0 < columns["needs"] < 1


def test_the_same_province_earns_part_of_the_credit():
    same, near, far = (
        columns_of(startup("s", region="深圳"), mentor("m", region=region))["region"]
        for region in ("深圳", "广州", "巴黎")
    )

    assert same == 1 > near > 0 == far


def test_a_ticket_that_covers_the_ask_fits():
    one = startup("s", raising_amount=1e6, raising_currency="USD")

    assert columns_of(one, investor("i", ticket_min=5e6, ticket_max=1e7, currency="CNY"))["ticket"] == 1


def test_who_learned_the_checkerboard_leans_to_its_own_field(taught: Model):
    people, events = checkerboard()
    snapshot = snapshot_of(people, events, taught)
    startups, investors = (snapshot.pools[role][0].keys for role in (Role.STARTUP, Role.INVESTOR))
    cold = matrix(snapshot)[startups.row("north:cold-alpha")]

    for name in ("affinity_industry", "neighbours", "neighbours_close", "share", "factors"):
        mine = cold[[investors.row(f"north:i{n}") for n in range(5)], COLUMNS.index(name)]
        others = cold[[investors.row(f"north:i{n}") for n in range(5, 10)], COLUMNS.index(name)]
        assert mine.min() > others.max()


def test_nothing_is_known_of_what_an_investor_without_history_did(taught: Model):
    people, events = checkerboard()
    snapshot = snapshot_of(people, events, taught)
    new = matrix(snapshot)[:, snapshot.pools[Role.INVESTOR][0].keys.row("north:i-new")]

    behind = ("affinity_industry", "popularity", "since_last", "company", "neighbours", "share", "declines")
    assert np.isnan(new[:, [COLUMNS.index(name) for name in behind]]).all()


def test_a_family_s_worth_is_split_evenly_over_its_terms():
    terms = ["industry:ai", "industry:~x", "stage:a"]
    startup_row = sp.csr_matrix(np.ones((1, 3), dtype=np.float32))

    weights = description_weights(startup_row, attribute_space(Vocabulary(terms))).toarray()[0]

    assert weights[:2] == pytest.approx(DESCRIPTION_WEIGHTS[Family.INDUSTRY] / 2)
    assert weights[2] == pytest.approx(DESCRIPTION_WEIGHTS[Family.STAGE])
