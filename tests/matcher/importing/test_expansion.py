import io
import zipfile

import pytest

from matcher.errors import UnreadableFile
from matcher.importing import expansion
from matcher.importing.expansion import check_expansion


def archive(strings: list[bytes], pointers: list[int]) -> zipfile.ZipFile:
    shared = b"<sst>" + b"".join(b"<si><t>" + text + b"</t></si>" for text in strings) + b"</sst>"
    cells = "".join(f'<c r="A{row}" t="s"><v>{place}</v></c>' for row, place in enumerate(pointers, start=1))
    opened = zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED)
    opened.writestr("xl/sharedStrings.xml", shared)
    opened.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{cells}</worksheet>")
    return opened


def test_a_long_text_repeated_a_hundred_thousand_times_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="long texts are repeated"):
        check_expansion("a.xlsx", archive([b"x", b"y" * 30_000], [1] * 100_000))


def test_many_cells_beside_one_long_text_pass() -> None:
    check_expansion("a.xlsx", archive([b"x", b"y" * 30_000], [0] * 100_000 + [1]))


def test_the_count_is_the_same_whatever_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [b"z" * (number % 700) for number in range(60)]
    whole = archive(texts, [number % 60 for number in range(500)])
    lengths = expansion._lengths(whole, "xl/sharedStrings.xml")
    expected = sum(len(texts[number % 60]) + len("<si><t></t></si>") for number in range(500)) + 9 * len(
        "<sst>"
    )
    assert expansion._pointed_to(whole, "xl/worksheets/sheet1.xml", lengths) == expected
    for size in (300, 1_000, 7_777):
        monkeypatch.setattr(expansion, "_CHUNK", size)
        assert (expansion._lengths(whole, "xl/sharedStrings.xml") == lengths).all()
        assert expansion._pointed_to(whole, "xl/worksheets/sheet1.xml", lengths) == expected


@pytest.mark.parametrize(
    ("strings", "cell"),
    [
        ("xl/SharedStrings.xml", '<c r="A1" t="s"><v>1</v></c>'),
        ("xl/sharedStrings.xml", '<c t="s"><v >1</v></c>'),
    ],
)
def test_long_texts_are_found_under_other_names_and_behind_odd_pointers(strings: str, cell: str) -> None:
    opened = zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED)
    opened.writestr(strings, b"<sst><si><t>x</t></si><si><t>" + b"y" * 30_000 + b"</t></si></sst>")
    opened.writestr("xl/worksheets/sheet1.xml", cell * 100_000)
    with pytest.raises(UnreadableFile, match="long texts are repeated"):
        check_expansion("a.xlsx", opened)
