"""What came of an introduction (met, mentored, invested) among what is said of a pair."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_BEFORE = ("startup", "partner", "side", "kind", "introduction")
_UNIQUE = "uq_remarks_startup_partner_side_kind_introduction"


def upgrade() -> None:
    """Add the columns; a pair meets more than once, so the day tells one meeting from another."""
    with op.batch_alter_table("remarks") as table:
        table.add_column(sa.Column("day", KEY, nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("happened_at", sa.BigInteger))
        table.add_column(sa.Column("stage", sa.Text, nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("amount", sa.Double))
        table.add_column(sa.Column("currency", sa.Text, nullable=False, server_default=sa.text("''")))
        table.drop_constraint(_UNIQUE, type_="unique")
        table.create_unique_constraint("uq_remarks_matter", [*_BEFORE, "day"])
