"""Introductions that a published run offers, and messages to send."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables."""
    _introduction_terms()
    _introductions()
    _introduction_events()
    _introduction_reminders()
    _contacts()
    _webhooks()
    _outbox()


def _introduction_terms() -> None:
    op.create_table(
        "introduction_terms",
        sa.Column("run", KEY, nullable=False),
        sa.Column("expires_after_days", sa.Integer, nullable=False),
        sa.Column("remind_after_days", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_introduction_terms"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_introduction_terms_run_match_runs"),
    )


def _introductions() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("cohort", NUMBER, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("partner", NUMBER, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("instead_of", KEY, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("p_startup", sa.Double, nullable=False),
        sa.Column("p_partner", sa.Double, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("startup_agreed_at", INSTANT),
        sa.Column("partner_agreed_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("declined_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_introductions"),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.number"], name="fk_introductions_cohort_cohorts"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_introductions_organisation_organisations",
        ),
        sa.ForeignKeyConstraint(["partner"], ["profiles.number"], name="fk_introductions_partner_profiles"),
        sa.UniqueConstraint("run", "startup", "partner", name="uq_introductions_run_startup_partner"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_introductions_run_match_runs"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_introductions_startup_profiles"),
    )
    op.create_index("ix_introductions_partner", "introductions", ["partner"])
    op.create_index("ix_introductions_startup", "introductions", ["startup"])
    op.create_index("ix_introductions_status_expires_at", "introductions", ["status", "expires_at"])


def _introduction_events() -> None:
    op.create_table(
        "introduction_events",
        sa.Column("introduction", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("introduction", "version", name="pk_introduction_events"),
        sa.ForeignKeyConstraint(
            ["introduction"], ["introductions.id"], name="fk_introduction_events_introduction_introductions"
        ),
    )


def _introduction_reminders() -> None:
    op.create_table(
        "introduction_reminders",
        sa.Column("introduction", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False, autoincrement=False),
        sa.Column("done_at", INSTANT),
        sa.PrimaryKeyConstraint("introduction", "at", name="pk_introduction_reminders"),
        sa.ForeignKeyConstraint(
            ["introduction"],
            ["introductions.id"],
            name="fk_introduction_reminders_introduction_introductions",
        ),
    )


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("profile", NUMBER, nullable=False, autoincrement=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("profile", name="pk_contacts"),
        sa.ForeignKeyConstraint(["profile"], ["profiles.number"], name="fk_contacts_profile_profiles"),
    )


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_webhooks"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_webhooks_organisation_organisations"
        ),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("profile", NUMBER),
        sa.Column("introduction", KEY, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("interrupted", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("claimed_at", INSTANT),
        sa.Column("done_at", INSTANT),
        sa.Column("failure", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.ForeignKeyConstraint(
            ["introduction"], ["introductions.id"], name="fk_outbox_introduction_introductions"
        ),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_outbox_organisation_organisations"
        ),
        sa.ForeignKeyConstraint(["profile"], ["profiles.number"], name="fk_outbox_profile_profiles"),
    )
    op.create_index("ix_outbox_introduction", "outbox", ["introduction"])
    op.create_index("ix_outbox_organisation_created_at", "outbox", ["organisation", "created_at"])
    op.create_index("ix_outbox_profile", "outbox", ["profile"])
    op.create_index("ix_outbox_status_next_at", "outbox", ["status", "next_at"])
