"""The tables. `migrations/` builds them; a test holds the two to each other."""

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """A moment, kept as whole microseconds since 1970: the same on every database, exact and sortable."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The number that is stored; None stays None."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """The moment again, aware, in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND


def microseconds(at: dt.datetime) -> int:
    """Whole microseconds from 1970 to an aware moment; negative before."""
    return (at - EPOCH) // MICROSECOND


KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text in code point order on every database, so that pages and cursors agree with Python's order."""
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite gives row numbers by itself to a column of the type INTEGER only."""
BODY = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

organisations = sa.Table(
    "organisations",
    metadata,
    sa.Column("organisation", KEY, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)

# One row. Writers of what matching reads lock it first, so revisions are in the order of the commits.
revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.CheckConstraint("number = 1", name="one_row"),
)

# `number` stands for the profile inside the database; interactions then cost 16 bytes for both sides.
# One that was merged is blank as a deleted one, and `merged_into` is the number of the one that stays, which
# is never merged itself; `also` says what it was called, and of the one that stays what all of them were.
# `merge_revision` is the last at which the history of a profile became another's or its own again.
profiles = sa.Table(
    "profiles",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("id", KEY, nullable=False),
    sa.Column("key", KEY, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", KEY, nullable=False),
    sa.Column("search", KEY, nullable=False),
    sa.Column("pinyin", KEY, nullable=False, server_default=sa.text("''")),
    sa.Column("facets", KEY, nullable=False, server_default=sa.text("''")),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("body", BODY, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("opted_out_at", Instant),
    sa.Column("merged_into", NUMBER),
    sa.Column("merge_revision", sa.BigInteger),
    sa.Column("also", KEY, nullable=False, server_default=sa.text("''")),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
    sa.Column("updated_at", Instant, nullable=False),
    sa.CheckConstraint("key = organisation || ':' || id", name="key"),
    sa.Index(None, "name_key", "key"),
    *(
        sa.Index(
            f"ix_profiles_{name}",
            name,
            sqlite_where=sa.column(name).is_not(None),
            postgresql_where=sa.column(name).is_not(None),
        )
        for name in ("merged_into", "merge_revision")
    ),
)

# Append-only: the migrations set triggers that refuse UPDATE and DELETE.
# `at` is in microseconds since 1970, read by the million without an object for each; `fingerprint` makes a
# re-import idempotent.
interactions = sa.Table(
    "interactions",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False, index=True),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False, index=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("value", sa.Double),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("amount", sa.Double),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
    sa.Column("request_id", sa.Text, nullable=False, server_default=sa.text("''")),
)

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("headcount", sa.Double),
    sa.Column("present", sa.Double),
    sa.Column("revenue", sa.Double),
    sa.Column("orders", sa.Double),
    sa.Column("cash", sa.Double),
    sa.Column("note", sa.Text, nullable=False),
)

vectors = sa.Table(
    "vectors",
    metadata,
    sa.Column("encoder", KEY, primary_key=True),
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("token_hash", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("profile_id", KEY, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant),
    sa.Column("revoked_at", Instant),
    sa.Column("person", KEY, sa.ForeignKey("people.id"), index=True),
    sa.Column("kind", sa.Text, nullable=False, server_default=sa.text("'api'")),
    sa.Column("scope", sa.Text, nullable=False, server_default=sa.text("'full'")),
    sa.Column("last_used_at", Instant),
    sa.Column("way", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("parent", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Index(None, "organisation", "profile_id"),
)

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False, index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
)

# One row for each name that somebody works under; released, it is gone.
leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", KEY, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("heartbeat_at", Instant, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("kind", KEY, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Index(None, "kind", "started_at"),
)

# One row for each served list, not for each of its lines: `partners` are profile numbers (int64) in the
# order shown, `scores` theirs (float32), both little-endian. Callers choose request ids, so that several rows
# may have the same.
shown_lists = sa.Table(
    "shown_lists",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("request_id", KEY, nullable=False),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("query", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("model_version", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
    sa.Column("partners", sa.LargeBinary, nullable=False),
    sa.Column("scores", sa.LargeBinary, nullable=False),
)
