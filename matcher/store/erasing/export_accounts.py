"""An export's places about accounts, what named somebody, and what they did themselves."""

from collections.abc import Iterator

import sqlalchemy as sa

from matcher.erasing.scrubbing import Marks
from matcher.store.amendment_schema import uploads
from matcher.store.erasing.rows import Row, Rows, columns_of
from matcher.store.erasing.subjects import Subject
from matcher.store.erasing.texts import TOLD, Told, worth_a_look
from matcher.store.people_schema import people, recovery_codes
from matcher.store.schema import imports, tokens


def told_people(connection: sa.Connection, subject: Subject) -> Rows:
    """The accounts, with how many recovery codes are left."""
    names = "id role email name language active created_at last_login_at"
    for row in columns_of(connection, people, names, people.c.id.in_(subject.persons)):
        unused = (recovery_codes.c.person == row["id"], recovery_codes.c.used_at.is_(None))
        codes = connection.execute(sa.select(sa.func.count()).select_from(recovery_codes).where(*unused))
        yield {**row, "recovery_codes_left": codes.scalar_one()}


def told_tokens(connection: sa.Connection, subject: Subject) -> Rows:
    """Tokens of the accounts, and those of nobody that act for the profile."""
    theirs = sa.and_(
        tokens.c.organisation == subject.organisation,
        tokens.c.profile_id.in_(subject.marks.ids),
        tokens.c.person.is_(None),
    )
    names = "kind scope role label created_at expires_at revoked_at last_used_at"
    return columns_of(connection, tokens, names, sa.or_(theirs, tokens.c.person.in_(subject.persons)))


def told_imports(connection: sa.Connection, subject: Subject) -> Rows:
    """What reports of imports quote of them."""
    own = (imports.c.organisation == subject.organisation,)
    for row in columns_of(connection, imports, "id created_at report", *own):
        for problem in row["report"].get("problems", ()):
            if subject.marks.in_json(problem) != problem:
                told = {name: problem.get(name) for name in ("file", "row", "column", "value", "rule")}
                yield {"import": row["id"], "at": row["created_at"], **told}


def told_uploads(connection: sa.Connection, subject: Subject) -> Rows:
    """Files that wait and whose preview names them."""
    for row in columns_of(connection, uploads, "at look", uploads.c.organisation == subject.organisation):
        if subject.marks.in_json(row["look"]) != row["look"]:
            yield {"at": row["at"], "state": "a file that names them waits to be imported"}


def told_deeds(connection: sa.Connection, subject: Subject) -> Rows:
    """What they did themselves, and why as they said: wherever they signed."""
    for told in TOLD:
        signed = [name for name in told.columns if name in _SIGNED]
        if signed and told.owner is not None:
            yield from _signed(connection, told, subject.marks, signed[0])


_SIGNED = ("who", "scored_by", "created_by", "made_by", "apart_by")
_WORDS = ("why", "reason", "kind", "comment", "text", "summary")


def _signed(connection: sa.Connection, told: Told, marks: Marks, signed: str) -> Iterator[Row]:
    for row in worth_a_look(connection, told, marks):
        who = row[f"told_{signed}"]
        if marks.in_text(who) != who:
            words = {name: row[f"told_{name}"] for name in told.columns if name in _WORDS}
            yield {"table": told.table.name, "who": who, **words}
