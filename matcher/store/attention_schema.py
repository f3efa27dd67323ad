"""The table of what staff made of signals. `migrations/versions/0006_attention.py` builds it."""

import sqlalchemy as sa

from matcher.store.schema import KEY, NUMBER, Instant, metadata

# Signals are worked out anew each time; kept is one that somebody decided on, as it was then. `mark` tells
# one evidence from another, so that of two who decide on the same at once one is refused.
signal_decisions = sa.Table(
    "signal_decisions",
    metadata,
    sa.Column("number", NUMBER, primary_key=True),
    sa.Column("startup", NUMBER, sa.ForeignKey("profiles.number"), nullable=False),
    sa.Column("rule", KEY, nullable=False),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("mark", KEY, nullable=False),
    sa.Column("signal", sa.JSON, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("need", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("startup", "mark"),
)
