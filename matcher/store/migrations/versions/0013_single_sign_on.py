"""Single sign-on: the provider of an organisation that has one, and the accounts there that people have."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables."""
    _sign_on_providers()
    _identities()


def _sign_on_providers() -> None:
    op.create_table(
        "sign_on_providers",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("client_secret", sa.Text, nullable=False),
        sa.Column("domains", sa.JSON, nullable=False),
        sa.Column("passwords", sa.Boolean, nullable=False),
        sa.Column("newcomers", sa.Text, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_sign_on_providers"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_sign_on_providers_organisation_organisations",
        ),
    )


def _identities() -> None:
    op.create_table(
        "identities",
        sa.Column("issuer", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
        sa.UniqueConstraint("person", "issuer", name="uq_identities_person_issuer"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_identities_person_people"),
    )
