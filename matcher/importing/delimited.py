"""CSV and its relatives: delimiter found by the header row, broken quotes confined to their line."""

import csv
import itertools
from collections.abc import Callable, Iterator

from matcher.errors import UnreadableFile
from matcher.importing.grids import Broken, Grid, Row
from matcher.text.decode import decode

DELIMITERS = ",;\t|"
MAX_BROKEN_LINES = 100
MAX_CELL = 200_000
MAX_LINE = 1_000_000
MAX_ROWS = 1_000_000
_PROBED_ROWS = 12
_BINARY = {b"%PDF": "a PDF", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"Rar!": "a RAR archive"}
_BINARY |= {b"7z\xbc\xaf": "a 7z archive", b"\x1f\x8b": "a gzip archive", b"SQLite format": "a database"}


def read_delimited(name: str, data: bytes, known: Callable[[list[str]], int]) -> Grid:
    """The file's only grid. `known` counts a row's recognised headers; the delimiter with most wins.

    Raises:
        UnreadableFile: binary data, an encoding that cannot be told, over 100 lines with broken quotes,
            a line of over a million characters; later, on reading, over a million rows.
    """
    _refuse_binary(name, data)
    try:
        decoded = decode(data)
    except UnreadableFile as error:
        raise UnreadableFile(f"{name}: {error}") from error
    delimiter = max(DELIMITERS, key=lambda mark: _recognised(name, decoded.text, mark, known))
    return Grid(name, "", decoded.encoding, _rows(name, decoded.text, delimiter), damaged=decoded.damaged)


def _refuse_binary(name: str, data: bytes) -> None:
    for start, what in _BINARY.items():
        if data.startswith(start):
            raise UnreadableFile(
                f"{name}: this is {what}, not a table; save the table as CSV or XLSX and import that"
            )


def _recognised(name: str, text: str, delimiter: str, known: Callable[[list[str]], int]) -> int:
    rows = itertools.islice(_rows(name, text, delimiter), _PROBED_ROWS)
    return max((known([cell for cell in cells if isinstance(cell, str)]) for _, cells in rows), default=0)


def _lines(name: str, text: str) -> Iterator[str]:
    """Lines with their ends, without a copy of the whole; old Macs end lines with a carriage return."""
    end_mark = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        end = text.find(end_mark, start) + 1 or len(text)
        if end - start > MAX_LINE:
            raise UnreadableFile(
                f"{name}: a line has {end - start:,} characters (at most {MAX_LINE:,}); split it"
            )
        yield text[start:end].rstrip("\r") + "\n" if end_mark == "\r" else text[start:end]
        start = end


def _rows(name: str, text: str, delimiter: str) -> Iterator[Row]:
    """Records with their numbers. A line of broken quotes is one Broken row; reading goes on below."""
    lines, taken = _lines(name, text), list[str]()
    number = broken = 0
    csv.field_size_limit(MAX_CELL)
    while True:
        try:
            for record in csv.reader(_noted(lines, taken), delimiter=delimiter, strict=True):
                number = _next_row(name, number)
                taken.clear()
                yield number, record
            return
        except csv.Error:
            number, broken = number + 1, broken + 1
        if broken > MAX_BROKEN_LINES:
            raise UnreadableFile(
                f"{name}: more than {MAX_BROKEN_LINES} lines have broken quotation marks; inside a quoted "
                'cell each " must be written ""'
            )
        yield number, (Broken(taken[0].rstrip("\r\n")),)
        lines = itertools.chain(taken[1:], lines)
        taken.clear()


def _next_row(name: str, number: int) -> int:
    if number >= MAX_ROWS:
        raise UnreadableFile(f"{name}: more than {MAX_ROWS:,} rows; split the file")
    return number + 1


def _noted(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line
