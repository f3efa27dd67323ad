"""People who sign in, the links mailed to them, their recovery codes; whose a token is and what it may."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables."""
    _people()
    _mailed_links()
    _recovery_codes()
    _attempts()
    _tokens()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("profile_id", KEY, nullable=False),
        sa.Column("email", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("last_login_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_people_organisation_organisations"
        ),
    )
    op.create_index("ix_people_organisation", "people", ["organisation"])


def _mailed_links() -> None:
    op.create_table(
        "mailed_links",
        sa.Column("hash", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("hash", name="pk_mailed_links"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_mailed_links_person_people"),
    )
    op.create_index("ix_mailed_links_person", "mailed_links", ["person"])


def _recovery_codes() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("person", KEY, nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("person", "hash", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_recovery_codes_person_people"),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", KEY, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.PrimaryKeyConstraint("key", name="pk_attempts"),
    )
    op.create_index("ix_attempts_at", "attempts", ["at"])


def _tokens() -> None:
    """Tokens that were given out before are the office's own, for everything; labels told their kinds."""
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("person", KEY))
        table.add_column(sa.Column("kind", sa.Text, nullable=False, server_default=sa.text("'api'")))
        table.add_column(sa.Column("scope", sa.Text, nullable=False, server_default=sa.text("'full'")))
        table.add_column(sa.Column("last_used_at", INSTANT))
        table.create_foreign_key("fk_tokens_person_people", "people", ["person"], ["id"])
        table.create_index("ix_tokens_person", ["person"])
    for kind, label in (("session", "browser session"), ("link", "sign-in link")):
        op.execute(
            sa.text("UPDATE tokens SET kind = :kind WHERE label = :label").bindparams(kind=kind, label=label)
        )
