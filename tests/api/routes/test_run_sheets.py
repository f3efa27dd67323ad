"""A run downloaded, edited and sent back."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from matcher.store import Store
from tests.api.world import Client, run_of

TITLES = ["概览", "按企业", "按伙伴", "匹配理由", "候补", "未安排"]


@pytest.fixture
def run(store: Store) -> str:
    return f"/v1/runs/{run_of(store, 'solved')}"


def opened(staff: Client, run: str, language: str = "zh") -> Any:
    answer = staff.get(f"{run}/export.xlsx?lang={language}")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(io.BytesIO(answer.data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_has_a_sheet_for_each_question(staff: Client, run: str) -> None:
    book = opened(staff, run)
    assert book.sheetnames == TITLES
    [pair] = rows(book["按企业"])
    assert (pair["企业名称"], pair["伙伴名称"], pair["来源"], pair["锁定"]) == (
        "青松科技",
        "Lin Mu",
        "求解",
        None,
    )
    assert pair["批次与版本"].endswith("@4")
    figures = {line["项目"]: line["数值"] for line in rows(book["概览"])}
    assert (figures["状态"], figures["配对数"], figures["目标"]) == ("已求解", 1, "不落下任何企业")
    reasons = rows(book["匹配理由"])
    assert sum(line["分值"] for line in reasons) == pytest.approx(100 * pair["匹配度"], abs=0.2)
    assert rows(book["候补"])[0]["顺位"] == 1
    assert rows(book["未安排"])[0]["企业名称"] == "Blue Kiln"


def test_the_workbook_is_there_in_english_too(staff: Client, run: str) -> None:
    book = opened(staff, run, "en")
    assert book.sheetnames == ["Summary", "By startup", "By partner", "Reasons", "Alternates", "Left out"]
    assert rows(book["By partner"])[0]["partner_id"] == "m1"


def test_names_that_look_like_formulas_are_neutralised(staff: Client, run: str) -> None:
    staff.patch("/v1/profiles/m1", json={"name": "=HYPERLINK(1)"})
    assert rows(opened(staff, run)["按企业"])[0]["伙伴名称"] == "'=HYPERLINK(1)"
    assert "'=HYPERLINK(1)" in staff.get(f"{run}/export.csv").text


def test_the_pairs_are_there_as_csv(staff: Client, run: str) -> None:
    text = staff.get(f"{run}/export.csv?lang=en").data.decode("utf-8-sig")
    [pair] = csv.DictReader(io.StringIO(text))
    assert (pair["startup_id"], pair["partner_id"]) == ("s1", "m1")


def test_an_edited_workbook_is_first_told_and_then_done(staff: Client, run: str) -> None:
    book = opened(staff, run)
    book["按企业"]["J2"] = "是"
    data, address = saved(book), f"{run}/edits/import?filename=run.xlsx"
    told = staff.post(address, data=data).json
    assert (told["dry_run"], told["version"], told["problems"]) == (True, 4, [])
    assert [(edit["kind"], edit["partner_id"]) for edit in told["edits"]] == [("lock", "m1")]
    assert staff.get(f"{run}/edits").json["edits"] == []
    done = staff.post(f"{address}&dry_run=false", data=data).json
    assert (done["version"], len(staff.get(f"{run}/edits").json["edits"])) == (5, 1)
    late = staff.post(f"{address}&dry_run=false", data=data)
    assert late.status_code == 200, "asks for nothing any more"
    assert staff.get(run).json["version"] == 5


def test_what_is_unclear_is_told_and_nothing_is_done(staff: Client, run: str) -> None:
    book = opened(staff, run, "en")
    book["By startup"]["C2"] = "m77"
    answer = staff.post(f"{run}/edits/import?filename=a.xlsx&dry_run=false&lang=en", data=saved(book)).json
    [problem] = answer["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (2, "partner_id", "m77")
    assert (problem["code"], answer["edits"], answer["version"]) == ("unknown", [], 4)


def test_a_file_that_is_none_is_refused(staff: Client, run: str) -> None:
    for body in (b"", b"%PDF-1.4", b"name,city\na,b\n"):
        assert staff.post(f"{run}/edits/import?filename=a.csv", data=body).status_code == 422


def test_a_table_that_names_no_version_needs_one(staff: Client, run: str) -> None:
    address, body = (
        f"{run}/edits/import?filename=a.csv&dry_run=false",
        "startup_id,partner_id,locked\ns1,m1,x\n",
    )
    assert staff.post(address, data=body).status_code == 428
    assert staff.post(f"{address}&version=3", data=body).status_code == 409
    assert staff.post(f"{address}&version=4", data=body).json["version"] == 5


def test_a_run_that_was_never_solved_has_no_file(staff: Client, store: Store) -> None:
    assert staff.get(f"/v1/runs/{run_of(store, 'edited')}/export.xlsx").status_code == 409


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_run_that_is_taken_away_is_on_record(staff: Client, store: Store, run: str, kind: str):
    assert staff.get(f"{run}/export.{kind}").status_code == 200
    line = store.audit.page("north")[0][0]
    assert (line.action, line.fields) == ("exported", ("match_pairs",))
    assert line.counts["rows"] > 0
