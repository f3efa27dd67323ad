"""The tables of the audit log. `migrations/versions/0010_audit.py` builds them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, metadata

# Append-only: the migration sets triggers that refuse UPDATE and DELETE. Each organisation's lines are a
# chain: `hash` is that of the line's other columns, the one before it among them (see `matcher.audit`). No
# names and no values are in it, so that forgetting a person leaves it whole; `fields` and `counts` are text,
# so that what was hashed is what is read back to the byte. The organisation "" is that of what concerns none.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("organisation", KEY, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("caller", KEY, nullable=False),
    sa.Column("who", KEY, nullable=False),
    sa.Column("action", KEY, nullable=False),
    sa.Column("subject", KEY, nullable=False),
    sa.Column("subject_id", KEY, nullable=False),
    sa.Column("fields", KEY, nullable=False),
    sa.Column("counts", KEY, nullable=False),
    sa.Column("request_id", KEY, nullable=False),
    sa.Column("previous", KEY, nullable=False),
    sa.Column("hash", KEY, nullable=False),
    sa.Index(None, "subject_id", "subject", "at"),
    sa.Index(None, "organisation", "who", "number"),
)

# Where each chain ends: a line that is cut off its end is missed by this. A trigger lets it only go on.
audit_heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("organisation", KEY, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("hash", KEY, nullable=False),
)
