"""Bytes to text: which of the encodings in use a file has.

UTF-8 and marked UTF-16 tell themselves. The others often decode as each other without an error, so the
reading that somebody is likelier to have written wins (`matcher.text.likelihood`).
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.errors import UnreadableFile
from matcher.text.likelihood import cost, mean_cost

SAMPLE_BYTES = 1 << 16
"""What the encoding is judged on; the whole is decoded afterwards."""
MAX_DAMAGE = 0.02
"""Share of the non-ASCII characters that may be broken (a cell cut in two) in clear text."""
MAX_MEAN_COST = 9.5
"""Nobody's text is this unlikely, a character with another; binary data read as text is above 10."""
MAX_CONTROLS = 0.01
"""Share of control characters (a DOS end mark, a stray escape) in a text."""
_ENOUGH = 40
"""From this many characters on the mean cost says something; a name alone may be rare."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte-order mark → encoding. That of UTF-32 begins with that of UTF-16 and so comes first."""
_WIDE = ("utf-16-le", "utf-16-be")
_NARROW = ("gb18030", "cp950", "big5hkscs", "windows-1252")
"""Codecs without a mark: of files with zero bytes (UTF-16's commas) and of others; first of equals wins."""
_NAMES = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "cp950": "big5", "big5hkscs": "big5"}
"""Codec → the name people know it by, where it has another."""
_STRETCH = re.compile(rb"[\x80-\xff][^\r\n]{0,4000}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WESTERN_PLACES = {
    ord(character): place
    for place in range(0x80, 0xA0)
    if (character := bytes((place,)).decode("cp1252", "ignore"))
}
"""What Windows-1252 shows for a byte that Latin-1 keeps empty → that byte."""
_REMEDY = "save it as CSV UTF-8 or XLSX (UTF-8, UTF-16, GB18030 and Big5 are read)"
_BINARY = f"this is binary data, not text: no encoding gives words; {_REMEDY}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, without byte-order mark.

    `encoding` is utf-8, utf-16, utf-32, gb18030, big5 or windows-1252; `damaged` counts the places that do
    not decode, each now U+FFFD.
    """

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file and the encoding it was in. No bytes give "" in utf-8.

    Text that was read in a wrong encoding and saved as UTF-8 ("æ·±åœ³") is mended where nothing was lost.

    Raises:
        UnreadableFile: binary data, or an encoding that cannot be told.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _whole(data.removeprefix(codecs.BOM_UTF8), encoding, encoding)
    wide = b"\0" in data
    if not wide and _is_utf8(data):
        return _whole(data, "utf-8", "utf-8")
    codec = (
        _likeliest(data[:SAMPLE_BYTES], _WIDE, 1) if wide else _likeliest(_telling(data), _NARROW, _ENOUGH)
    )
    return _whole(data, codec, _NAMES.get(codec, codec))


def _likeliest(sample: bytes, candidates: Sequence[str], enough: int) -> str:
    """The codec in which the sample reads best. From `enough` characters on, nobody's text is refused."""
    readings = {codec: _read(sample, codec) for codec in candidates}
    best = min(readings, key=lambda codec: cost(readings[codec]))
    if len(readings[best]) >= enough and mean_cost(readings[best]) > MAX_MEAN_COST:
        raise UnreadableFile(_BINARY)
    return best


def _is_utf8(data: bytes) -> bool:
    """Whether all of the data, or all but a few places of a sample, is UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = _read(_telling(data), "utf-8")
        return text.count("\ufffd") <= MAX_DAMAGE * len(text)
    return True


def _telling(data: bytes) -> bytes:
    """What tells encodings apart: each line from its first non-ASCII byte on, up to the sample's size."""
    stretches: list[bytes] = []
    size = 0
    for stretch in _STRETCH.finditer(data):
        stretches.append(stretch.group())
        size += len(stretch.group())
        if size > SAMPLE_BYTES:
            break
    return b"\n".join(stretches)


def _whole(data: bytes, codec: str, encoding: str) -> Decoded:
    """All of the data read with the codec, refused where the outcome is not a text."""
    read, damaged = _read_counting(data, codec)
    text = _mended(read).removeprefix("\ufeff")
    start = text[:SAMPLE_BYTES]
    if len(_CONTROL.findall(start)) > MAX_CONTROLS * len(start):
        raise UnreadableFile(_BINARY)
    if damaged > MAX_DAMAGE * len(text):
        raise UnreadableFile(f"read as {encoding}, {damaged} of {len(text)} characters are broken; {_REMEDY}")
    return Decoded(text, encoding, damaged)


def _read_counting(data: bytes, codec: str) -> tuple[str, int]:
    """(text, places that did not decode): a U+FFFD that the file itself holds is no damage."""
    try:
        return data.decode(codec), 0
    except UnicodeDecodeError:
        text = _read(data, codec)
        return text, text.count("\ufffd")


def _read(data: bytes, codec: str) -> str:
    return data.decode(codec, errors="replace")


def _mended(text: str) -> str:
    """The text that was read as Windows-1252 or GB18030 though it was UTF-8; any other text as it is."""
    start = text[:SAMPLE_BYTES]
    for misread in () if start.isascii() else (_western_bytes, _chinese_bytes):
        try:
            if cost(_read(misread(start), "utf-8")) < cost(start):
                return misread(text).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _western_bytes(text: str) -> bytes:
    """The bytes that Windows-1252 shows as this text; its five empty places stand for themselves."""
    return text.translate(_WESTERN_PLACES).encode("latin-1")


def _chinese_bytes(text: str) -> bytes:
    """The bytes that GB18030 shows as this text."""
    return text.encode("gb18030")
