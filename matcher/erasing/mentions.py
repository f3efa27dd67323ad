"""Whether a file that waits to be imported may hold somebody, in whatever encoding it is."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator

from matcher.erasing.scrubbing import Marks

MOST_UNPACKED = 512 * 1024 * 1024
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")


def mentions(marks: Marks, data: bytes) -> bool:
    """Whether any mark stands in the file, or in a file within it. One that cannot be looked through may."""
    patterns = re.compile(b"|".join(_patterns(marks)))
    return any(part is None or patterns.search(part) for part in _parts(data))


def _parts(data: bytes) -> Iterator[bytes | None]:
    """The file, or what is packed in it; None for what is too large or broken."""
    if not data.startswith(b"PK"):
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                yield None
                return
            for entry in archive.infolist():
                with archive.open(entry) as file:
                    yield file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        yield None


def _patterns(marks: Marks) -> Iterator[bytes]:
    for mark in marks.all():
        forms = {mark, html.escape(mark), json.dumps(mark)[1:-1]}
        for encoding in _ENCODINGS:
            for form in forms:
                spelled = re.escape(form.encode(encoding, "ignore"))
                if spelled:
                    yield b"(?<![0-9A-Za-z])" + spelled + b"(?![0-9A-Za-z])" if mark.isascii() else spelled
