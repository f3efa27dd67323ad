"""How much text a workbook's sheets hold once every cell has its own copy of its shared string.

A workbook keeps each text once and points to it; a small file may point to one long text millions of times.
"""

import re
import zipfile
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from matcher.errors import UnreadableFile

SHEETS = "xl/worksheets/"
"""Where the parts of all sheets are, `folded`."""
MAX_EXPANDED = 1024 * 1024 * 1024
_CHUNK = 4 * 1024 * 1024
_SHORTEST_CELL = len(b'<c t="s"><v>0</v></c>')
_OVERLAP = 256
"""Longer than any pointer, so that one is whole in one piece or the next."""
_STRING_END = re.compile(rb"</(?:[^\s<>/:]*+:)?si\s*>|<(?:[^\s<>/:]*+:)?si\s*/>")
_SHARED = re.compile(rb"""\st=["']s["']""")
_POINTER = re.compile(rb"""\bt=["']s["'][^<>]{0,100}>\s{0,9}<(?:\w+:)?v>\s{0,9}(\d{1,9})</""")


def folded(part: str) -> str:
    """A part's name as the reader compares it: it finds xl\\Worksheets\\SHEET1.XML too."""
    return part.replace("\\", "/").lower()


def check_expansion(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook whose cells' texts come to over 1 GB.

    Raises:
        UnreadableFile: they do.
    """
    names = {folded(part): part for part in archive.namelist()}
    sheets = [part for known, part in names.items() if known.startswith(SHEETS)]
    texts = names.get("xl/sharedstrings.xml")
    lengths = _lengths(archive, texts) if texts else np.zeros(0, np.int64)
    most = int(lengths.max(initial=0))
    if most * sum(archive.getinfo(part).file_size // _SHORTEST_CELL for part in sheets) <= MAX_EXPANDED:
        return
    expanded = sum(_pointed_to(archive, part, lengths) for part in sheets)
    if expanded > MAX_EXPANDED:
        raise UnreadableFile(
            f"{name}: the cells' texts come to {expanded // 2**20:,} MB (at most "
            f"{MAX_EXPANDED // 2**20:,} MB), for long texts are repeated; shorten them or split the file"
        )


def _lengths(archive: zipfile.ZipFile, part: str) -> npt.NDArray[np.int64]:
    """The bytes of each shared string, in order."""
    ends, position = [0], 0
    for piece, fresh in _pieces(archive, part):
        ends += [position + found.end() for found in _STRING_END.finditer(piece) if found.end() > fresh]
        position += len(piece) - min(_OVERLAP, len(piece))
    places = np.array(ends, dtype=np.int64)
    return places[1:] - places[:-1]


def _pointed_to(archive: zipfile.ZipFile, part: str, lengths: npt.NDArray[np.int64]) -> int:
    """The bytes of all the strings that a sheet's cells point to; of an odd pointer, those of the longest."""
    total = odd = 0
    for piece, fresh in _pieces(archive, part):
        found = [int(pointer[1]) for pointer in _POINTER.finditer(piece) if pointer.end() > fresh]
        odd += sum(cell.end() > fresh for cell in _SHARED.finditer(piece)) - len(found)
        places = np.array(found, dtype=np.int64)
        total += int(lengths[places[places < len(lengths)]].sum())
    return total + odd * int(lengths.max(initial=0))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, int]]:
    """The part in pieces, each begun by the end of the one before; with where its new bytes start."""
    carried = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            piece = carried + chunk
            yield piece, len(carried)
            carried = piece[-_OVERLAP:]
