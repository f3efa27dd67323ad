"""The tables of people and of how they sign in. `migrations/versions/0007_people.py` builds them, 0015
adds to them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, Instant, metadata

# `password` is an argon2id hash, "" before the invitation was accepted; `secret` the key of the person's
# codes, "" where none are asked for; `step` the last thirty seconds whose code was used: none is used twice.
# Of somebody who was erased (`erased_at`) only the row is left, so that what points to it points somewhere.
people = sa.Table(
    "people",
    metadata,
    sa.Column("id", KEY, primary_key=True),
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("profile_id", KEY, nullable=False),
    sa.Column("email", KEY, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("step", sa.BigInteger, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("last_login_at", Instant),
    sa.Column("erased_at", Instant),
)

# A link is known by its hash alone; `used_at` also says that a later one took its place.
mailed_links = sa.Table(
    "mailed_links",
    metadata,
    sa.Column("hash", KEY, primary_key=True),
    sa.Column("person", KEY, sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
)

recovery_codes = sa.Table(
    "recovery_codes",
    metadata,
    sa.Column("person", KEY, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("hash", KEY, primary_key=True),
    sa.Column("used_at", Instant),
)

# The roles of an organisation whose people need a code beside their password.
second_steps = sa.Table(
    "second_steps",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("role", KEY, primary_key=True),
)

# What was tried how often, by a key that is a hash: nobody reads addresses here.
attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("until", Instant),
)
