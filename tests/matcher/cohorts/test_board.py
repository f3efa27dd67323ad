"""A run's result as a grid: what each cell says once staff have edited it."""

from matcher.cohorts.board import ByHand, Mark, View, by_hand, grid_of, partners_of, startups_of
from matcher.store import Store
from tests.matcher.store.runs import WEI, edit, solved_run, spring


def test_cells_tell_who_meets_who_comes_next_and_what_hands_did_since(new_store):
    store: Store = new_store()
    store.add_organisation("north")
    store.add_organisation("south")
    spring(store)
    run = solved_run(store, ("s1", "m1"), ("s1", "m2"), alternates=(("s1", "m3"),))
    for one in (
        edit("lock", "s1", "m1"),
        edit("swap", "s1", "m3", instead_of="m2"),
        edit("add", "s2", "south:m8"),
    ):
        store.match_runs.edit("north", run, one, WEI)
    standing = store.match_runs.standing("north", run)
    assert standing.stale
    assert startups_of(standing) == ["s1", "s2"]
    assert partners_of(standing) == {"m1", "m2", "m3", "south:m8"}
    grid = grid_of(standing, View(["s1", "s2"]))
    told = {(line.startup_id, id_): cell for line in grid.lines for id_, cell in line.cells.items()}
    assert {pair: cell.mark for pair, cell in told.items()} == {
        ("s1", "m1"): Mark.MEETS,
        ("s1", "m2"): Mark.BANNED,
        ("s1", "m3"): Mark.WANTED,
        ("s2", "south:m8"): Mark.WANTED,
    }
    assert told["s1", "m1"].held
    assert told["s1", "m2"].met
    assert told["s1", "m3"].score == 0.25
    assert told["s2", "south:m8"].score is None
    assert [column.partner_id for column in grid.columns][:2] == ["m1", "m2"]
    [first] = [column for column in grid.columns if column.partner_id == "m1"]
    assert (first.taken, first.places, first.full) == (1, 3, False)
    [left] = [line.left_out for line in grid.lines if line.startup_id == "s2"]
    assert left is not None


def test_figures_follow_the_hand_until_it_is_solved_again(new_store):
    store: Store = new_store()
    store.add_organisation("north")
    store.add_organisation("south")
    spring(store)
    run = solved_run(store, ("s1", "m1"), ("s1", "m2"), alternates=(("s1", "m3"),))
    assert by_hand(store.match_runs.standing("north", run)) is None
    store.match_runs.edit("north", run, edit("swap", "s1", "m3", instead_of="m2"), WEI)
    store.match_runs.edit("north", run, edit("add", "s2", "south:m8"), WEI)
    found = by_hand(store.match_runs.standing("north", run))
    assert found == ByHand(met=2, pairs=3, total=0.75, unknown=1)  # 0.5 + 0.25, and one that nobody scored


def test_one_startup_alone_is_told_with_its_own(new_store):
    store: Store = new_store()
    store.add_organisation("north")
    store.add_organisation("south")
    spring(store)
    run = solved_run(store, ("s1", "m1"), ("s2", "m2"), alternates=(("s1", "m3"),))
    store.match_runs.edit("north", run, edit("lock", "s2", "m2"), WEI)
    around = store.match_runs.around("north", run, "s1")
    assert [each.pair.partner_id for each in around.meetings] == ["m1"]
    assert [each.pair.partner_id for each in around.alternates] == ["m3"]
    assert around.edits == ()
    assert around.cohort.startups == ("s1", "s2")
