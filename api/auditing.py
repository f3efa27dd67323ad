"""Lines of the audit log as tables and answers tell them."""

import datetime as dt
from collections.abc import Mapping

from matcher.audit import Line
from matcher.interactions import local
from matcher.tables import Row

CHECKED = 1_000
"""So many of the latest lines are checked whenever the log is read; all of them when somebody asks."""
COLUMNS = tuple(
    "number at caller who name action subject subject_id subject_name fields counts request_id hash".split()
)


def told(line: Line) -> Row:
    """The line as `COLUMNS`: a profile has its id as its organisation writes it, where it is still known."""
    return (
        line.number,
        line.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        line.caller,
        line.who,
        line.name,
        line.action,
        line.subject,
        subject_id(line),
        line.subject_name,
        " ".join(line.fields),
        counts_text(line.counts),
        line.request_id,
        line.hash,
    )


def subject_id(line: Line) -> str:
    """What the subject is called where the line's organisation writes about it."""
    return local(line.organisation, line.subject_key) if line.subject_key else line.subject_id


def counts_text(counts: Mapping[str, int]) -> str:
    """How many rows of what: "profiles.put 3, contacts.deleted 1"."""
    return ", ".join(f"{name} {rows}" for name, rows in counts.items())
