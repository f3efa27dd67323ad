"""Which texts a database keeps: PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8 form."""

import re
from collections.abc import Mapping

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


def check_all_storable(field: str, value: object) -> None:
    """Refuse such a text anywhere in what is kept as JSON: among its names, values and lists.

    Raises:
        InvalidInput: as `check_storable`.
    """
    if isinstance(value, str):
        check_storable(field, value)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            check_storable(field, name)
            check_all_storable(field, each)
    elif isinstance(value, list | tuple):
        for each in value:
            check_all_storable(field, each)
