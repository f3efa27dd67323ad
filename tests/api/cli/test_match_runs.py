"""`bole cohort` and `bole run`, over a home of four startups and three mentors."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from api.cli.run_options import configured
from api.cli.run_solving import INFEASIBLE
from matcher.errors import InvalidInput
from tests.api.cli.conftest import run_bole

STARTUPS = """id,name,needs
s1,青松科技,法律
s2,白鹭机器人,法律
s3,赤杉生物,招聘
s4,Blue Kiln,招聘
"""
MENTORS = """id,name,offers,capacity
m1,沈律师,法律,2
m2,Lin Mu,招聘,1
m3,Chen Yu,法律,1
"""
Bole = Callable[..., Result]


@pytest.fixture
def bole(tmp_path: Path) -> Bole:
    (tmp_path / "startups.csv").write_text(STARTUPS, encoding="utf-8")
    (tmp_path / "mentors.csv").write_text(MENTORS, encoding="utf-8")
    home = tmp_path / "home"
    assert run_bole(home, "import", tmp_path / "startups.csv", tmp_path / "mentors.csv").exit_code == 0
    return lambda *arguments: run_bole(home, *arguments)


@pytest.fixture
def cohort(bole: Bole) -> str:
    return bole("cohort", "create", "2026 春季营", "--all").stdout.strip()


def said(done: Result, code: int = 0) -> str:
    assert done.exit_code == code, done.output
    return done.stdout


def made(bole: Bole, cohort: str, *options: str) -> str:
    return said(bole("run", "create", cohort, "--role", "mentor", *options)).strip()


def met(text: str) -> dict[str, list[str]]:
    """Whom each startup meets, by name, as `solve` and `show` tell it."""
    found: dict[str, list[str]] = {}
    startup = ""
    for line in text.splitlines():
        if head := re.fullmatch(r"(s\d)  .+", line):
            startup = head[1]
        elif pair := re.match(r"  +\d+\.\d  (.+?) \(\d+/\d+; \w+\)", line):
            found.setdefault(startup, []).append(pair[1])
    return found


def test_a_cohort_is_made_filled_listed_and_shown(bole: Bole, tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text("startup_id\ns2\n", encoding="utf-8")
    id_ = said(bole("cohort", "create", "Spring", "青松科技", "--id", "spring", "--startups", file)).strip()
    assert id_ == "spring"
    assert "3 startups" in said(bole("cohort", "add", "spring", "s3", "s1"))
    assert "2 startups" in said(bole("cohort", "remove", "spring", "白鹭机器人"))
    assert "2 startups" in said(bole("cohort", "list"))
    run = made(bole, "spring")
    shown = said(bole("cohort", "show", "spring"))
    assert "s1  青松科技" in shown
    assert f"run {run}  mentor  draft" in shown


def test_a_run_goes_from_a_draft_to_its_end(bole: Bole, cohort: str) -> None:
    run = made(bole, cohort, "--max", "1", "--capacity", "2", "--places", "m2=2", "--why", "the spring camp")
    solved = said(bole("run", "solve", run))
    assert "4 对，4/4 家企业有会面" in solved
    assert "已证明最优" in solved
    assert set(met(solved)["s3"] + met(solved)["s4"]) == {"Lin Mu"}
    assert "the spring camp" in said(bole("run", "show", run))
    assert "published" in said(bole("run", "publish", run))
    assert "已发布" in said(bole("run", "show", run))
    assert "closed" in said(bole("run", "close", run, "--why", "over"))
    assert "closed" in said(bole("run", "list", "--cohort", cohort))


def test_what_cannot_be_done_is_told_with_ways_out_and_an_exit_code_of_its_own(
    bole: Bole, cohort: str
) -> None:
    run = made(bole, cohort, "--min", "1", "--must-meet", "招聘")
    told = said(bole("run", "solve", run, "--lang", "en"), INFEASIBLE)
    assert told.splitlines()[0].startswith("2 startups need ")
    assert "1 mentor offers it, 1 place is left" in told
    assert "- raise the capacity of Lin Mu by 1" in told
    assert "draft" in said(bole("run", "configure", run, "--places", "m2=2"))
    assert "4 of 4 startups meet somebody" in said(bole("run", "solve", run, "--lang", "en"))


def test_edits_are_kept_told_and_undone_and_the_rest_stays(bole: Bole, cohort: str) -> None:
    run = made(bole, cohort, "--max", "1", "--places", "m2=2")
    before = met(said(bole("run", "solve", run)))
    old = before["s1"][0]
    new = "Chen Yu" if old == "沈律师" else "沈律师"
    said(bole("run", "swap", run, "青松科技", old, new, "--reason", "同城"))
    said(bole("run", "lock", run, "s3", "m2", "--reason", "they know each other"))
    after = met(said(bole("run", "solve", run)))
    assert after["s1"] == [new]
    assert (after["s3"], after["s4"]) == (before["s3"], before["s4"])
    shown = said(bole("run", "show", run))
    assert "#1 swap s1" in shown
    assert "同城" in shown
    said(bole("run", "undo", run, "1"))
    said(bole("run", "ban", run, "s4", "m2", "--reason", "a competitor"))
    said(bole("run", "add", run, "s4", "m1", "--reason", "for the contract"))
    last = met(said(bole("run", "solve", run)))
    assert last["s4"] == ["沈律师"]


def test_two_runs_are_compared(bole: Bole, cohort: str) -> None:
    run = made(bole, cohort, "--max", "1", "--places", "m2=2")
    said(bole("run", "solve", run))
    copy = said(bole("run", "copy", run, "--objective", "highest-total", "--places", "m2=1")).strip()
    refused = bole("run", "compare", run, copy)
    assert (refused.exit_code, "never solved" in refused.output) == (1, True)
    said(bole("run", "solve", copy))
    told = said(bole("run", "compare", run, copy, "--lang", "en"))
    assert re.match(r"\d pairs kept, \d dropped, \d added; total [-+]", told)
    assert "-m2" in told, "with one place less somebody has to go elsewhere"


def test_only_what_is_solved_is_published_and_only_what_is_being_solved_cancelled(
    bole: Bole, cohort: str
) -> None:
    run = made(bole, cohort)
    for command in ("publish", "cancel"):
        refused = bole("run", command, run)
        assert (refused.exit_code, refused.output.startswith("Error: ")) == (1, True)
        assert "draft" in refused.output


def test_a_run_whose_question_makes_no_sense_says_why_and_stays_a_draft(bole: Bole, cohort: str) -> None:
    run = made(bole, cohort, "--must-tag", "nowhere")
    refused = bole("run", "solve", run)
    assert (refused.exit_code, "tags" in refused.output) == (1, True)
    shown = said(bole("run", "show", run))
    assert "草稿" in shown
    assert "tags: 'nowhere'" in shown


UNTOLD = {
    "file": None,
    "objective": None,
    "startup_min": None,
    "startup_max": None,
    "capacity": None,
    "places": (),
    "per_firm": None,
    "must_meet": (),
    "importance": (),
    "slot": (),
    "alternates": None,
    "arcs": None,
    **dict.fromkeys(
        ("must_industry", "must_region", "must_stage", "must_offer", "must_language", "must_tag"), ()
    ),
}


def test_options_go_before_the_file_and_the_file_before_what_was(tmp_path: Path) -> None:
    file = tmp_path / "configuration.json"
    file.write_text(
        json.dumps({"startup_max": 2, "capacity": 5, "must_have": {"tags": ["ai"]}}), encoding="utf-8"
    )
    before = configured({**UNTOLD, "importance": ("min=low",), "slot": ("9", "10")}, role="mentor")
    after = configured(
        {**UNTOLD, "file": file, "capacity": 7, "places": ("m1=2",), "must_region": ("上海",)}, before
    )
    assert (after.startup_max, after.capacity, after.capacities) == (2, 7, {"m1": 2})
    assert (after.must_have.tags, after.must_have.regions) == (("ai",), ("上海",))
    assert (after.startup_importance, after.slots) == ("low", before.slots)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"places": ("m1",)}, "--places"),
        ({"places": ("m1=x",)}, "--places"),
        ({"importance": ("min",)}, "--importance"),
        ({"importance": ("max=high",)}, "--importance"),
    ],
)
def test_an_option_of_another_form_is_named(told: dict[str, tuple[str, ...]], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        configured({**UNTOLD, **told}, role="mentor")
    assert caught.value.field == field


@pytest.mark.parametrize("text", ["[1]", "{"])
def test_a_file_that_is_no_json_object_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "configuration.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="--configuration"):
        configured({**UNTOLD, "file": file}, role="mentor")
