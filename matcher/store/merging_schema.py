"""The tables of profiles that are one and the same. `versions/0012_merging.py` builds them."""

import sqlalchemy as sa

from matcher.store import amendment_schema  # noqa: F401 - the tables that keys here point to
from matcher.store.schema import KEY, NUMBER, Instant, metadata

# What a merge did to rows that named the profile that is gone: `place` is the table and its column, `row` the
# row's key as the merge left it, `before` all of it where it had to go (null where it names another now).
merged_rows = sa.Table(
    "merged_rows",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("amendment", KEY, sa.ForeignKey("amendments.id"), nullable=False, index=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("row", sa.JSON, nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True)),
)

# Two profiles (the smaller number first) that may be one: why, and what somebody said who looked at them.
duplicates = sa.Table(
    "duplicates",
    metadata,
    sa.Column("one", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("other", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("likeness", sa.Double, nullable=False),
    sa.Column("found_at", Instant, nullable=False),
    sa.Column("apart_at", Instant),
    sa.Column("apart_by", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Index(None, "organisation", "apart_at"),
    sa.Index(None, "other"),
)

# When an organisation's profiles were last searched for duplicates, and at which revision of the store.
duplicate_searches = sa.Table(
    "duplicate_searches",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
