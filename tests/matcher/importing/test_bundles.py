"""ZIP files of tables."""

import io
import zipfile

import pytest

from matcher.errors import UnreadableFile
from matcher.importing import Source, import_sources
from matcher.importing.bundles import MAX_TABLES, unpacked
from matcher.store import Store
from tests.matcher.importing.given import workbook


def packed(files: dict[str, bytes]) -> Source:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return Source("all.zip", out.getvalue())


def test_the_tables_in_a_zip_file_are_imported(store: Store) -> None:
    book = workbook({"导师": [["id", "name"], ["m1", "二"]]})
    source = packed({"d/企业.csv": "id,name\ns1,一\n".encode(), "b.xlsx": book, "readme.txt": b"x"})
    report = import_sources([source], store, organisation="here")
    assert [(file.name, file.added) for file in report.files] == [("企业.csv", 1), ("b.xlsx", 1)]


def test_any_other_file_stays_as_it_is() -> None:
    for source in (Source("a.csv", b"id\n"), Source("b.xlsx", workbook({"a": [["id"]]}))):
        assert unpacked(source) == [source]


def test_hidden_files_are_passed_over() -> None:
    source = packed({"a.csv": b"x", "__MACOSX/a.csv": b"x", ".b.csv": b"x", "~$c.xlsx": b"x"})
    assert [each.name for each in unpacked(source)] == ["a.csv"]


def test_names_in_the_code_of_chinese_windows_are_read() -> None:
    source = packed({"企业.csv": b"x"})
    raw = source.data.replace("企业".encode(), "企业".encode("gb18030").ljust(6, b"x"))
    flags = raw.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    assert [each.name for each in unpacked(Source("a.zip", flags))] == ["企业xx.csv"]


@pytest.mark.parametrize(
    "files",
    [
        {"readme.txt": b"x"},
        {f"{number}.csv": b"x" for number in range(MAX_TABLES + 1)},
        {"bomb.csv": b"0" * (70 * 2**20)},
    ],
)
def test_a_zip_file_of_nothing_or_of_too_much_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableFile):
        unpacked(packed(files))


def test_a_damaged_zip_file_is_refused() -> None:
    data = packed({"a.csv": b"id,name\n" * 100}).data
    with pytest.raises(UnreadableFile):
        unpacked(Source("a.zip", data[:40] + b"\0" * 20 + data[60:]))
    with pytest.raises(UnreadableFile):
        unpacked(Source("a.zip", data[:60]))


def test_a_zip_file_that_is_refused_does_not_stop_the_others(store: Store) -> None:
    good = Source("startups.csv", b"id,name\ns1,a\n")
    report = import_sources([packed({"a.txt": b""}), good], store, organisation="here")
    assert [(file.name, file.added) for file in report.files] == [("startups.csv", 1), ("all.zip", 0)]
