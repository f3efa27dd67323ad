"""What goes of accounts: what lets them in, and who they are; the rows stay for what points to them."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from matcher.erasures import PSEUDONYM
from matcher.store.erasing.pairs import deleted
from matcher.store.erasing.subjects import Subject
from matcher.store.people_schema import mailed_links, people, recovery_codes
from matcher.store.schema import tokens
from matcher.store.sign_on_schema import identities


def delete_ways_in(connection: sa.Connection, subject: Subject) -> int:
    """Sessions, tokens, links, recovery codes, accounts at providers: nobody gets in from now on."""
    theirs = sa.and_(
        tokens.c.organisation == subject.organisation, tokens.c.profile_id.in_(subject.marks.ids)
    )
    found = deleted(connection, tokens, sa.or_(theirs, tokens.c.person.in_(subject.persons)))
    for table in (mailed_links, recovery_codes, identities):
        found += deleted(connection, table, table.c.person.in_(subject.persons))
    return found


def blank_people(connection: sa.Connection, subject: Subject, now: dt.datetime) -> int:
    """Nothing is left of who they are."""
    texts: dict[str, Any] = dict.fromkeys(("name", "profile_id", "password", "secret", "created_by"), "")
    gone = {**texts, "active": False, "step": 0, "last_login_at": None, "language": "", "erased_at": now}
    for person in subject.persons:
        blank = sa.update(people).where(people.c.id == person)
        connection.execute(blank.values({**gone, "email": PSEUDONYM + person}))
    return len(subject.persons)
