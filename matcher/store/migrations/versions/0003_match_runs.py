"""Cohorts, their match runs and what staff did to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables."""
    _cohorts()
    _cohort_startups()
    _match_runs()
    _match_run_events()
    _match_pairs()
    _match_alternates()
    _match_edits()
    _preferences()


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_cohorts"),
        sa.UniqueConstraint("organisation", "id", name="uq_cohorts_organisation_id"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_cohorts_organisation_organisations"
        ),
    )


def _cohort_startups() -> None:
    op.create_table(
        "cohort_startups",
        sa.Column("cohort", NUMBER, nullable=False, autoincrement=False),
        sa.Column("startup", NUMBER, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("cohort", "startup", name="pk_cohort_startups"),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.number"], name="fk_cohort_startups_cohort_cohorts"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_cohort_startups_startup_profiles"),
    )


def _match_runs() -> None:
    op.create_table(
        "match_runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("cohort", NUMBER, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("configuration", sa.JSON, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("copied_from", KEY, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("queued_at", INSTANT),
        sa.Column("started_at", INSTANT),
        sa.Column("heartbeat_at", INSTANT),
        sa.Column("solved_version", sa.Integer),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("summary", sa.JSON),
        sa.Column("clash", sa.JSON),
        sa.Column("published_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_match_runs"),
        sa.ForeignKeyConstraint(["cohort"], ["cohorts.number"], name="fk_match_runs_cohort_cohorts"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_match_runs_organisation_organisations"
        ),
    )
    op.create_index("ix_match_runs_cohort", "match_runs", ["cohort"])
    op.create_index("ix_match_runs_organisation_created_at", "match_runs", ["organisation", "created_at"])


def _match_run_events() -> None:
    op.create_table(
        "match_run_events",
        sa.Column("run", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("run", "version", name="pk_match_run_events"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_match_run_events_run_match_runs"),
    )


def _match_pairs() -> None:
    op.create_table(
        "match_pairs",
        sa.Column("run", KEY, nullable=False),
        sa.Column("startup", NUMBER, nullable=False, autoincrement=False),
        sa.Column("partner", NUMBER, nullable=False, autoincrement=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("p_startup", sa.Double, nullable=False),
        sa.Column("p_partner", sa.Double, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("run", "startup", "partner", name="pk_match_pairs"),
        sa.ForeignKeyConstraint(["partner"], ["profiles.number"], name="fk_match_pairs_partner_profiles"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_match_pairs_run_match_runs"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_match_pairs_startup_profiles"),
    )
    op.create_index("ix_match_pairs_partner", "match_pairs", ["partner"])


def _match_alternates() -> None:
    op.create_table(
        "match_alternates",
        sa.Column("run", KEY, nullable=False),
        sa.Column("startup", NUMBER, nullable=False, autoincrement=False),
        sa.Column("place", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("partner", NUMBER, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("p_startup", sa.Double, nullable=False),
        sa.Column("p_partner", sa.Double, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("run", "startup", "place", name="pk_match_alternates"),
        sa.ForeignKeyConstraint(
            ["partner"], ["profiles.number"], name="fk_match_alternates_partner_profiles"
        ),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_match_alternates_run_match_runs"),
        sa.ForeignKeyConstraint(
            ["startup"], ["profiles.number"], name="fk_match_alternates_startup_profiles"
        ),
    )


def _match_edits() -> None:
    op.create_table(
        "match_edits",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("partner", NUMBER, nullable=False),
        sa.Column("instead_of", NUMBER),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("undone", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_match_edits"),
        sa.ForeignKeyConstraint(
            ["instead_of"], ["profiles.number"], name="fk_match_edits_instead_of_profiles"
        ),
        sa.ForeignKeyConstraint(["partner"], ["profiles.number"], name="fk_match_edits_partner_profiles"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_match_edits_run_match_runs"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_match_edits_startup_profiles"),
    )
    op.create_index("ix_match_edits_run", "match_edits", ["run"])


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("edit", NUMBER, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("preferred", NUMBER, nullable=False),
        sa.Column("over_partner", NUMBER, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_preferences"),
        sa.ForeignKeyConstraint(["edit"], ["match_edits.number"], name="fk_preferences_edit_match_edits"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_preferences_organisation_organisations"
        ),
        sa.ForeignKeyConstraint(
            ["over_partner"], ["profiles.number"], name="fk_preferences_over_partner_profiles"
        ),
        sa.ForeignKeyConstraint(["preferred"], ["profiles.number"], name="fk_preferences_preferred_profiles"),
        sa.ForeignKeyConstraint(["run"], ["match_runs.id"], name="fk_preferences_run_match_runs"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_preferences_startup_profiles"),
    )
    op.create_index("ix_preferences_at", "preferences", ["at"])
    op.create_index("ix_preferences_edit", "preferences", ["edit"])
