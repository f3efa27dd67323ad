"""Is this XLSX safe to open? Sizes are checked before unpacking and while unpacking, for they may lie."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from matcher.errors import UnreadableFile
from matcher.importing.expansion import SHEETS, check_expansion, folded

MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
RATIO_COUNTS_FROM = 8 * 1024 * 1024
"""A small file may well shrink a great deal; a ratio means something from this size on."""
MAX_ENTRIES = 2_000
MAX_CELLS = 6_000_000
"""What a sheet spans counts, not what it holds: the reader keeps some 32 bytes for an empty cell too."""
MAX_ROWS = 1_000_000
_CHUNK = 4 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_FORMATS = frozenset(("mimetype", "content.xml", "xl/workbook.bin"))
"""Parts of ODS and XLSB, which the reader would take where it finds the XLSX broken, without our checks."""
_ATTRIBUTES = rb"""(?:\s+(?!r=)[\w:]++=(?:"[^"<>]*+"|'[^'<>]*+'))*"""
_PLACE = _ATTRIBUTES + rb"""\s+r=["']([A-Z]{1,3})(\d{1,7})["']""" + _ATTRIBUTES
"""A cell's attributes as spreadsheet programs write them. Each pattern takes time linear in its text.
The group is not possessive: before Python 3.11.5 such a group may fail to match (cpython issue 106052)."""
_ODD_CELL = re.compile(rb"<(?:[^\s<>/:]*+:)?c(?=[\s/>])(?!" + _PLACE + rb"\s*+/?>)")
_CELL = re.compile(rb"<(?:[^\s<>/:]*+:)?c" + _PLACE + rb"\s*+>(?!</)")
_LETTERS = re.compile(rb"""r=["']([A-Z]{1,3})(?=\d)""")
_FAR_ROW = re.compile(rb"""r=["'][A-Z]{1,3}\d{6,}["']""")
_NEAR_ROW, _NEAR_COLUMN = 99_999, 50
_FORMULA = re.compile(
    rb"<(?:[^\s<>/:]*+:)?c" + _PLACE + rb"\s*+>\s*+<(?:[^\s<>/:]*+:)?f\b[^<>]*?(?:/>|>([^<]*+))"
)
_LONGEST_CELL = 2**20


@dataclass(slots=True)
class SheetFacts:
    """What one sheet's XML holds: a bound of its extent; formulas by row (from 1) and column (from 0)."""

    rows: int = 0
    columns: int = 0
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a ZIP file, as every XLSX is."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def refuse_old_office(name: str, data: bytes) -> None:
    """Refuse what Excel 97 wrote, and what a password locks (both look the same from outside).

    Raises:
        UnreadableFile: with the one of the two that it is.
    """
    if not data.startswith(_OLE):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(
            f"{name}: the workbook is locked by a password; save it without one and import that"
        )
    raise UnreadableFile(
        f"{name}: this is the XLS format of Excel 97-2003; save it as XLSX or CSV and import that"
    )


def scan(name: str, data: bytes) -> Mapping[str, SheetFacts]:
    """The facts of every sheet part (xl/worksheets/...xml), after all checks.

    Raises:
        UnreadableFile: not an XLSX; too many or too large parts; sizes that lie; a document type or
            entities in the XML; a password; a sheet of over a million rows or six million cells;
            texts of over 1 GB once they are repeated.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(name, archive.infolist(), len(data))
            facts = dict(_scanned(name, archive))
            check_expansion(name, archive)
            return {part: found for part, found in facts.items() if part.startswith(SHEETS)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(
            f"{name}: the XLSX archive is damaged ({error}); save it again and import that"
        ) from error


def _check_directory(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = {folded(entry.filename) for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            f"{name}: the archive is locked by a password; save it without one and import that"
        )
    if len(entries) > MAX_ENTRIES or len(names) < len(entries):
        raise UnreadableFile(
            f"{name}: {len(entries)} parts in the archive, some twice or over {MAX_ENTRIES}; not a workbook"
        )
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed):
        megabytes = unpacked // 2**20
        raise UnreadableFile(
            f"{name}: {packed:,} bytes would unpack to {megabytes:,} MB (at most "
            f"{MAX_UNPACKED // 2**20} MB and {MAX_RATIO} times), as a ZIP bomb does; "
            "save it as CSV"
        )
    if "xl/workbook.xml" not in names or names & _OTHER_FORMATS:
        raise UnreadableFile(
            f"{name}: a ZIP archive but no XLSX workbook; unpack it and import the files inside"
        )


def _scanned(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, SheetFacts]]:
    for entry in archive.infolist():
        part = folded(entry.filename)
        if part.startswith(SHEETS) or part.endswith((".xml", ".rels")):
            yield part, _scan_part(f"{name}: {entry.filename}", archive, entry)


def _scan_part(where: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> SheetFacts:
    """Unpack one part in pieces to its end: its checksum then proves that its size did not lie."""
    facts, carried = SheetFacts(), b""
    is_sheet = folded(entry.filename).startswith(SHEETS)
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = carried + chunk
            if b"\x00" in chunk or _DECLARATION.search(text):
                raise UnreadableFile(f"{where} declares a document type or entities; save the workbook again")
            end = _last_cell(where, text)
            _take_cells(where, text[:end], facts, is_sheet=is_sheet)
            carried = text[end:]
    _take_cells(where, carried, facts, is_sheet=is_sheet)
    if facts.rows > MAX_ROWS or facts.rows * facts.columns > MAX_CELLS:
        raise UnreadableFile(
            f"{where} spans {facts.rows:,} rows and {facts.columns:,} columns (at most {MAX_ROWS:,} rows and "
            f"{MAX_CELLS:,} cells); delete stray cells far from the table, or split it"
        )
    return facts


def _take_cells(where: str, text: bytes, facts: SheetFacts, *, is_sheet: bool) -> None:
    if is_sheet and _ODD_CELL.search(text):
        raise UnreadableFile(
            f"{where} has cells in a form that no spreadsheet program writes; save the workbook again"
        )
    _note_cells(text, facts)


def _last_cell(where: str, text: bytes) -> int:
    """Where to cut so that no cell is split: before the last cell, else before the last tag that is near."""
    near = max(len(text) - _LONGEST_CELL, 0)
    found = max(text.rfind(b"<c", near), text.rfind(b":c", near))
    end = text.rfind(b"<", near, found + 1) if found >= 0 else text.rfind(b"<", near)
    if end < 0 and text.rfind(b"<") > text.rfind(b">"):
        raise UnreadableFile(f"{where} has a tag of over a million characters; save the workbook again")
    return end if end >= 0 else len(text)


def _note_cells(text: bytes, facts: SheetFacts) -> None:
    _note_extent(text, facts)
    if b"<f" in text or b":f" in text:
        for found in _FORMULA.finditer(text):
            written = (found[3] or b"").decode("utf-8", "replace")
            facts.formulas.setdefault(int(found[2]), {})[column_number(found[1])] = f"={written}"


def _note_extent(text: bytes, facts: SheetFacts) -> None:
    """Widen the extent; exact (empty cells not counted) only where cells lie far out, for that is slow."""
    columns = max((column_number(letters) + 1 for letters in set(_LETTERS.findall(text))), default=0)
    if columns <= _NEAR_COLUMN and not _FAR_ROW.search(text):
        facts.rows, facts.columns = max(facts.rows, _NEAR_ROW), max(facts.columns, columns)
        return
    for letters, row in set(_CELL.findall(text)):
        facts.rows = max(facts.rows, int(row))
        facts.columns = max(facts.columns, column_number(letters) + 1)


def column_number(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(number: int) -> str:
    """Inverse of `column_number`: 0 → A, 26 → AA."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
