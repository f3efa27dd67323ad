"""Who has to have a second step, and how a session began."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table and the columns; sessions that are open began in a way that nobody knows any more."""
    op.create_table(
        "second_steps",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "role", name="pk_second_steps"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_second_steps_organisation_organisations",
        ),
    )
    op.add_column("tokens", sa.Column("way", sa.Text, nullable=False, server_default=sa.text("''")))
