"""Import on the command line: kept rows, reported rows, exit codes."""

import json
from pathlib import Path

from tests.api.cli.conftest import Bole

GOOD = "id,name,industries,founded\ns1,青鹭衡芯,人工智能,2024-03-01\ns2,云澜疏桅,医疗健康,\n"
BAD = "s3,浮岚,教育,2024-02-30\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_files_import_with_exit_code_0_and_again_without_a_change(fresh: Bole, tmp_path: Path) -> None:
    path = written(tmp_path, "startups.csv", GOOD)
    first, second = fresh("import", path), fresh("import", path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "新增 2" in first.stdout
    assert "新增 0，更改 0，未变 2" in second.stdout


def test_a_bad_row_is_reported_with_file_row_and_value_and_the_rest_is_kept(
    fresh: Bole, tmp_path: Path
) -> None:
    path = written(tmp_path, "startups.csv", GOOD + BAD)
    answer = fresh("import", path)
    assert answer.exit_code == 1
    assert "startups.csv:4" in answer.stdout
    assert "新增 2" in answer.stdout


def test_a_dry_run_reports_and_writes_nothing(fresh: Bole, tmp_path: Path) -> None:
    path = written(tmp_path, "startups.csv", GOOD)
    tried, done = fresh("import", "--dry-run", path), fresh("import", path)
    assert "新增 2" in tried.stdout
    assert "没有写入" in tried.stdout
    assert "新增 2" in done.stdout
    assert "没有写入" not in done.stdout


def test_the_report_is_in_the_language_asked_for(fresh: Bole, tmp_path: Path) -> None:
    path = written(tmp_path, "startups.csv", GOOD + BAD)
    report = fresh("import", "--lang", "en", path).stdout
    assert "startups.csv: startups (utf-8), 3 rows: 2 added, 0 changed, 0 unchanged, 1 rejected" in report
    assert "1 errors, 0 warnings, 0 probable duplicates" in report


def test_an_example_is_not_offered_as_what_was_meant(fresh: Bole, tmp_path: Path) -> None:
    path = written(tmp_path, "mentors.csv", "id,name,capacity\nm1,甲,很多\n")
    assert "不是数字 例如 10" in fresh("import", path).stdout


def test_the_whole_report_can_be_written_as_json(fresh: Bole, tmp_path: Path) -> None:
    path, report = written(tmp_path, "startups.csv", GOOD + BAD), tmp_path / "report.json"
    fresh("import", path, "--report", report)
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["errors"] == 1
    assert found["problems"][0]["row"] == 4


def test_an_empty_file_is_refused_in_one_line(fresh: Bole, tmp_path: Path) -> None:
    answer = fresh("import", written(tmp_path, "startups.csv", ""))
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
