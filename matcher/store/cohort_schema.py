"""The tables of cohorts and their match runs. `migrations/versions/0003_match_runs.py` builds them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, NUMBER, Instant, metadata

cohorts = sa.Table(
    "cohorts",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("id", KEY, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.UniqueConstraint("organisation", "id"),
)

cohort_startups = sa.Table(
    "cohort_startups",
    metadata,
    sa.Column("cohort", NUMBER, sa.ForeignKey("cohorts.number"), primary_key=True, autoincrement=False),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, nullable=False),
)

# `token` names who may write the result of the solving under way, "" where none is; `summary` is the result
# in figures, `clash` why there is none.
match_runs = sa.Table(
    "match_runs",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("cohort", NUMBER, sa.ForeignKey("cohorts.number"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("configuration", sa.JSON, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("copied_from", KEY, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("queued_at", Instant),
    sa.Column("started_at", Instant),
    sa.Column("heartbeat_at", Instant),
    sa.Column("solved_version", sa.Integer),
    sa.Column("failure", sa.Text, nullable=False),
    sa.Column("summary", sa.JSON(none_as_null=True)),
    sa.Column("clash", sa.JSON(none_as_null=True)),
    sa.Column("published_at", Instant),
    sa.Column("closed_at", Instant),
    sa.Index(None, "organisation", "created_at"),
)

match_run_events = sa.Table(
    "match_run_events",
    metadata,
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
)

# `body` has what a pair's reasons are told from.
match_pairs = sa.Table(
    "match_pairs",
    metadata,
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), primary_key=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("p_startup", sa.Double, nullable=False),
    sa.Column("p_partner", sa.Double, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("slot", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Index(None, "partner"),
)

match_alternates = sa.Table(
    "match_alternates",
    metadata,
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), primary_key=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("p_startup", sa.Double, nullable=False),
    sa.Column("p_partner", sa.Double, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

# `version` is the run's that the edit made, `undone` the one that took it back.
match_edits = sa.Table(
    "match_edits",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("instead_of", NUMBER, sa.ForeignKey("profiles.number")),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("undone", sa.Integer),
)

# What an edit says of two partners, as a label for training; gone when the edit is undone.
preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), nullable=False),
    sa.Column("edit", NUMBER, sa.ForeignKey("match_edits.number"), nullable=False, index=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("preferred", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("over_partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("who", sa.Text, nullable=False),
)
