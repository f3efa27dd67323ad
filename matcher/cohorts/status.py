"""How a match run stands, and how it may go on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from matcher.errors import Conflict


class RunStatus(StrEnum):
    """Only staff see a run before it is published. A closed one stays as a record."""

    DRAFT = "draft"
    SOLVING = "solving"
    SOLVED = "solved"
    INFEASIBLE = "infeasible"
    PUBLISHED = "published"
    CLOSED = "closed"


MOVES: Mapping[RunStatus, tuple[RunStatus, ...]] = MappingProxyType(
    {
        RunStatus.DRAFT: (RunStatus.SOLVING, RunStatus.CLOSED),
        RunStatus.SOLVING: (RunStatus.SOLVED, RunStatus.INFEASIBLE, RunStatus.DRAFT),
        RunStatus.SOLVED: (RunStatus.DRAFT, RunStatus.SOLVING, RunStatus.PUBLISHED, RunStatus.CLOSED),
        RunStatus.INFEASIBLE: (RunStatus.DRAFT, RunStatus.SOLVING, RunStatus.CLOSED),
        RunStatus.PUBLISHED: (RunStatus.CLOSED,),
        RunStatus.CLOSED: (),
    }
)
"""What may follow. An edit or another configuration makes a solved run a draft again; a run that was never
published is closed to put it aside."""

OPEN_TO_EDITS = (RunStatus.DRAFT, RunStatus.SOLVED, RunStatus.INFEASIBLE)
"""A run that is being solved, or that people have seen, is not edited: cancel it, or copy it."""


def moved(before: RunStatus, to: RunStatus) -> RunStatus:
    """The status `to`, where a run that is `before` may become that.

    Raises:
        Conflict: it may not; names what it may become.
    """
    if to not in MOVES[before]:
        if to is RunStatus.PUBLISHED and before in (RunStatus.DRAFT, RunStatus.INFEASIBLE):
            raise Conflict(f"a run that is {before} cannot be published: solve it first: bole run solve RUN")
        ways = " or ".join(MOVES[before]) or "nothing else: copy it to go on"
        raise Conflict(f"a run that is {before} cannot become {to}; it can become {ways}")
    return to


def open_to_edits(status: RunStatus) -> RunStatus:
    """The status of a run after an edit: a draft, to be solved again.

    Raises:
        Conflict: it is being solved or was published.
    """
    if status not in OPEN_TO_EDITS:
        remedy = "cancel the solving first" if status is RunStatus.SOLVING else "copy it and edit the copy"
        raise Conflict(f"a run that is {status} cannot be edited: {remedy}")
    return RunStatus.DRAFT
