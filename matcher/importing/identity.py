"""Ids for profiles that come without: made from the name, so that the next import finds the same profile."""

import hashlib
import unicodedata

from matcher.profiles import Role

_LETTER = {Role.STARTUP: "s", Role.MENTOR: "m", Role.INVESTOR: "i"}


def made_id(role: Role, name: str) -> str:
    """An id such as s-3f2a9c1b7d04: the same for the same role and name whatever the width, case and spaces.

    Names that differ more (a suffix, the other script) get ids of their own: they are reported as probable
    duplicates, never merged in silence.
    """
    same = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    digest = hashlib.sha256(f"{role}\x00{same}".encode()).hexdigest()
    return f"{_LETTER[role]}-{digest[:12]}"
