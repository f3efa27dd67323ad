"""What a page asks the database."""

import re
from collections.abc import Callable

import sqlalchemy as sa

from matcher.store import Store

MOST = 12
"""So many queries a page may take, whatever it shows."""

_NO_QUESTION = re.compile("BEGIN|PRAGMA|COMMIT|INSERT INTO audit |UPDATE audit_heads ")
"""Beside questions: what opens and closes them, and what the audit log writes of who read something."""


def asked(store: Store, act: Callable[[], object]) -> list[str]:
    """The statements that the store's database is sent while something is done."""
    seen: list[str] = []
    listen = lambda *given: seen.append(given[2])  # noqa: E731 - (connection, cursor, statement, …)
    sa.event.listen(store._engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        sa.event.remove(store._engine, "before_cursor_execute", listen)
    return [statement for statement in seen if not _NO_QUESTION.match(statement)]
