"""Supply gaps: what is wanted and hardly offered."""

from matcher.profiles import Profile, Status
from matcher.taxonomy import services
from tests.matcher.worlds import investor, mentor, startup
from training.weekly.record import Need
from training.weekly.supply import MOST, supply_of


def gaps(*people: Profile) -> list[tuple[str, int, int]]:
    """Code, how many want it, how many offer it; worst first."""
    return [(need.code, need.wanted, need.offered) for need in supply_of(people).needs]


def test_a_need_is_told_with_its_names_and_who_wants_and_offers_it():
    people = [
        startup("s", needs=("股权融资",)),
        startup("t", needs=("equity",)),
        investor("i", offers=("Equity",)),
    ]

    assert supply_of(people).needs == (Need("finance.equity", "股权融资", "Equity", wanted=2, offered=1),)


def test_what_nobody_wants_is_no_gap():
    assert gaps(startup("s"), investor("i", offers=("股权融资",))) == []
    assert gaps() == []


def test_the_fewest_offers_for_each_wish_come_first():
    people = [
        *(startup(f"s{n}", needs=("legal", "finance.loan")) for n in range(4)),
        startup("t", needs=("ip",)),
        mentor("m", offers=("legal",)),
        mentor("n", offers=("legal", "ip")),
    ]

    assert gaps(*people) == [("finance.loan", 4, 0), ("legal", 4, 2), ("ip", 1, 1)]


def test_of_equal_shortage_the_one_that_more_want_comes_first():
    assert gaps(startup("s", needs=("legal", "ip")), startup("t", needs=("legal",))) == [
        ("legal", 2, 0),
        ("ip", 1, 0),
    ]


def test_a_broad_offer_covers_what_it_contains():
    offers_it_all = mentor("m", offers=("finance",))

    assert gaps(startup("s", needs=("finance.loan", "legal")), offers_it_all) == [
        ("legal", 1, 0),
        ("finance.loan", 1, 1),
    ]


def test_a_narrow_offer_covers_nothing_beside_it():
    lender = investor("i", offers=("finance.loan",))

    assert gaps(startup("s", needs=("finance.equity",)), lender) == [("finance.equity", 1, 0)]


def test_who_wants_a_broad_service_is_served_by_any_part_of_it():
    wants = startup("s", needs=("finance",))

    assert gaps(wants, investor("i", offers=("finance.loan",)), mentor("m", offers=("legal",))) == [
        ("finance", 1, 1)
    ]


def test_a_fund_offers_what_its_kind_implies_and_no_more():
    fund = investor("i", kind="fund")

    assert gaps(startup("s", needs=("finance.equity", "finance.loan", "finance")), fund) == [
        ("finance.loan", 1, 0),
        ("finance", 1, 1),
        ("finance.equity", 1, 1),
    ]


def test_who_offers_a_service_and_a_part_of_it_is_counted_once_and_offers_the_whole():
    both = mentor("m", offers=("finance", "finance.loan"))

    assert gaps(startup("s", needs=("finance.equity", "finance.loan", "loan")), both) == [
        ("finance.equity", 1, 1),
        ("finance.loan", 1, 1),
    ]


def test_a_service_that_the_catalogue_does_not_know_is_a_gap_by_its_own_name():
    people = [startup("s", needs=("占星",)), mentor("m", offers=("占卜",))]

    assert supply_of(people).needs == (Need("~占星", "占星", "占星", wanted=1, offered=0),)
    assert gaps(*people, mentor("n", offers=("占星",))) == [("~占星", 1, 1)]


def test_who_is_not_active_neither_wants_nor_offers():
    people = [
        startup("s", needs=("legal",)),
        startup("t", needs=("legal",), status=Status.PAUSED),
        mentor("m", offers=("legal",), status=Status.CLOSED),
    ]

    assert gaps(*people) == [("legal", 1, 0)]


def test_what_startups_offer_and_partners_need_counts_for_nothing():
    people = [startup("s", needs=("legal",), offers=("legal",)), mentor("m", needs=("ip",))]

    assert gaps(*people) == [("legal", 1, 0)]


def test_only_the_worst_are_told():
    codes = services().codes[: MOST + 3]

    assert len(codes) == MOST + 3
    assert len(gaps(startup("s", needs=tuple(codes)))) == MOST
