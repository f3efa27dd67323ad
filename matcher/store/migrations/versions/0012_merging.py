"""Profiles that are another's, what merging moved, and which pairs may be one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Widen and make the tables."""
    op.add_column("profiles", sa.Column("merged_into", NUMBER))
    op.add_column("profiles", sa.Column("merge_revision", sa.BigInteger))
    op.add_column("profiles", sa.Column("also", KEY, nullable=False, server_default=sa.text("''")))
    for name in ("merged_into", "merge_revision"):
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_profiles_{name}", "profiles", [name], sqlite_where=there, postgresql_where=there)
    _merged_rows()
    _duplicates()


def _merged_rows() -> None:
    op.create_table(
        "merged_rows",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("amendment", KEY, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("row", sa.JSON, nullable=False),
        sa.Column("before", sa.JSON),
        sa.PrimaryKeyConstraint("number", name="pk_merged_rows"),
        sa.ForeignKeyConstraint(["amendment"], ["amendments.id"], name="fk_merged_rows_amendment_amendments"),
    )
    op.create_index("ix_merged_rows_amendment", "merged_rows", ["amendment"])


def _duplicates() -> None:
    op.create_table(
        "duplicates",
        sa.Column("one", NUMBER, autoincrement=False, nullable=False),
        sa.Column("other", NUMBER, autoincrement=False, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("likeness", sa.Double, nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("apart_at", INSTANT),
        sa.Column("apart_by", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("one", "other", name="pk_duplicates"),
        sa.ForeignKeyConstraint(["one"], ["profiles.number"], name="fk_duplicates_one_profiles"),
        sa.ForeignKeyConstraint(["other"], ["profiles.number"], name="fk_duplicates_other_profiles"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_duplicates_organisation_organisations"
        ),
    )
    op.create_index("ix_duplicates_organisation_apart_at", "duplicates", ["organisation", "apart_at"])
    op.create_index("ix_duplicates_other", "duplicates", ["other"])
    op.create_table(
        "duplicate_searches",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_duplicate_searches"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_duplicate_searches_organisation_organisations",
        ),
    )
