"""The tables of review panels. `migrations/versions/0005_panels.py` builds them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, NUMBER, Instant, metadata

# `settings`, `applications` and `reviewers` are documents (see `matcher.panel.documents`); `decision` is
# what was decided, null before.
panels = sa.Table(
    "panels",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("id", KEY, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("applications", sa.JSON, nullable=False),
    sa.Column("reviewers", sa.JSON, nullable=False),
    sa.Column("decision", sa.JSON(none_as_null=True)),
    sa.UniqueConstraint("organisation", "id"),
)

panel_reviews = sa.Table(
    "panel_reviews",
    metadata,
    sa.Column("panel", NUMBER, sa.ForeignKey("panels.number"), primary_key=True, autoincrement=False),
    sa.Column("application", KEY, primary_key=True),
    sa.Column("reviewer", KEY, primary_key=True),
    sa.Column("expertise", sa.Double, nullable=False),
    sa.Column("score", sa.Double),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("scored_at", Instant),
    sa.Column("scored_by", sa.Text, nullable=False),
    sa.Column("marks", sa.JSON(none_as_null=True)),
)

panel_events = sa.Table(
    "panel_events",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("panel", NUMBER, sa.ForeignKey("panels.number"), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
)
