"""ZIP files of tables: unpacked in memory, within the limits of single files."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from matcher.errors import UnreadableFile
from matcher.importing.archives import MAX_RATIO, RATIO_COUNTS_FROM, is_archive
from matcher.importing.expansion import folded
from matcher.importing.sources import MAX_BYTES, SUFFIXES, Source

MAX_TABLES = 50
_UTF8 = 0x800
_LOCKED = 0x1
_CHUNK = 1 << 20


def unpacked(source: Source) -> list[Source]:
    """The tables in a ZIP file, by name, found rather than named; any other file, XLSX too, as it is.

    Raises:
        UnreadableFile: damaged or locked, no table in it, over 50, or over 64 MB once unpacked.
    """
    if not is_archive(source.data):
        return [source]
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            entries = archive.infolist()
            if any(_is_of_a_workbook(entry.filename) for entry in entries):
                return [source]
            return list(_tables(source, archive, entries))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise UnreadableFile(
            f"{source.name}: the ZIP file is damaged ({error}); pack it again and import that"
        ) from error


def _is_of_a_workbook(name: str) -> bool:
    return folded(name) in ("xl/workbook.xml", "[content_types].xml", "mimetype", "xl/workbook.bin")


def _tables(source: Source, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Source]:
    tables = sorted((entry for entry in entries if _is_table(entry)), key=_name)
    if not tables or len(tables) > MAX_TABLES:
        count = f"{len(tables)} tables" if tables else "no CSV or XLSX file"
        raise UnreadableFile(f"{source.name}: {count} in the ZIP file (1 to {MAX_TABLES} can be imported)")
    room = MAX_BYTES
    for entry in tables:
        data = _read(source, archive, entry, room)
        room -= len(data)
        yield Source(_name(entry).rpartition("/")[2], data, named=False)


def _is_table(entry: zipfile.ZipInfo) -> bool:
    path, name = _name(entry), _name(entry).rpartition("/")[2]
    is_table = any(name.lower().endswith(suffix) for suffix in SUFFIXES)
    return is_table and not name.startswith((".", "~$")) and not path.startswith("__MACOSX/")


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's path. Programs that do not say that it is UTF-8 write Chinese names in the local code."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _read(source: Source, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The entry's bytes, read in pieces: what the directory says of its size may be a lie."""
    if entry.flag_bits & _LOCKED:
        raise UnreadableFile(f"{source.name}: the ZIP file is locked by a password; save it without one")
    data = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            data += chunk
            bomb = len(data) > RATIO_COUNTS_FROM and len(data) > MAX_RATIO * max(entry.compress_size, 1)
            if len(data) > room or bomb:
                raise UnreadableFile(
                    f"{source.name}: unpacks to more than {MAX_BYTES // 2**20} MB; import its files"
                )
    return bytes(data)
