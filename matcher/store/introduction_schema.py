"""The tables of introductions and of what is sent. `versions/0004_introductions.py` builds them."""

import sqlalchemy as sa

from matcher.store import cohort_schema  # noqa: F401 - the tables that keys here point to
from matcher.store.schema import KEY, NUMBER, Instant, metadata

# How long the offers of a run are open: its alternates are offered on the same terms.
introduction_terms = sa.Table(
    "introduction_terms",
    metadata,
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id"), primary_key=True),
    sa.Column("expires_after_days", sa.Integer, nullable=False),
    sa.Column("remind_after_days", sa.JSON, nullable=False),
)

# `body` has what the pair's reasons are told from. No pair is offered twice in a run. What a startup asks for
# itself is of no run and of no cohort, and has its `note`.
introductions = sa.Table(
    "introductions",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("cohort", NUMBER, sa.ForeignKey("cohorts.number")),
    sa.Column("run", KEY, sa.ForeignKey("match_runs.id")),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False, index=True),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False, index=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("instead_of", KEY, nullable=False),
    sa.Column("slot", sa.Text, nullable=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("p_startup", sa.Double, nullable=False),
    sa.Column("p_partner", sa.Double, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("offered_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("startup_agreed_at", Instant),
    sa.Column("partner_agreed_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("declined_by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.UniqueConstraint("run", "startup", "partner"),
    sa.Index(None, "status", "expires_at"),
)

introduction_events = sa.Table(
    "introduction_events",
    metadata,
    sa.Column("introduction", KEY, sa.ForeignKey("introductions.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
)

introduction_reminders = sa.Table(
    "introduction_reminders",
    metadata,
    sa.Column("introduction", KEY, sa.ForeignKey("introductions.id"), primary_key=True),
    sa.Column("at", Instant, primary_key=True, autoincrement=False),
    sa.Column("done_at", Instant),
)

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("profile", NUMBER, sa.ForeignKey("profiles.number"), primary_key=True, autoincrement=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
)

# One for each organisation: where its events are sent. The secret signs them and so is kept as it is.
webhooks = sa.Table(
    "webhooks",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
)

# One row for each message, written with the change that it tells of. `key` names the message: the same change
# never makes two. `profile` is whose e-mail it is, none of a webhook's. `token` names who sends it now,
# `interrupted` counts those who began and were not heard of again.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("key", KEY, nullable=False, unique=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("profile", NUMBER, sa.ForeignKey("profiles.number")),
    sa.Column("introduction", KEY, sa.ForeignKey("introductions.id"), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("interrupted", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("claimed_at", Instant),
    sa.Column("done_at", Instant),
    sa.Column("failure", sa.Text, nullable=False),
    sa.Index(None, "status", "next_at"),
    sa.Index(None, "organisation", "created_at"),
    sa.Index(None, "profile"),
    sa.Index(None, "introduction"),
)
