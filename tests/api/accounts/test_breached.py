"""The file of breached passwords."""

import hashlib
from pathlib import Path

import pytest

from api.accounts.breached import Breached
from api.accounts.passwords import Weakness, weakness
from matcher.errors import InvalidInput

WORDS = [f"word number {n}" for n in range(3000)]


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest().upper()


def written(path: Path, words: list[str], end: str = "\r\n") -> Path:
    """The file as the downloader writes it: no end behind the last line."""
    path.write_bytes(
        end.join(f"{each}:{n % 7 + 1}" for n, each in enumerate(sorted(map(sha1, words)))).encode()
    )
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("count", [1, 2, 90, 3000])
def test_each_password_of_the_file_is_found_and_no_other(tmp_path: Path, count: int, end: str):
    found = Breached(written(tmp_path / "list.txt", WORDS[:count], end))
    assert all(word in found for word in WORDS[:count])
    assert not any(f"other {n}" in found for n in range(500))


def test_a_password_is_found_however_it_was_composed(tmp_path: Path):
    found = Breached(written(tmp_path / "list.txt", ["cafés and herons"]))
    assert "cafe\u0301s and herons" in found


def test_the_file_is_read_in_a_few_small_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    found = Breached(written(tmp_path / "list.txt", WORDS))
    pieces: list[int] = []
    import os

    pread = os.pread
    monkeypatch.setattr(os, "pread", lambda file, n, at: (pieces.append(n), pread(file, n, at))[1])
    assert WORDS[7] in found
    assert len(pieces) <= 8
    assert sum(pieces) < 6000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "password123456\n",
        "0" * 32 + ":4\n",  # the NTLM file
        f"{'F' * 40}:1\n{'0' * 40}:1\n",
        f"{'a' * 40}:1\n",
        "F" * 40 + "\n",
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "list.txt"
    path.write_text(text)
    with pytest.raises(InvalidInput, match="BOLE_BREACHED_PASSWORDS"):
        Breached(path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        Breached(tmp_path / "none.txt")


def test_a_breached_password_is_refused_whatever_else_is_good_about_it(tmp_path: Path):
    found = Breached(written(tmp_path / "list.txt", ["seven quiet herons"]))
    assert weakness("seven quiet herons") is None
    assert weakness("seven quiet herons", breached=found) is Weakness.BREACHED
    assert weakness("seven quiet egrets", breached=found) is None
