"""An export's places that are columns of one table as they are: only whose rows they are has to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from matcher.store.amendment_schema import amended_months
from matcher.store.attention_schema import signal_decisions
from matcher.store.erasing.rows import Rows, columns_of
from matcher.store.erasing.subjects import Subject
from matcher.store.erasure_schema import erasure_requests
from matcher.store.introduction_schema import contacts, outbox
from matcher.store.people_schema import mailed_links
from matcher.store.schema import ledger
from matcher.store.sign_on_schema import identities


@dataclass(frozen=True, slots=True)
class Plain:
    """Columns of a table by name; `owner` has the number of a profile, or the id of an account where it is a
    person's. Called, it gives the subject's rows."""

    owner: sa.Column[Any]
    columns: str
    persons: bool = False

    def __call__(self, connection: sa.Connection, subject: Subject) -> Rows:
        """The rows of the subject."""
        theirs = subject.persons if self.persons else subject.numbers
        table: Any = self.owner.table
        return columns_of(connection, table, self.columns, self.owner.in_(theirs))


PLAIN: Mapping[str, Plain] = {
    "ledger_before": Plain(amended_months.c.startup, "month before after"),
    "contacts": Plain(contacts.c.profile, "email language updated_at"),
    "letters": Plain(outbox.c.profile, "channel kind introduction payload status created_at done_at"),
    "ledger": Plain(ledger.c.startup, "month headcount present revenue orders cash note"),
    "decisions": Plain(signal_decisions.c.startup, "at rule month verdict need reason signal"),
    "links": Plain(mailed_links.c.person, "purpose created_at expires_at used_at", persons=True),
    "identities": Plain(identities.c.person, "issuer subject linked_at", persons=True),
    "requests": Plain(erasure_requests.c.person, "asked_at whole ended_at", persons=True),
}
