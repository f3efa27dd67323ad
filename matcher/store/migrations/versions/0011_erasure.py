"""What was erased and who asks for it; interactions of an erased profile may be blanked, and only these."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INSTANT = sa.BigInteger()

_ERASED = "SELECT 1 FROM erased_profiles WHERE profile IN (OLD.startup, OLD.partner)"
_SAME = ("number", "startup", "partner", "type", "at", "value", "revision")
_BLANK = "NEW.source_id = '' AND NEW.request_id = '' AND NEW.stage = '' AND NEW.currency = ''"


def upgrade() -> None:
    """Make the tables, and let erasures through the triggers of interactions."""
    op.add_column("people", sa.Column("erased_at", INSTANT))
    _erasures()
    _requests()
    if op.get_bind().dialect.name == "sqlite":
        _let_through_on_sqlite()
    else:
        _let_through_on_postgresql()


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("pseudonym", KEY, nullable=False),
        sa.Column("person", KEY),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("digest", sa.LargeBinary),
        sa.Column("waits", sa.JSON, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        _key("erasures", "organisation", "organisations.organisation"),
        _key("erasures", "person", "people.id"),
    )
    op.create_index("ix_erasures_organisation_asked_at", "erasures", ["organisation", "asked_at"])
    op.create_index("ix_erasures_person", "erasures", ["person"])
    op.create_table(
        "erased_profiles",
        sa.Column("profile", NUMBER, autoincrement=False, nullable=False),
        sa.Column("receipt", KEY, nullable=False),
        sa.PrimaryKeyConstraint("profile", name="pk_erased_profiles"),
        _key("erased_profiles", "profile", "profiles.number"),
        _key("erased_profiles", "receipt", "erasures.id"),
    )
    op.create_index("ix_erased_profiles_receipt", "erased_profiles", ["receipt"])


def _requests() -> None:
    op.create_table(
        "erasure_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("receipt", KEY),
        sa.PrimaryKeyConstraint("id", name="pk_erasure_requests"),
        _key("erasure_requests", "organisation", "organisations.organisation"),
        _key("erasure_requests", "person", "people.id"),
        _key("erasure_requests", "receipt", "erasures.id"),
    )
    columns = ["organisation", "ended_at"]
    op.create_index("ix_erasure_requests_organisation_ended_at", "erasure_requests", columns)
    op.create_index("ix_erasure_requests_person", "erasure_requests", ["person"])


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}_{to.partition('.')[0]}")


def _let_through_on_sqlite() -> None:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _SAME)
    op.execute("DROP TRIGGER interactions_refuse_update")
    op.execute(
        "CREATE TRIGGER interactions_refuse_update BEFORE UPDATE ON interactions "
        f"WHEN NOT (EXISTS ({_ERASED}) AND {same} AND {_BLANK} AND NEW.amount IS NULL) "
        "BEGIN SELECT RAISE(ABORT, 'interactions are append-only'); END"
    )


def _let_through_on_postgresql() -> None:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _SAME)
    op.execute("DROP TRIGGER interactions_refuse ON interactions")
    op.execute(
        "CREATE FUNCTION interactions_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({_ERASED}) AND {same} AND {_BLANK} AND NEW.amount IS NULL THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'interactions are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER interactions_refuse_update BEFORE UPDATE ON interactions "
        "FOR EACH ROW EXECUTE FUNCTION interactions_refuse_update()"
    )
    op.execute(
        "CREATE TRIGGER interactions_refuse BEFORE DELETE OR TRUNCATE ON interactions "
        "FOR EACH STATEMENT EXECUTE FUNCTION interactions_refuse()"
    )
