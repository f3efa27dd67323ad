"""Which texts a database keeps: PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8 form."""

import re

from matcher.errors import InvalidInput

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def check_storable(field: str, text: str) -> None:
    """Refuse a text that some database cannot keep, so that all of them keep the same.

    Raises:
        InvalidInput: a NUL character or half a surrogate pair.
    """
    if bad := _UNSTORABLE.search(text):
        rule = f"has a character that no database keeps (position {bad.start() + 1})"
        raise InvalidInput(field, ascii(text), rule, "remove it")
