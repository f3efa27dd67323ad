"""Introductions that a startup asks for itself, what members say of a pair, leaving automated matching."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()
_OF_INTRODUCTIONS = ("introduction_events", "introduction_reminders", "outbox")


def upgrade() -> None:
    """Loosen and make the tables."""
    op.add_column("profiles", sa.Column("opted_out_at", INSTANT))
    if op.get_bind().dialect.name == "sqlite":
        _let_go()
    _introductions_without_run()
    if op.get_bind().dialect.name == "sqlite":
        _take_up_again()
    _remarks()


def _introductions_without_run() -> None:
    """What a startup asks for itself is of no run and of no cohort. SQLite makes the table anew."""
    with op.batch_alter_table("introductions") as table:
        table.alter_column("cohort", existing_type=NUMBER, nullable=True)
        table.alter_column("run", existing_type=KEY, nullable=True)
        table.add_column(sa.Column("note", sa.Text, nullable=False, server_default=sa.text("''")))


def _let_go() -> None:
    """SQLite drops no table whose rows others point to: these wait aside."""
    for name in _OF_INTRODUCTIONS:
        # the names are our own, above
        op.execute(f"CREATE TEMPORARY TABLE aside_{name} AS SELECT * FROM {name}")  # noqa: S608  # nosec B608
        op.execute(f"DELETE FROM {name}")  # noqa: S608  # nosec B608


def _take_up_again() -> None:
    for name in _OF_INTRODUCTIONS:
        op.execute(f"INSERT INTO {name} SELECT * FROM aside_{name}")  # noqa: S608  # nosec B608
        op.execute(f"DROP TABLE aside_{name}")


def _remarks() -> None:
    op.create_table(
        "remarks",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("partner", NUMBER, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("introduction", KEY, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("record_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT),
        sa.PrimaryKeyConstraint("number", name="pk_remarks"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisations.organisation"], name="fk_remarks_organisation_organisations"
        ),
        sa.ForeignKeyConstraint(["partner"], ["profiles.number"], name="fk_remarks_partner_profiles"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_remarks_startup_profiles"),
        sa.UniqueConstraint(
            "startup",
            "partner",
            "side",
            "kind",
            "introduction",
            name="uq_remarks_startup_partner_side_kind_introduction",
        ),
    )
    op.create_index("ix_remarks_partner", "remarks", ["partner"])
    op.create_index("ix_remarks_recorded_at_record_at", "remarks", ["recorded_at", "record_at"])
