"""The tables of changes that can be taken back, and of files that wait. `versions/0008_office_work.py` builds
them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, NUMBER, Instant, metadata

amendments = sa.Table(
    "amendments",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Column("undone_at", Instant),
    sa.Column("undone", sa.JSON(none_as_null=True)),
    sa.Index(None, "organisation", "at"),
)

# What a profile said before (null: it was not there) and the digest of what it says after ("" where it was
# deleted): one that has another digest by now was changed since.
amended_profiles = sa.Table(
    "amended_profiles",
    metadata,
    sa.Column("amendment", KEY, sa.ForeignKey("amendments.id"), primary_key=True),
    sa.Column("profile", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("before", sa.JSON(none_as_null=True)),
    sa.Column("after", sa.LargeBinary, nullable=False),
)

amended_months = sa.Table(
    "amended_months",
    metadata,
    sa.Column("amendment", KEY, sa.ForeignKey("amendments.id"), primary_key=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("before", sa.JSON(none_as_null=True)),
    sa.Column("after", sa.JSON, nullable=False),
)

# Files that somebody looks at before they are imported. `plan` is what was said of them, `look` what they
# hold, both JSON; `state` is waiting, taken (since `taken_at`) or done.
uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("taken_at", Instant),
    sa.Column("plan", sa.JSON, nullable=False),
    sa.Column("look", sa.JSON, nullable=False),
    sa.Index(None, "organisation", "at"),
)

upload_files = sa.Table(
    "upload_files",
    metadata,
    sa.Column("upload", KEY, sa.ForeignKey("uploads.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

# What an organisation's own headers mean: a field of the kind of file, "" for a column to leave out.
header_meanings = sa.Table(
    "header_meanings",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("kind", KEY, primary_key=True),
    sa.Column("header", KEY, primary_key=True),
    sa.Column("field", sa.Text, nullable=False),
)
