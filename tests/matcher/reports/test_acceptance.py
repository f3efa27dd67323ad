"""The report: counts by group, rates with intervals, versions at equal position."""

import datetime as dt
from pathlib import Path

import pytest

from matcher.errors import InvalidInput
from matcher.interactions import Interaction, InteractionType
from matcher.intervals import wilson
from matcher.profiles import Profile, Role
from matcher.reports.acceptance import AcceptanceReport, Tally, acceptance, acceptances, report_of
from matcher.reports.rates import Rate
from matcher.shown import ShownList
from matcher.store import Store
from tests.matcher.reports.tale import START, Tale

DAY = dt.timedelta(days=1)


def report(tale: Tale, *, now: float = 60, until: float = 60) -> AcceptanceReport:
    """The report of the tale from its start, as it stands so many days later."""
    return report_of(tale.feedback(), START + now * DAY, since=START, until=START + until * DAY)


def shown_by(found: AcceptanceReport, what: str) -> dict[str, tuple[int, int]]:
    """How many lines each group has, and how many of them were asked for."""
    return {group.name: (group.tally.shown, group.tally.requested) for group in found.groups[what]}


@pytest.fixture
def tale() -> Tale:
    """Two versions, two organisations, both directions."""
    tale = Tale()
    tale.list("s1", "m1 i1 m2", version="A")
    tale.list("s2", "m1", version="A", organisation="south")
    tale.list("m1", "s1 s3", version="B", day=1)
    tale.say("requested", "s1", "i1")
    tale.say("accepted", "s1", "i1")
    tale.say("requested", "s2", "m1")
    tale.say("declined", "s2", "m1")
    tale.say("dismissed", "s1", "m2")
    tale.say("accepted", "s3", "m1", day=2)
    return tale


def test_what_came_of_what_was_shown_is_counted(tale: Tale) -> None:
    found = report(tale)
    assert found.total == Tally(shown=6, requested=3, dismissed=1, accepted=1, declined=1, met=0, agreed=1)
    assert (found.lists, found.named, found.assumed, found.stray) == (3, 0, 6, 0)


def test_it_is_counted_by_version_position_role_and_organisation(tale: Tale) -> None:
    found = report(tale)
    assert shown_by(found, "version") == {"A": (4, 2), "B": (2, 1)}
    assert shown_by(found, "position") == {"1": (3, 1), "2": (2, 2), "3": (1, 0)}
    assert shown_by(found, "role") == {"startup": (2, 1), "mentor": (3, 1), "investor": (1, 1)}
    assert shown_by(found, "organisation") == {"north": (5, 2), "south": (1, 1)}


def test_rates_come_with_wilsons_interval(tale: Tale) -> None:
    total = report(tale).total
    assert total.requested_of_shown == Rate(0.5, *wilson(3, 6), 6)
    assert total.accepted_of_requested == Rate(1 / 3, *wilson(1, 3), 3)
    assert total.agreed_of_shown == Rate(1 / 6, *wilson(1, 6), 6)


def test_who_changed_their_mind_counts_as_a_yes() -> None:
    tale = Tale()
    tale.list("s1", "m1 m2")
    for kind in ("dismissed", "requested", "declined", "accepted"):
        tale.say(kind, "s1", "m1")
    tale.say("accepted", "s1", "m2")  # whom nobody asked
    total = report(tale).total
    assert (total.requested, total.dismissed, total.accepted, total.declined, total.agreed) == (1, 0, 2, 0, 1)


def test_nothing_shown_gives_rates_of_nothing_and_no_groups() -> None:
    found = report(Tale())
    assert found.total.requested_of_shown == Rate(None, 0.0, 1.0, 0)
    assert (found.lists, found.comparisons) == (0, ())
    assert found.groups == {"version": (), "position": (), "role": (), "organisation": ()}


def test_positions_and_versions_stand_in_their_own_order_not_that_of_the_alphabet() -> None:
    tale = Tale()
    tale.list("s1", " ".join(f"m{n}" for n in range(11)), version="z")
    tale.list("s1", "m1", version="a", day=1)
    found = report(tale)
    assert list(shown_by(found, "version")) == ["z", "a"]
    assert list(shown_by(found, "position")) == [str(n) for n in range(1, 12)]


def test_lists_of_the_last_thirty_days_may_have_more_to_come(tale: Tale) -> None:
    assert (report(tale, now=30.5).recent, report(tale, now=31.5).recent) == (1, 0)


def test_a_later_list_takes_its_answers_though_it_is_not_of_the_report() -> None:
    tale = Tale()
    tale.list("s1", "m1")
    tale.list("s1", "m1", day=5, version="B", request="later")
    tale.say("requested", "s1", "m1", day=6)
    tale.say("dismissed", "s1", "m1", day=6, request="later")
    found = report(tale, until=4)
    assert (found.total.shown, found.total.requested, found.lists, list(shown_by(found, "version"))) == (
        1,
        0,
        1,
        ["A"],
    )
    assert (found.named, found.assumed, found.stray) == (0, 0, 0)


def world(*, at: dict[str, tuple[int, int]], yes: dict[int, int], better: int = 1) -> Tale:
    """Versions A, B … show so many startups one mentor at the first and at the second place.

    One in yes[place] who see a mentor there ask for it; of B's, `better` as many.
    """
    tale, number = Tale(), 0
    for version, counts in at.items():
        for place, count in enumerate(counts, 1):
            for seen in range(count):
                number += 1
                others = " ".join(f"i{number}{n}" for n in range(place - 1))
                tale.list(f"s{number}", f"{others} m{number}", version=version, day=ord(version) - 64)
                if seen % yes[place] < (better if version == "B" else 1):
                    tale.say("requested", f"s{number}", f"m{number}", day=5)
    return tale


def test_a_version_that_shows_higher_up_and_is_no_better_is_told_apart_by_nothing_but_its_places() -> None:
    found = report(world(at={"A": (20, 180), "B": (180, 20)}, yes={1: 2, 2: 20}))
    counts = shown_by(found, "version")
    assert counts["B"][1] > 4 * counts["A"][1]
    [comparison] = found.comparisons
    assert (comparison.version, comparison.against) == ("B", "A")
    assert comparison.odds is not None
    assert comparison.odds.ratio == pytest.approx(1.0)
    assert comparison.odds.low < 1 < comparison.odds.high


def test_a_version_that_is_better_at_each_place_is_told_though_it_shows_lower_down() -> None:
    # Two in ten instead of one in ten at the first place, two in forty instead of one below.
    found = report(world(at={"A": (400, 40), "B": (100, 1600)}, yes={1: 10, 2: 40}, better=2))
    counts = shown_by(found, "version")
    assert counts["B"][1] / counts["B"][0] < counts["A"][1] / counts["A"][0]
    [comparison] = found.comparisons
    assert comparison.odds is not None
    assert comparison.odds.low > 1
    assert 2.0 < comparison.odds.ratio < 2.3  # (.2/.8) / (.1/.9) = 2.25, (.05/.95) / (.025/.975) = 2.05


def test_each_version_is_held_against_the_one_before_it() -> None:
    found = report(world(at={"A": (20, 20), "B": (20, 20), "C": (20, 20)}, yes={1: 2, 2: 4}))
    assert [(each.version, each.against) for each in found.comparisons] == [("B", "A"), ("C", "B")]


def test_versions_never_seen_at_the_same_place_cannot_be_compared() -> None:
    [comparison] = report(world(at={"A": (20, 0), "B": (0, 20)}, yes={1: 2, 2: 2})).comparisons
    # The place above B's was an investor's, which is not compared with a mentor there.
    assert comparison.odds is None
    assert (comparison.pairs_against, comparison.yes_against) == (20, 10)


def test_without_a_yes_versions_cannot_be_compared() -> None:
    tale = Tale()
    for version, day in (("A", 0), ("B", 1)):
        tale.list("s1", "m1", version=version, day=day)
    [comparison] = report(tale).comparisons
    assert (comparison.odds, comparison.pairs, comparison.yes) == (None, 1, 0)


def compared(tale: Tale, **times: float) -> list[tuple[int, int, int, int]]:
    """Pairs and yeses of each version and of the one before."""
    return [
        (each.pairs, each.yes, each.pairs_against, each.yes_against)
        for each in report(tale, **times).comparisons
    ]


def test_a_pair_shown_again_by_the_same_version_is_compared_once_where_it_first_stood() -> None:
    tale = Tale()
    for day in range(3):
        tale.list("s1", "m1 m2", day=day)
    tale.say("requested", "s1", "m1", day=2.5)
    tale.list("s1", "m1", day=4, version="B")
    assert compared(tale) == [(1, 0, 2, 1)]


@pytest.mark.parametrize(("day", "yes"), [(7.0, 1), (7.1, 0)])
def test_every_pair_is_given_seven_days_for_its_yes(day: float, yes: int) -> None:
    tale = Tale()
    tale.list("s1", "m1")
    tale.list("s2", "m1", version="B")
    tale.say("requested", "s1", "m1", day=day)
    assert compared(tale) == [(1, 0, 1, yes)]


def test_pairs_that_had_not_yet_seven_days_are_not_compared() -> None:
    tale = Tale()
    tale.list("s1", "m1")
    tale.list("s2", "m1 m2", version="B", day=3)
    assert compared(tale, now=9.9) == [(0, 0, 1, 0)]
    assert compared(tale, now=10.0) == [(2, 0, 1, 0)]


def test_the_two_directions_of_a_pair_are_compared_apart() -> None:
    tale = Tale()
    for version in "AB":
        tale.list("s1", "m1", version=version)
        tale.list("m1", "s1", version=version)
    assert compared(tale) == [(2, 0, 2, 0)]


# From the store ---------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(f"sqlite:///{tmp_path / 'bole.db'}")
    store.migrate()
    for organisation in ("north", "south"):
        store.add_organisation(organisation)
        people = ((Role.STARTUP, "s1"), (Role.MENTOR, "m1"), (Role.MENTOR, "m2"))
        store.put_profiles(
            Profile(organisation=organisation, role=role, id=id_, name=id_) for role, id_ in people
        )
        store.add_shown([shown(organisation)])
    yield store
    store.close()


def shown(organisation: str, at: dt.datetime = START) -> ShownList:
    return ShownList(
        request_id="r1",
        organisation=organisation,
        query_key=f"{organisation}:s1",
        role="mentor",
        model_version="v1",
        at=at,
        partners=(f"{organisation}:m1", f"{organisation}:m2"),
        scores=(0.6, 0.5),
    )


def requested(organisation: str, partner: str, at: dt.datetime, request_id: str = "r1") -> Interaction:
    return Interaction(
        organisation=organisation,
        startup_id="s1",
        partner_id=partner,
        type=InteractionType.REQUESTED,
        at=at,
        request_id=request_id,
    )


def test_the_report_of_the_store_is_of_one_organisation_or_of_all(store: Store) -> None:
    store.add_interactions([requested("south", "m2", START + DAY)])
    every = acceptance(store, START + 2 * DAY)
    assert (every.total.shown, every.total.requested, every.named) == (4, 1, 1)
    north = acceptance(store, START + 2 * DAY, organisation="north")
    assert (north.total.shown, north.total.requested, north.named, north.stray) == (2, 0, 0, 0)
    assert shown_by(north, "organisation") == {"north": (2, 0)}


def test_it_looks_back_ninety_days_unless_told_otherwise(store: Store) -> None:
    assert acceptance(store, START + 90 * DAY).lists == 2
    late = START + 91 * DAY
    assert acceptance(store, late).lists == 0
    assert acceptance(store, late, since=START).lists == 2
    assert acceptance(store, late, until=START + DAY).lists == 2
    assert acceptance(store, late, since=START - DAY, until=START).lists == 0


def test_a_report_that_ends_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="from"):
        acceptance(store, START, since=START)


def test_an_answer_that_names_no_list_is_not_counted_for_the_last_list_of_the_report_but_a_later_one(
    store: Store,
) -> None:
    store.add_interactions([requested("north", "m1", START + 4 * DAY, request_id="")])
    store.add_shown([shown("north", at=START + 3 * DAY)])
    found = acceptance(store, START + 9 * DAY, until=START + DAY)
    assert (found.lists, found.total.requested, found.assumed, found.stray) == (2, 0, 0, 0)


def test_who_is_deleted_stays_in_the_report(store: Store) -> None:
    store.add_interactions([requested("north", "m1", START + DAY)])
    before = acceptance(store, START + 2 * DAY)
    for id_ in ("m1", "s1"):
        store.delete_profile("north", id_)
    assert acceptance(store, START + 2 * DAY) == before


def test_several_spans_read_at_once_are_as_each_alone(store: Store) -> None:
    store.add_shown([shown("north", START + 4 * DAY)])
    store.add_interactions([requested("north", "m1", START + 5 * DAY)])
    now, spans = START + 9 * DAY, ((START + 3 * DAY, START + 9 * DAY), (START, START + 3 * DAY))
    alone = [acceptance(store, now, since=since, until=until) for since, until in spans]
    assert acceptances(store, now, *spans) == alone
    assert [found.lists for found in alone] == [1, 2]
