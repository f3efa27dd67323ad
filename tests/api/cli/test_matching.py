"""Match, score and explain on the command line: what scripts rely on."""

import csv
import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.api.cli.conftest import Bole

STARTUP = "QY-001"
COLUMNS = ["startup_id", "partner_id", "role", "rank", "score", "p_startup", "p_partner", "reasons"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_match_list_has_the_columns_of_the_contract_and_ranks_from_one(bole: Bole) -> None:
    listed = rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "5").stdout)
    assert list(listed[0]) == COLUMNS
    assert [row["rank"] for row in listed] == ["1", "2", "3", "4", "5"]
    assert {row["role"] for row in listed} == {"mentor"}
    assert [float(row["score"]) for row in listed] == sorted(
        (float(row["score"]) for row in listed), reverse=True
    )


def test_the_score_is_the_geometric_mean_of_its_halves(bole: Bole) -> None:
    for row in rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "partner").stdout):
        halves = float(row["p_startup"]) * float(row["p_partner"])
        assert float(row["score"]) == pytest.approx(halves**0.5, abs=2e-6)


def test_the_points_of_the_reasons_add_up_to_the_score(bole: Bole) -> None:
    for row in rows(
        bole("match", "--org", "demo", "--startup", STARTUP, "--role", "investor", "--lang", "en").stdout
    ):
        points = [float(term.rpartition(" ")[2]) for term in row["reasons"].split("; ")]
        assert sum(points) == pytest.approx(100 * float(row["score"]), abs=0.05 * len(points) + 0.01)


def test_a_partner_gets_startups_and_the_pair_scores_the_same_from_both_sides(bole: Bole) -> None:
    best = rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "1").stdout)[
        0
    ]
    back = rows(bole("match", "--org", "demo", "--partner", best["partner_id"], "--k", "200").stdout)
    assert {row["partner_id"] for row in back} == {best["partner_id"]}
    assert next(row["score"] for row in back if row["startup_id"] == STARTUP) == best["score"]


def test_startups_can_be_named_in_a_file_and_all_can_be_asked_for(bole: Bole, tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.write_text("startup_id\nQY-002\nQY-003\n", encoding="utf-8")
    named = rows(bole("match", "--org", "demo", "--startups", queries, "--role", "mentor", "--k", "1").stdout)
    assert [row["startup_id"] for row in named] == ["QY-002", "QY-003"]
    everyone = rows(bole("match", "--org", "demo", "--all", "--role", "mentor", "--k", "1").stdout)
    assert len({row["startup_id"] for row in everyone}) > 100


def test_a_must_have_keeps_only_those_who_have_it(bole: Bole) -> None:
    offers = "--offer", "客户与订单"
    limited = rows(
        bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "100", *offers).stdout
    )
    free = rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "100").stdout)
    assert 0 < len(limited) < len(free)
    assert {row["partner_id"] for row in limited} < {row["partner_id"] for row in free}


def test_a_list_goes_into_a_spreadsheet_with_a_frozen_header(bole: Bole, tmp_path: Path) -> None:
    out = tmp_path / "list.xlsx"
    assert (
        bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--out", out).exit_code == 0
    )
    sheet = load_workbook(out)["matches"]
    assert [cell.value for cell in sheet[1]] == COLUMNS
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 11


def test_names_stand_beside_the_ids_where_they_are_asked_for(bole: Bole) -> None:
    answer = bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "1", "--names")
    (best,) = rows(answer.stdout)
    assert list(best) == [*COLUMNS, "startup_name", "partner_name"]
    by_name = rows(
        bole(
            "match", "--org", "demo", "--startup", best["startup_name"], "--role", "mentor", "--k", "1"
        ).stdout
    )
    assert by_name[0]["partner_id"] == best["partner_id"]
    told = bole("explain", "--org", "demo", best["startup_name"], best["partner_name"])
    assert f"{STARTUP} × {best['partner_id']}" in told.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_pairs_and_queries_come_in_any_usual_encoding(bole: Bole, tmp_path: Path, encoding: str) -> None:
    queries = tmp_path / "queries.csv"
    queries.write_text("startup_id,企业名称\nQY-002,甲企业\n", encoding=encoding)
    (best,) = rows(
        bole("match", "--org", "demo", "--startups", queries, "--role", "mentor", "--k", "1").stdout
    )
    assert best["startup_id"] == "QY-002"


def test_a_workbook_of_pairs_is_refused_in_one_line(bole: Bole) -> None:
    answer = bole("score", "--org", "demo", "--pairs", "fixtures/demo/mentors.xlsx")
    assert answer.exit_code == 1
    assert "save the sheet as CSV" in answer.output


def test_scoring_pairs_adds_the_columns_and_agrees_with_the_list(bole: Bole, tmp_path: Path) -> None:
    best = rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "1").stdout)[
        0
    ]
    pairs, out = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    pairs.write_text(f"startup_id,partner_id\n{STARTUP},{best['partner_id']}\n", encoding="utf-8")
    assert bole("score", "--org", "demo", "--pairs", pairs, "--out", out).exit_code == 0
    (scored,) = rows(out.read_text(encoding="utf-8-sig"))
    assert list(scored) == ["startup_id", "partner_id", "score", "p_startup", "p_partner"]
    assert float(scored["score"]) == pytest.approx(float(best["score"]), abs=1e-6)


def test_an_explanation_names_the_rank_that_the_list_gives(bole: Bole) -> None:
    best = rows(bole("match", "--org", "demo", "--startup", STARTUP, "--role", "mentor", "--k", "3").stdout)[
        2
    ]
    told = bole("explain", "--org", "demo", STARTUP, best["partner_id"], "--lang", "en").stdout
    assert re.search(r"rank 3 of \d+ eligible", told)
    told = bole("explain", "--org", "demo", STARTUP, best["partner_id"]).stdout
    assert re.search(r"在 \d+ 位可匹配者中排第 3", told)


def test_profiles_alone_answer_before_anything_was_trained(fresh: Bole) -> None:
    assert fresh("import", "fixtures/demo/mentors.xlsx").exit_code == 1  # it has one planted fault
    fresh("import", "fixtures/demo/startups.csv")
    told = fresh("explain", "QY-001", "DS-001")
    assert "profiles-only" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--startup", STARTUP), 2, "--role is needed"),
        (("--startup", STARTUP, "--all", "--role", "mentor"), 2, "exactly one of"),
        (("--partner", "DS-001", "--role", "mentor"), 2, "--role startup"),
        (("--startup", "nobody", "--role", "mentor"), 1, "nobody"),
        (("--startup", STARTUP, "--role", "mentor", "--out", "list.doc"), 1, ".csv or .xlsx"),
        (("--startup", STARTUP, "--role", "mentor", "--stage", "种字轮"), 1, "种子轮"),
    ],
)
def test_wrong_use_and_unknown_ids_are_told_apart(
    bole: Bole, arguments: tuple[str, ...], code: int, message: str
) -> None:
    answer = bole("match", "--org", "demo", *arguments)
    assert answer.exit_code == code
    assert message in answer.output


def test_a_pairs_file_without_the_columns_is_refused_by_name(bole: Bole, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,b\n1,2\n", encoding="utf-8")
    answer = bole("score", "--org", "demo", "--pairs", pairs)
    assert answer.exit_code == 1
    assert "startup_id" in answer.output


def test_a_list_that_spreads_exposure_keeps_scores_and_order_and_says_why_a_line_is_there(bole: Bole) -> None:
    asked = ("match", "--org", "demo", "--all", "--role", "mentor", "--lang", "en")
    plain, spread = rows(bole(*asked).stdout), rows(bole(*asked, "--spread").stdout)
    scores = {(row["startup_id"], row["partner_id"]): row["score"] for row in plain}
    kept = [row for row in spread if (row["startup_id"], row["partner_id"]) in scores]
    told = [row for row in spread if row["reasons"].endswith("; listed so that more partners are seen")]
    assert all(row["score"] == scores[row["startup_id"], row["partner_id"]] for row in kept)
    assert len(told) == len(spread) - len(kept)
    assert len(spread) == len(plain)
    assert len({row["partner_id"] for row in spread}) >= len({row["partner_id"] for row in plain})
