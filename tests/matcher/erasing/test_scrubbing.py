"""Marks are taken out of texts, JSON and files, and nothing else is."""

import io
import json
import zipfile

import pytest

from matcher.erasing.mentions import mentions
from matcher.erasing.scrubbing import Marks

NAMED = Marks(
    "erased-1",
    ids=("m1", "林木工作室"),
    keys=("north:m1",),
    names=("林木", "Lin Mu", "AI"),
    addresses=("lin@example.org",),
    signatures=("staff Wei",),
    known_abroad=("林木",),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("m1", "erased-1"),
        ("m12", "m12"),
        ("see m1", "see m1"),  # too short to be told from chance
        ("AI", "erased-1"),
        ("ＡＩ", "erased-1"),
        ("AI for all", "AI for all"),
        ("与林木谈过", "与erased-1谈过"),
        ("Lin Mu said", "erased-1 said"),
        ("Lin Mulan said", "Lin Mulan said"),
        ("to LIN@example.org.", "to erased-1."),
        ("of north:m1, or north:m12", "of north:m1, or north:m12".replace("north:m1,", "erased-1,")),
        ("mentor m1 Wei (laptop)", "mentor erased-1"),
        ("mentor m12 Wei", "mentor m12 Wei"),
        ("staff Wei", "staff erased-1"),
        ("staff Wei (laptop)", "staff erased-1"),
        ("staff Weiwei", "staff Weiwei"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert NAMED.in_text(text) == expected


def test_json_keeps_its_shape() -> None:
    before = {"capacities": {"m1": 3, "m2": 1}, "who": ["m1", 5, None, {"name": "林木"}]}
    after = {"capacities": {"erased-1": 3, "m2": 1}, "who": ["erased-1", 5, None, {"name": "erased-1"}]}
    assert NAMED.in_json(before) == after


def test_abroad_only_what_is_known_there_counts() -> None:
    abroad = NAMED.abroad()
    assert [abroad.in_text(text) for text in ("m1", "Lin Mu", "staff Wei")] == ["m1", "Lin Mu", "staff Wei"]
    assert [abroad.in_text(text) for text in ("north:m1", "林木")] == ["erased-1", "erased-1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"name": "\\u6797\\u6728"}', '{"name": "erased-1"}'),
        ('{"a": 1}\n{"who": "m1"}\n', '{"a": 1}\n{"who": "erased-1"}\n'),
        ("<td>林木</td><td>m2</td>\n", "<td>erased-1</td><td>m2</td>\n"),
        ('{"same":   1}', '{"same":   1}'),
    ],
)
def test_files(before: str, after: str) -> None:
    assert NAMED.in_file(before.encode()) == after.encode()


def test_a_file_that_is_no_text_stays() -> None:
    assert NAMED.in_file(b"\xff\x00\x81") == b"\xff\x00\x81"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_file_mentions_somebody_in_any_encoding(encoding: str) -> None:
    assert mentions(Marks("x", names=("林木",)), "id,name\n1,林木\n".encode(encoding))
    assert not mentions(Marks("x", names=("林木",)), "id,name\n1,青松\n".encode(encoding))


def test_a_file_mentions_somebody_within_what_is_packed_in_it_and_one_that_is_broken_may() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "<si><t>Lin &amp; Mu</t></si>")
    assert mentions(Marks("x", names=("Lin & Mu",)), file.getvalue())
    assert not mentions(Marks("x", names=("Lin Mu",)), file.getvalue())
    assert mentions(Marks("x", names=("Lin Mu",)), file.getvalue()[:40])


def test_short_ids_are_looked_for_whole() -> None:
    assert mentions(Marks("x", ids=("m1",)), b"id,name\nm1,Ann\n")
    assert not mentions(Marks("x", ids=("m1",)), b"id,name\nm12,Ann\nam1,Bob\n")


def test_needles_are_what_stands_in_the_database() -> None:
    stored = json.dumps({"who": "m1", "name": "林木"})
    assert any(needle in stored for needle in Marks("x", ids=("m1",)).needles())
    assert any(needle in stored for needle in Marks("x", names=("林木",)).needles())
