"""The tables of single sign-on. `migrations/versions/0013_single_sign_on.py` builds them."""

import sqlalchemy as sa

from matcher.store.schema import KEY, Instant, metadata

# One for each organisation that has one. `client_secret` is sealed before it comes here (api.accounts.vault);
# `domains` are of the addresses that may be linked, all where none is named; `passwords` is whether people
# may sign in by password too; `newcomers` is the role of who comes uninvited, "" where nobody may.
sign_on_providers = sa.Table(
    "sign_on_providers",
    metadata,
    sa.Column("organisation", KEY, sa.ForeignKey("organisations.organisation"), primary_key=True),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("client_id", sa.Text, nullable=False),
    sa.Column("client_secret", sa.Text, nullable=False),
    sa.Column("domains", sa.JSON, nullable=False),
    sa.Column("passwords", sa.Boolean, nullable=False),
    sa.Column("newcomers", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
)

# An account at a provider, by the subject that it never gives to another: an e-mail address may pass on.
identities = sa.Table(
    "identities",
    metadata,
    sa.Column("issuer", KEY, primary_key=True),
    sa.Column("subject", KEY, primary_key=True),
    sa.Column("person", KEY, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("linked_at", Instant, nullable=False),
    sa.UniqueConstraint("person", "issuer"),
)
