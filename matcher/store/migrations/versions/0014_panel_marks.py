"""Marks by the criteria of a panel, beside the score that they make."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; older reviews have no marks."""
    op.add_column("panel_reviews", sa.Column("marks", sa.JSON(none_as_null=True)))
