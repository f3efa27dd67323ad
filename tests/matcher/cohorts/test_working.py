"""Runs solved from the store: what an earlier result and the published run count for."""

import pytest

from matcher.assignment.problem import Objective
from matcher.cohorts.configuration import Configuration
from matcher.cohorts.editing import edited
from matcher.cohorts.edits import Edit
from matcher.cohorts.result import Result
from matcher.cohorts.run import Change, Changed, MatchRun
from matcher.cohorts.working import found_for
from matcher.errors import InvalidInput, NotFound
from matcher.matching.snapshot import Sources, take_snapshot
from matcher.model.parameters import untrained
from matcher.profiles import Role
from matcher.store import Store
from tests.matcher.cohorts.worlds import in_court, lawyer
from tests.matcher.store.runs import edit
from tests.matcher.worlds import TODAY, WordEncoder, investor

WEI = Change(by="wei")
Pairs = set[tuple[str, str]]


@pytest.fixture
def store(new_store) -> Store:
    """Four startups that all four lawyers fit alike, each with one place."""
    store = new_store()
    store.add_organisation("north")
    store.add_organisation("south")
    people = [*(in_court(f"s{n}") for n in range(4)), *(lawyer(f"m{n}") for n in range(4))]
    store.put_profiles([*people, investor("i1"), in_court("s9")])
    store.put_profiles([lawyer("m9", organisation="south")])
    store.cohorts.create("north", "Spring", [f"s{n}" for n in range(4)], id="spring")
    return store


def new_run(store: Store, **asked: object) -> MatchRun:
    configuration = Configuration(**{"role": Role.MENTOR, "startup_max": 1} | asked)
    return store.match_runs.create("north", "spring", configuration, WEI)


def solve(store: Store, run: MatchRun, *, afresh: bool = False) -> Result:
    _, token = store.match_runs.queue("north", run.id, WEI, afresh=afresh)
    begun = store.match_runs.begin(run.id, token)
    snapshot = take_snapshot(Sources(store, WordEncoder()), untrained(), TODAY)
    found = found_for(store, snapshot, begun, lambda: 0.0)
    store.match_runs.finish(run.id, token, found)
    assert isinstance(found, Result)
    return found


def pairs(found: Result) -> Pairs:
    return {(each.pair.startup_id, each.pair.partner_id) for each in found.meetings}


def crossed(found: Result) -> list[Edit]:
    """Edits that have the first two startups exchange their partners."""
    (one, first), (other, second), *_ = sorted(pairs(found))
    return [edit("swap", one, second, first), edit("swap", other, first, second)]


def published(store: Store) -> tuple[MatchRun, Result]:
    """A published run whose pairs nobody would choose over others: they were crossed by hand."""
    run = new_run(store)
    for change in crossed(solve(store, run)):
        run = edited(store, store.match_runs.get("north", run.id), change, WEI)
    found = solve(store, run)
    store.match_runs.publish("north", run.id, WEI, store.introductions.offering(WEI))
    return run, found


def test_after_an_edit_the_rest_of_the_earlier_result_stays(store: Store) -> None:
    run = new_run(store)
    first = solve(store, run)
    for change in crossed(first):
        edited(store, store.match_runs.get("north", run.id), change, WEI)
    second = solve(store, run)
    assert len(pairs(first) & pairs(second)) == 2
    assert (second.summary.against, second.summary.dropped) == (run.id, 2)


def test_solved_again_without_an_edit_it_is_solved_afresh(store: Store) -> None:
    run = new_run(store)
    solve(store, run)
    assert solve(store, run).summary.against == ""


def test_afresh_the_earlier_result_does_not_count(store: Store) -> None:
    run = new_run(store)
    change, _ = crossed(solve(store, run))
    edited(store, store.match_runs.get("north", run.id), change, WEI)
    assert solve(store, run, afresh=True).summary.against == ""


def test_another_question_is_answered_afresh(store: Store) -> None:
    run = new_run(store)
    change, _ = crossed(solve(store, run))
    edited(store, store.match_runs.get("north", run.id), change, WEI)
    store.match_runs.configure("north", run.id, Configuration(role=Role.MENTOR, startup_max=2), WEI)
    assert solve(store, run).summary.against == ""


def test_the_fewest_changes_are_against_the_published_run(store: Store) -> None:
    base, found = published(store)
    after = solve(store, new_run(store, objective=Objective.FEWEST_CHANGES))
    assert pairs(after) == pairs(found)
    assert (after.summary.against, after.summary.dropped) == (base.id, 0)


def test_a_run_that_replaces_the_published_one_has_its_places_again(store: Store) -> None:
    published(store)
    assert solve(store, new_run(store)).summary.met == 4


def test_a_run_of_another_cohort_finds_the_places_promised(store: Store) -> None:
    published(store)
    store.cohorts.create("north", "Autumn", ["s9"], id="autumn")
    run = store.match_runs.create("north", "autumn", Configuration(role=Role.MENTOR), WEI)
    found = solve(store, run)
    assert (found.summary.met, {price.places for price in found.summary.prices}) == (0, {0})


@pytest.mark.parametrize(
    ("startup", "partner", "error"),
    [
        ("s9", "m1", NotFound),
        ("nobody", "m1", NotFound),
        ("s1", "nobody", NotFound),
        ("s1", "south:m9", NotFound),
        ("s1", "i1", InvalidInput),
        ("s1", "s2", InvalidInput),
    ],
)
def test_an_edit_is_of_the_cohort_and_of_partners_that_the_run_is_for(
    store: Store, startup: str, partner: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match=partner if startup == "s1" else startup):
        edited(store, new_run(store), edit("lock", startup, partner), WEI)


def test_an_edit_of_a_run_that_changed_meanwhile_is_refused_whatever_was_named(
    store: Store,
) -> None:
    run = new_run(store)
    store.match_runs.configure("north", run.id, run.configuration, WEI)
    with pytest.raises(Changed, match="configured by wei"):
        edited(store, run, edit("lock", "s1", "m1"), WEI)
