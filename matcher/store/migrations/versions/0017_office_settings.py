"""What an organisation sets for itself: its time zone, its language, and how a new run begins."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "office_settings",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("new_run", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("organisation", name="pk_office_settings"),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisations.organisation"],
            name="fk_office_settings_organisation_organisations",
        ),
    )
