"""Passwords that were in breaches elsewhere: a local file of their SHA-1 hashes, as Have I Been Pwned's
downloader writes it. Nothing of a password leaves the machine, and the file (some 40 GB) is never read whole.
"""

import hashlib
import os
import re
import unicodedata
from pathlib import Path

from matcher.errors import InvalidInput

SETTING = "BOLE_BREACHED_PASSWORDS"
_LINE = re.compile(rb"([0-9A-F]{40}):\d{1,12}\r?\n?")
_LONGEST_LINE = 64
_BLOCK = 4096
_SAMPLES = 64
"""So many lines, evenly over the file, are looked at before it is trusted."""


class Breached:
    """The passwords of one file, which stays open: `password in breached`. Several threads may ask."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            InvalidInput: it cannot be read, or is not lines "SHA-1:COUNT" in the order of the hashes.
        """
        try:
            self._file = os.open(path, os.O_RDONLY)
            self._size = os.fstat(self._file).st_size
            sampled = [self._line_from(self._size * n // _SAMPLES) for n in range(_SAMPLES)]
        except OSError as error:
            raise InvalidInput(SETTING, path, f"cannot be read ({error.strerror})") from error
        hashes = [line[:40] for line in sampled if line]
        lines = all(_LINE.fullmatch(line) for line in sampled if line)
        if not hashes or not lines or hashes != sorted(hashes):
            rule = "is no list of SHA-1 hashes with counts, sorted by hash"
            raise InvalidInput(SETTING, path, rule, "download it with haveibeenpwned-downloader")

    def __contains__(self, password: object) -> bool:
        """Whether the password is in the file, as it was typed or composed by another keyboard (NFKC)."""
        return isinstance(password, str) and any(
            self._has(hashlib.sha1(form.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest())
            for form in {password, unicodedata.normalize("NFKC", password)}
        )

    def _has(self, hashed: str) -> bool:
        """Halve the file until a block is left: the first line from `low` on is before it or is it."""
        wanted = hashed.upper().encode()
        low, high = 0, self._size
        while high - low > _BLOCK:
            middle = (low + high) // 2
            found = self._line_from(middle)
            if found and found[:40] < wanted:
                low = middle + 1
            else:
                high = middle
        block = os.pread(self._file, high - low + 2 * _LONGEST_LINE, low)
        return re.search(rb"(?:^|\n)" + wanted + rb":", block) is not None

    def _line_from(self, offset: int) -> bytes:
        """The first line that begins at the offset or behind it; b"" where none does."""
        before = min(offset, 1)
        read = os.pread(self._file, 2 * _LONGEST_LINE, offset - before)
        rest = read.partition(b"\n")[2] if before else read
        return rest.partition(b"\n")[0] + (b"\n" if b"\n" in rest else b"")
