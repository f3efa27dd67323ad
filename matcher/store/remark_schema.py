"""What is said of a pair. `versions/0009_members.py` builds the table, `0018_outcomes.py` adds to it."""

import sqlalchemy as sa

from matcher.store.schema import KEY, NUMBER, Instant, metadata

# `introduction` is what a rating or an outcome is of, "" for a dismissal; `day` and `happened_at` are when an
# outcome came about, with the deal's context. `side` is "office" where neither side of the pair said it. One
# row for each thing that may be said: said again before it is on record it takes the new words.
remarks = sa.Table(
    "remarks",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("partner", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("introduction", KEY, nullable=False),
    sa.Column("value", sa.Double),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("request_id", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("record_at", Instant, nullable=False),
    sa.Column("recorded_at", Instant),
    sa.Column("day", KEY, nullable=False, server_default=sa.text("''")),
    sa.Column("happened_at", Instant),
    sa.Column("stage", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("amount", sa.Double),
    sa.Column("currency", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.UniqueConstraint(
        "startup", "partner", "side", "kind", "introduction", "day", name="uq_remarks_matter"
    ),
    sa.Index(None, "recorded_at", "record_at"),
    sa.Index(None, "partner"),
)
