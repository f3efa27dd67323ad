"""From which other token a session began: it ends with that one."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; sessions that are open stand for the token itself, or began from none."""
    op.add_column("tokens", sa.Column("parent", sa.Text, nullable=False, server_default=sa.text("''")))
