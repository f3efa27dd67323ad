"""The audit log: who changed what, who read what was told in confidence; an organisation's lines are a chain.

A line names a caller, a subject and fields, never their values and nobody's name: names are joined when it is
read, so that forgetting a person leaves the chain whole.

Anybody can compute a line's hash again. Take the texts "bole-audit-1" and the columns of `HASHED`, in this
order, numbers in decimal digits; write each as a netstring (the length of its UTF-8 in bytes, a colon, its
UTF-8, a comma); `hash` is the SHA-256 of all of it, in lower-case hexadecimal digits. `previous` is the hash
of the line before, 64 zeros in line 1. The numbers of a chain go up from 1 by ones.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

FORMAT = "bole-audit-1"
HASHED = (
    "organisation",
    "number",
    "at",
    "caller",
    "who",
    "action",
    "subject",
    "subject_id",
    "fields",
    "counts",
    "request_id",
    "previous",
)
"""What a line's hash is made of, in this order."""
NUMBERS = frozenset({"number", "at"})
BEFORE_ALL = "0" * 64
READ = "read"
EXPORTED = "exported"
READINGS = (READ, EXPORTED)
"""The actions that change nothing."""
SYSTEM, VISITOR, COMMAND, WORKER = "system", "visitor", "command", "worker"
"""Callers that are no principals: nobody in particular, who did not sign in, the command line, the worker."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a principal's role or one of the callers above, and `who` exactly: "person:ID", "token:ID" or
    "uid:NUMBER" (of the machine's user), "" where nobody can say.

    `organisation` is where they act, `profile` the key of the profile that they are, "" for the office.
    """

    caller: str = SYSTEM
    who: str = ""
    organisation: str = ""
    profile: str = ""
    request_id: str = ""

    @property
    def is_somebody(self) -> bool:
        """Whether what this one reads reaches a person: Bole's own work tells nobody."""
        return self.caller not in {SYSTEM, WORKER}


_NOBODY = Actor()
_ACTING: ContextVar[Actor] = ContextVar("acting", default=_NOBODY)


def acts() -> Actor:
    """Who acts now, in this thread."""
    return _ACTING.get()


def let_act(actor: Actor = _NOBODY) -> None:
    """Have `actor` act from now on, in this thread; by default nobody in particular."""
    _ACTING.set(actor)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Have `actor` act inside the block."""
    token = _ACTING.set(actor)
    try:
        yield
    finally:
        _ACTING.reset(token)


@dataclass(frozen=True, slots=True)
class Deed:
    """What one transaction did to one subject of one organisation: what a line says besides by whom and when.

    `subject_id` is "" where several were touched, or the whole organisation's; `counts` is how many rows, by
    table and verb.
    """

    organisation: str
    action: str
    subject: str
    subject_id: str = ""
    fields: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is told, with the names of today: `name` of who acted, `subject_name` and, of a profile,
    `subject_key` of what it is about; "" where there is none, or no longer."""

    organisation: str
    number: int
    at: dt.datetime
    caller: str
    who: str
    action: str
    subject: str
    subject_id: str
    fields: tuple[str, ...]
    counts: dict[str, int]
    request_id: str
    hash: str
    name: str = ""
    subject_name: str = ""
    subject_key: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are asked for: all that hold. `who` as in lines, or a caller; `action` a word of lines, or
    "reads" or "changes"; `subject` a kind, or "kind:id" ("profile:" with the profile's id in its
    organisation); `words` are looked for in names, fields and ids."""

    who: str = ""
    action: str = ""
    subject: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    words: str = ""


def hashed(values: Sequence[object]) -> str:
    """The hash of a line whose columns `HASHED` have these values."""
    texts = (str(value).encode() for value in (FORMAT, *values))
    return hashlib.sha256(b"".join(b"%d:%b," % (len(text), text) for text in texts)).hexdigest()


@dataclass(frozen=True, slots=True)
class End:
    """Where a chain ends: the number and the hash of its last line."""

    number: int = 0
    hash: str = BEFORE_ALL


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking an organisation's chain found: whole up to `end`, or `broken` at a number, and why."""

    organisation: str
    end: End
    broken: int | None = None
    why: str = ""


def check(organisation: str, lines: Iterable[Sequence[object]], end: End, *, after: End = End()) -> Verdict:
    """Whether the lines (the columns of `HASHED`, then the hash) lead from `after` to the `end` on record."""
    last = after
    for line in lines:
        if why := _fault(organisation, last, line):
            return Verdict(organisation, last, last.number + 1, why)
        last = End(last.number + 1, str(line[-1]))
    if last == end:
        return Verdict(organisation, last)
    if last.number < end.number:
        return Verdict(organisation, last, last.number + 1, "is missing")
    return Verdict(organisation, last, end.number + 1, "is not counted at the chain's end")


def _fault(organisation: str, last: End, line: Sequence[object]) -> str:
    """What is wrong with a line that follows `last`; "" where nothing is."""
    values = dict(zip((*HASHED, "hash"), line, strict=True))
    if any(type(value) is not (int if name in NUMBERS else str) for name, value in values.items()):
        return "holds something else than numbers and texts"
    if values["number"] != last.number + 1:
        return "is missing"
    if values["previous"] != last.hash or values["organisation"] != organisation:
        return "does not follow the line before it"
    return "" if hashed(line[:-1]) == values["hash"] else "was changed"
