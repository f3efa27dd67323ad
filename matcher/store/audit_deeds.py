"""From what a transaction was noticed to do to the lines that tell of it: one for each organisation."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from matcher.audit import Deed
from matcher.store.audit_notes import FEW, Notes, Said, Touched
from matcher.store.audit_tables import SUBJECTS
from matcher.store.bulk import lists

BESIDE = "amendment"
"""What only goes with a change, so that it can be taken back: a line is about the change."""


class _Share(NamedTuple):
    """The part of what was done to a table that is one organisation's: its rows and its subjects' names."""

    table: str
    verb: str
    touched: Touched
    rows: int
    names: frozenset[str]


def deeds(connection: sa.Connection, notes: Notes, home: str) -> list[Deed]:
    """What the transaction did, by organisation; `home` is whose it is where nothing tells."""
    shares: dict[str, list[_Share]] = defaultdict(list)
    homeless: list[_Share] = []
    for (table, verb), touched in notes.touched.items():
        found = _shares(connection, touched)
        for organisation, (rows, names) in found.items():
            shares[organisation].append(_Share(table, verb, touched, rows, names))
        if not found:
            homeless.append(_Share(table, verb, touched, touched.rows, frozenset()))
    if homeless:
        shares[next(iter(shares), home)].extend(homeless)
    said = _named(connection, notes.said)
    return [
        deed for organisation, each in shares.items() for deed in _deeds(organisation, each, notes.said, said)
    ]


def _shares(connection: sa.Connection, touched: Touched) -> dict[str, tuple[int, frozenset[str]]]:
    """How many of the rows, and which subjects, are each organisation's; nothing where nobody knows."""
    names: dict[str, set[str]] = defaultdict(set)
    rows: Counter[str] = Counter()
    for own, values in touched.names.items():
        column = dict(touched.whose.by)[own]
        for value, organisation, name in look_up(connection, touched.whose.subject, column, values):
            rows[organisation] += values[value]
            names[organisation].add(name)
    counted = touched.organisations or rows
    whole = touched.rows if len(counted) == 1 else None
    return {each: (whole or counted[each], frozenset(names[each])) for each in counted}


def look_up(
    connection: sa.Connection, subject: str, column: str, values: Iterable[Any]
) -> Iterator[tuple[Any, str, str]]:
    """Value, organisation and name in lines of the subjects whose column has one of these values."""
    table, name = SUBJECTS[subject].table, SUBJECTS[subject].name
    by = table.c[column]
    for some in lists(values):
        wanted = sa.select(by, table.c.organisation, name).where(by.in_(some))
        for value, organisation, named in connection.execute(wanted):
            yield value, organisation, str(named)


def _named(connection: sa.Connection, said: Said) -> str:
    """What the subject that a writer says is called in lines."""
    if said.name is None:
        return ""
    column, value = said.name
    return next((name for _, _, name in look_up(connection, said.subject, column, [value])), "")


def _deeds(organisation: str, shares: Sequence[_Share], said: Said, name: str) -> list[Deed]:
    """The organisation's lines: one for each of a few subjects (the rows are counted in the first), one for
    all where they are many."""
    first = _first(shares)
    subject = said.subject or first.touched.whose.subject or first.table
    about = [share for share in shares if share.touched.whose.subject == subject]
    names = {name} if name else {each for share in about for each in share.names}
    known = sorted(names) if 0 < len(names) <= FEW else []
    counts: Counter[str] = Counter()
    for share in shares:
        counts[f"{share.table}.{share.verb}"] += share.rows
    return [
        Deed(
            organisation=organisation,
            action=_action(first, about, shares, said),
            subject=subject,
            subject_id=each,
            fields=frozenset(said.fields or (_fields(shares) if known else ())),
            counts={} if place else dict(counts),
        )
        for place, each in enumerate(known or [""])
    ]


def _first(shares: Sequence[_Share]) -> _Share:
    """What the transaction was for: the first about something whose record says what was done to it, else the
    first at all."""
    itself = [share for share in shares if share.touched.whose.subject != BESIDE] or shares
    recorded = {share.touched.whose.subject for share in itself if share.touched.told}
    return next((share for share in itself if share.touched.whose.subject in recorded), itself[0])


def _action(first: _Share, about: Sequence[_Share], shares: Sequence[_Share], said: Said) -> str:
    """What was done in a word: as the change that can be taken back is called, as the writer says, as a row
    about the subject tells, or what the first statement does."""
    beside = _told([share for share in shares if share.touched.whose.subject == BESIDE])
    return beside or said.action or _told(about) or _verb(first)


def _told(shares: Sequence[_Share]) -> str:
    words = {word for share in shares for word in share.touched.told}
    return next(iter(words)) if len(words) == 1 else ""


def _verb(share: _Share) -> str:
    """What was done to the subject itself ("changed"), or to what is kept of it ("contacts.deleted")."""
    subject = SUBJECTS.get(share.touched.whose.subject)
    return share.verb if subject and subject.table.name == share.table else f"{share.table}.{share.verb}"


def _fields(shares: Sequence[_Share]) -> Iterator[str]:
    return (f"{share.table}.{column}" for share in shares for column in share.touched.columns)
