"""A whole cohort at once: each pair's rule, score, halves and reasons are those that it has alone."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.errors import InvalidInput, NotFound
from matcher.matching.answers import Filters
from matcher.matching.grid import Grid, grid_of
from matcher.matching.moment import Moment
from matcher.matching.snapshot import Snapshot, Sources, refreshed, take_snapshot
from matcher.model.parameters import untrained
from matcher.profiles import Role
from tests.matcher.matching.city import city
from tests.matcher.worlds import (
    ORGANISATION,
    TODAY,
    StillStore,
    WordEncoder,
    investor,
    mentor,
    snapshot_of,
    startup,
    trained_on,
)

NO_FILTERS = Filters()
STARTUPS = [f"s{n}" for n in range(0, 60, 3)]


@pytest.fixture(scope="module")
def learned() -> Snapshot:
    town = city()
    return snapshot_of(town.people, town.events, trained_on(town.people, town.events))


def everybody(snapshot: Snapshot, role: Role, filters: Filters = NO_FILTERS) -> Grid:
    return grid_of(snapshot, ORGANISATION, STARTUPS, role, [filters] * len(STARTUPS))


@pytest.mark.parametrize("role", [Role.MENTOR, Role.INVESTOR])
def test_every_pair_has_the_score_and_the_reasons_that_it_has_alone(learned: Snapshot, role: Role) -> None:
    grid = everybody(learned, role)
    rows, columns = (side.ravel() for side in np.indices(grid.shape))
    alone = Moment(learned).score(
        ORGANISATION,
        [(STARTUPS[row], grid.partners[column].id) for row, column in zip(rows, columns, strict=True)],
    )
    assert grid.pairs(rows, columns) == alone
    assert grid.values().ravel().tolist() == [pair.score for pair in alone]
    startup_halves, partner_halves = grid.halves(rows, columns)
    assert startup_halves.tolist() == [pair.p_startup for pair in alone]
    assert partner_halves.tolist() == [pair.p_partner for pair in alone]


def test_pairs_come_in_the_order_asked_for(learned: Snapshot) -> None:
    grid = everybody(learned, Role.MENTOR)
    rows, columns = np.array([3, 0, 3, 1]), np.array([2, 5, 0, 2])
    found = [(pair.startup_id, pair.partner_id) for pair in grid.pairs(rows, columns)]
    assert found == [(STARTUPS[r], grid.partners[c].id) for r, c in zip(rows, columns, strict=True)]
    assert grid.pairs(rows[:0], columns[:0]) == []


@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(regions=("深圳",))])
def test_every_pair_has_the_rule_that_explains_it_alone(learned: Snapshot, filters: Filters) -> None:
    grid = everybody(learned, Role.INVESTOR, filters)
    listed = Moment(learned).match(ORGANISATION, STARTUPS, role=Role.INVESTOR, k=100, filters=filters)
    for codes, answer in zip(grid.codes(), listed, strict=True):
        eligible = {partner.id for partner, code in zip(grid.partners, codes, strict=True) if code == 0}
        assert eligible == {match.pair.partner_id for match in answer.matches}


def test_scores_of_some_startups_are_those_of_all(learned: Snapshot) -> None:
    grid = everybody(learned, Role.MENTOR)
    assert np.array_equal(grid.values(np.array([5, 2])), grid.values()[[5, 2]])


def test_those_who_came_a_moment_ago_are_in_it() -> None:
    town = city()
    store = StillStore(people=town.people, events=town.events)
    before = take_snapshot(Sources(store, WordEncoder()), untrained(), TODAY)
    late = [startup("s-late", industries=("新能源",)), mentor("m-late", industries=("新能源",))]
    after = refreshed(before, Sources(_Later(store, late), WordEncoder()), TODAY)
    grid = grid_of(after, ORGANISATION, ["s-late", "s0"], Role.MENTOR, [NO_FILTERS] * 2)
    assert grid.partners[-1].id == "m-late"
    [pair] = Moment(after).score(ORGANISATION, [("s-late", "m-late")])
    assert grid.values()[0, -1] == pair.score
    assert grid.pairs(np.array([0]), np.array([len(grid.partners) - 1])) == [pair]


class _Later(StillStore):
    """The same store, in which somebody arrived."""

    def __init__(self, store: StillStore, late: list) -> None:
        super().__init__(held=store.held, people=late)

    def revision(self) -> int:
        return 2

    def changes_since(self, revision: int):
        found = super().changes_since(0)
        return replace(found, revision=2)


def test_only_partners_that_the_organisation_may_see_stand_in_it() -> None:
    people = [
        startup("s1"),
        mentor("m1"),
        mentor("m8", organisation="south", shared=True),
        mentor("m9", organisation="south"),
        investor("i1"),
    ]
    grid = grid_of(snapshot_of(people), ORGANISATION, ["s1"], Role.MENTOR, [NO_FILTERS])
    assert [partner.key for partner in grid.partners] == ["north:m1", "south:m8"]
    with pytest.raises(NotFound, match="s2"):
        grid_of(snapshot_of(people), ORGANISATION, ["s2"], Role.MENTOR, [NO_FILTERS])


def test_a_must_have_that_nobody_could_have_is_refused() -> None:
    snapshot = snapshot_of([startup("s1"), mentor("m1")])
    with pytest.raises(InvalidInput, match="tags"):
        grid_of(snapshot, ORGANISATION, ["s1"], Role.MENTOR, [Filters(tags=("nowhere",))])


def test_a_cohort_of_nobody_and_a_pool_of_nobody_are_grids() -> None:
    snapshot = snapshot_of([startup("s1")])
    assert grid_of(snapshot, ORGANISATION, ["s1"], Role.MENTOR, [NO_FILTERS]).values().shape == (1, 0)
    assert grid_of(snapshot, ORGANISATION, [], Role.MENTOR, []).codes().shape == (0, 0)
