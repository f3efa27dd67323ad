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
    assert "2 added" in first.stdout
    assert "0 added, 0 changed, 2 unchanged" in second.stdout


def test_a_bad_row_is_reported_with_file_row_and_value_and_the_rest_is_kept(
    fresh: Bole, tmp_path: Path
) -> None:
    path = written(tmp_path, "startups.csv", GOOD + BAD)
    answer = fresh("import", path)
    assert answer.exit_code == 1
    assert "startups.csv:4" in answer.stdout
    assert "2 added" in answer.stdout


def test_a_dry_run_reports_and_writes_nothing(fresh: Bole, tmp_path: Path) -> None:
    path = written(tmp_path, "startups.csv", GOOD)
    assert "2 added" in fresh("import", "--dry-run", path).stdout
    assert "2 added" in fresh("import", path).stdout


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
