"""Leases, runs, what was shown, and which list an event answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables; events that are there answer no list."""
    _leases()
    _runs()
    _shown_lists()
    op.add_column(
        "interactions", sa.Column("request_id", sa.Text, nullable=False, server_default=sa.text("''"))
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", KEY, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("heartbeat_at", INSTANT, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_kind_started_at", "runs", ["kind", "started_at"])


def _shown_lists() -> None:
    op.create_table(
        "shown_lists",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("request_id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("query", NUMBER, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("partners", sa.LargeBinary, nullable=False),
        sa.Column("scores", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_shown_lists"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_shown_lists_organisation_organisations",
        ),
        sa.ForeignKeyConstraint(["query"], ["profiles.number"], name="fk_shown_lists_query_profiles"),
    )
    op.create_index("ix_shown_lists_at", "shown_lists", ["at"])
