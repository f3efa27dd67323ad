from pathlib import Path

import pytest

from matcher.errors import UnreadableFile
from matcher.importing.sources import MAX_BYTES, sources_at


def test_named_files_come_in_the_order_given(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(name.encode())
    found = sources_at([tmp_path / "b.csv", tmp_path / "a.csv"])
    assert [(source.name, source.data, source.named) for source in found] == [
        ("b.csv", b"b.csv", True),
        ("a.csv", b"a.csv", True),
    ]


def test_a_folder_gives_its_tables_by_name_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "README.md", ".hidden.csv", "~$a.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    assert [(source.name, source.named) for source in sources_at([tmp_path])] == [
        ("a.xlsx", False),
        ("b.csv", False),
    ]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no CSV or XLSX"):
        sources_at([tmp_path])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        sources_at([tmp_path / "gone.csv"])


def test_a_file_of_200_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match=f"at most {MAX_BYTES:,}"):
        sources_at([large])
