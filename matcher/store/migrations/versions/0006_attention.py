"""What staff made of what ledgers signal."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "signal_decisions",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("rule", KEY, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("mark", KEY, nullable=False),
        sa.Column("signal", sa.JSON, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("need", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_signal_decisions"),
        sa.UniqueConstraint("startup", "mark", name="uq_signal_decisions_startup_mark"),
        sa.ForeignKeyConstraint(
            ["startup"], ["profiles.number"], name="fk_signal_decisions_startup_profiles"
        ),
    )
