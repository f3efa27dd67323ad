"""Review panels: who reads what, their scores and the awards."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables."""
    _panels()
    _panel_reviews()
    _panel_events()


def _panels() -> None:
    op.create_table(
        "panels",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("applications", sa.JSON, nullable=False),
        sa.Column("reviewers", sa.JSON, nullable=False),
        sa.Column("decision", sa.JSON),
        sa.PrimaryKeyConstraint("number", name="pk_panels"),
        sa.UniqueConstraint("organisation", "id", name="uq_panels_organisation_id"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_panels_organisation_organisations"
        ),
    )


def _panel_reviews() -> None:
    op.create_table(
        "panel_reviews",
        sa.Column("panel", NUMBER, nullable=False, autoincrement=False),
        sa.Column("application", KEY, nullable=False),
        sa.Column("reviewer", KEY, nullable=False),
        sa.Column("expertise", sa.Double, nullable=False),
        sa.Column("score", sa.Double),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("scored_at", INSTANT),
        sa.Column("scored_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("panel", "application", "reviewer", name="pk_panel_reviews"),
        sa.ForeignKeyConstraint(["panel"], ["panels.number"], name="fk_panel_reviews_panel_panels"),
    )


def _panel_events() -> None:
    op.create_table(
        "panel_events",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("panel", NUMBER, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_panel_events"),
        sa.ForeignKeyConstraint(["panel"], ["panels.number"], name="fk_panel_events_panel_panels"),
    )
    op.create_index("ix_panel_events_panel", "panel_events", ["panel"])
