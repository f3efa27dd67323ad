"""A run exported, edited in a spreadsheet and read back: gone is banned, new added, locks set or taken."""

import csv
import io

import pytest

from api.run_sheets import exported, people_for
from api.spreadsheets import FileKind
from matcher.cohorts.edits import EditKind
from matcher.cohorts.run import Change, Changed
from matcher.cohorts.sheets.editing import Plan, carried_out, planned
from matcher.errors import Conflict
from matcher.store import Store
from tests.matcher.store.runs import MENTORS, WEI, edit, solved_run, spring
from tests.matcher.store.samples import NOW, investor, startup

Rows = list[dict[str, str]]


@pytest.fixture
def north(store: Store) -> Store:
    """The cohort "spring" with its run, in which s1 meets m1 and s2 meets m2."""
    spring(store)
    store.put_profiles([startup("s7"), investor("i1")])
    return store


@pytest.fixture
def run(north: Store) -> str:
    return solved_run(north, ("s1", "m1"), ("s2", "m2"), alternates=(("s1", "m3"),))


def table(store: Store, run: str) -> Rows:
    """The run's table, as somebody opens it."""
    data = exported(store, store.match_runs.get("north", run), FileKind.CSV, "en")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def plan(store: Store, run: str, rows: Rows) -> Plan:
    """What the table, saved again, asks for."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    found = store.match_runs.get("north", run)
    people = people_for(store, found)
    return planned(store, found, people, "pairs.csv", text.getvalue().encode(), "wei", NOW)


def apply(store: Store, run: str, asked: Plan) -> None:
    change = Change(by="wei", version=asked.version)
    carried_out(store, store.match_runs.get("north", run), asked, change)


def edits(store: Store, run: str) -> list[tuple[str, str, str]]:
    return [
        (each.kind.value, each.startup_id, each.partner_id) for each in store.match_runs.edits("north", run)
    ]


def test_a_table_that_nobody_changed_asks_for_nothing(north: Store, run: str) -> None:
    asked = plan(north, run, table(north, run))
    assert asked == Plan((), (), (), north.match_runs.get("north", run).version)


def test_gone_is_banned_new_is_added_and_marked_is_locked(north: Store, run: str) -> None:
    first, second = table(north, run)
    first["locked"] = "yes"
    first["reason for change"] = "they met at the fair"
    third = dict.fromkeys(first, "") | {"startup_id": "s1", "partner_id": "south:m8"}
    asked = plan(north, run, [first, third])
    assert [(each.kind, each.startup_id, each.partner_id, each.reason) for each in asked.edits] == [
        (EditKind.BAN, "s2", "m2", "imported from pairs.csv"),
        (EditKind.LOCK, "s1", "m1", "they met at the fair"),
        (EditKind.ADD, "s1", "south:m8", "imported from pairs.csv"),
    ]
    assert edits(north, run) == []
    apply(north, run, asked)
    assert edits(north, run) == [("ban", "s2", "m2"), ("lock", "s1", "m1"), ("add", "s1", "south:m8")]
    assert north.match_runs.get("north", run).status == "draft"
    assert second["startup_id"] == "s2"


def test_a_lock_that_was_cleared_is_taken_back(north: Store, run: str) -> None:
    north.match_runs.edit("north", run, edit("lock", "s1", "m1"), WEI)
    rows = table(north, run)
    assert [row["locked"] for row in rows] == ["yes", ""]
    rows[0]["locked"] = ""
    asked = plan(north, run, rows)
    assert (asked.edits, len(asked.undone)) == ((), 1)
    apply(north, run, asked)
    assert edits(north, run) == []


def test_a_pair_that_was_added_and_not_solved_yet_may_be_listed_again(north: Store, run: str) -> None:
    north.match_runs.edit("north", run, edit("add", "s1", "m3"), WEI)
    rows = table(north, run)
    third = dict.fromkeys(rows[0], "") | {"startup_id": "s1", "partner_id": "m3"}
    asked = plan(north, run, [*rows, third])
    assert (asked.edits, asked.undone, asked.problems) == ((), (), ())


def test_where_a_cell_is_unclear_nothing_is_done(north: Store, run: str) -> None:
    rows = table(north, run)
    rows[0]["partner_id"] = "m99"
    asked = plan(north, run, rows)
    assert (asked.edits, [problem.rule.value for problem in asked.problems]) == ((), ["unknown"])
    with pytest.raises(Conflict, match="nothing was changed"):
        apply(north, run, asked)
    assert edits(north, run) == []


@pytest.mark.parametrize(("column", "who"), [("startup_id", "s7"), ("partner_id", "i1")])
def test_who_is_not_of_the_cohort_or_role_is_unclear(north: Store, run: str, column: str, who: str) -> None:
    rows = table(north, run)
    rows[0] |= {column: who, column.replace("id", "name"): ""}
    assert [problem.rule.value for problem in plan(north, run, rows).problems] == ["not_eligible"]


def test_a_table_of_an_older_version_does_not_overwrite_what_others_did(north: Store, run: str) -> None:
    rows = table(north, run)
    rows[0]["locked"] = "yes"
    north.match_runs.edit("north", run, edit("ban", "s1", "m1"), Change(by="li"))
    with pytest.raises(Changed, match="banned by li"):
        apply(north, run, plan(north, run, rows))
    assert edits(north, run) == [("ban", "s1", "m1")]


def test_all_edits_are_made_or_none(north: Store, run: str) -> None:
    rows = table(north, run)
    rows[0]["locked"] = "yes"
    asked = plan(north, run, rows)
    north.match_runs.publish("north", run, WEI)
    with pytest.raises(Conflict):
        apply(north, run, Plan(asked.edits, (), (), None))
    assert edits(north, run) == []


def test_a_run_that_was_never_solved_has_no_table(north: Store) -> None:
    draft = north.match_runs.create("north", "spring", MENTORS, WEI)
    with pytest.raises(Conflict, match="never solved"):
        exported(north, draft, FileKind.XLSX, "zh")
    with pytest.raises(Conflict, match="never solved"):
        planned(north, draft, people_for(north, draft), "a.csv", b"startup_id,partner_id\n", "wei", NOW)
