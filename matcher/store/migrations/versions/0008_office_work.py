"""Search by pinyin and by what profiles declare, changes that can be taken back, and files that wait."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from matcher.profiles import Profile, Role, Status
from matcher.store.search_columns import search_columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()
CHUNK = 1_000


def upgrade() -> None:
    """Make the tables and columns, and fill the columns for the profiles that are there."""
    for name in ("pinyin", "facets"):
        op.add_column("profiles", sa.Column(name, KEY, nullable=False, server_default=sa.text("''")))
    for name in ("startup", "partner"):
        op.create_index(f"ix_interactions_{name}", "interactions", [name])
    _amendments()
    _uploads()
    _fill(op.get_bind())


def _amendments() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("undone_at", INSTANT),
        sa.Column("undone", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_amendments"),
        _key("amendments", "organisation", "organisations.organisation"),
    )
    op.create_index("ix_amendments_organisation_at", "amendments", ["organisation", "at"])
    op.create_table(
        "amended_profiles",
        sa.Column("amendment", KEY, nullable=False),
        sa.Column("profile", NUMBER, nullable=False, autoincrement=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("amendment", "profile", name="pk_amended_profiles"),
        _key("amended_profiles", "amendment", "amendments.id"),
        _key("amended_profiles", "profile", "profiles.number"),
    )
    op.create_table(
        "amended_months",
        sa.Column("amendment", KEY, nullable=False),
        sa.Column("startup", NUMBER, nullable=False, autoincrement=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("amendment", "startup", "month", name="pk_amended_months"),
        _key("amended_months", "amendment", "amendments.id"),
        _key("amended_months", "startup", "profiles.number"),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("taken_at", INSTANT),
        sa.Column("plan", sa.JSON, nullable=False),
        sa.Column("look", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        _key("uploads", "organisation", "organisations.organisation"),
    )
    op.create_index("ix_uploads_organisation_at", "uploads", ["organisation", "at"])
    op.create_table(
        "upload_files",
        sa.Column("upload", KEY, nullable=False),
        sa.Column("place", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("upload", "place", name="pk_upload_files"),
        _key("upload_files", "upload", "uploads.id"),
    )
    op.create_table(
        "header_meanings",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("header", KEY, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "kind", "header", name="pk_header_meanings"),
        _key("header_meanings", "organisation", "organisations.organisation"),
    )


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}_{to.partition('.')[0]}")


profiles = sa.table(
    "profiles",
    sa.column("number", NUMBER),
    sa.column("organisation", sa.Text),
    sa.column("role", sa.Text),
    sa.column("id", sa.Text),
    sa.column("name", sa.Text),
    sa.column("body", sa.JSON),
    sa.column("deleted", sa.Boolean),
    sa.column("search", sa.Text),
    sa.column("pinyin", sa.Text),
    sa.column("facets", sa.Text),
)
_DECLARED = ("industries", "region", "stage", "stages", "needs", "offers", "kind", "tags")
"""What the columns are made from."""


def _fill(connection: sa.Connection) -> None:
    last = 0
    names = ("number", "organisation", "role", "id", "name", "body")
    wanted = sa.select(*(profiles.c[name] for name in names)).where(profiles.c.deleted == sa.false())
    while True:
        more = wanted.where(profiles.c.number > last).order_by(profiles.c.number).limit(CHUNK)
        rows = connection.execute(more).mappings().all()
        if not rows:
            return
        connection.execute(
            sa.update(profiles).where(profiles.c.number == sa.bindparam("row")), list(_filled(rows))
        )
        last = rows[-1]["number"]


def _filled(rows: Iterable[sa.RowMapping]) -> Iterable[dict[str, object]]:
    for row in rows:
        said = {name: row["body"][name] for name in _DECLARED if name in row["body"]}
        declared: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        named = {name: row[name] for name in ("organisation", "id", "name")}
        profile = Profile(role=Role(row["role"]), status=Status.ACTIVE, **named, **declared)
        yield {"row": row["number"], **search_columns(profile)}
