"""The audit log: a chain of lines for each organisation, which nobody may change, and where each ends."""

import time
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from matcher.audit import BEFORE_ALL, HASHED, SYSTEM, hashed

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXTS = ("caller", "who", "action", "subject", "subject_id", "fields", "counts", "request_id")
_REFUSED = "the audit log is append-only"


def upgrade() -> None:
    """Make the tables, and the triggers that keep them."""
    op.create_table(
        "audit",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in (*_TEXTS, "previous", "hash")),
        sa.PrimaryKeyConstraint("organisation", "number", name="pk_audit"),
    )
    op.create_index("ix_audit_subject_id_subject_at", "audit", ["subject_id", "subject", "at"])
    op.create_index("ix_audit_organisation_who_number", "audit", ["organisation", "who", "number"])
    op.create_table(
        "audit_heads",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", KEY, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_audit_heads"),
    )
    _begin_chains()
    if op.get_bind().dialect.name == "sqlite":
        _kept_on_sqlite()
    else:
        _kept_on_postgresql()


def _begin_chains() -> None:
    """A first line for every organisation that is there: a chain that is gone whole is then missed, too."""
    names = op.get_bind().execute(sa.text("SELECT organisation FROM organisations")).scalars().all()
    at, nothing = int(time.time() * 1_000_000), ("", "{}", "", BEFORE_ALL)
    for organisation in names:
        values = (organisation, 1, at, SYSTEM, "", "began", "organisation", organisation, *nothing)
        line = {**dict(zip(HASHED, values, strict=True)), "hash": hashed(values)}
        op.bulk_insert(_table("audit", line), [line])
        end = {name: line[name] for name in ("organisation", "number", "hash")}
        op.bulk_insert(_table("audit_heads", end), [end])


def _table(name: str, columns: Iterable[str]) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in columns))


def _kept_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for action in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER audit_refuse_{action.lower()} BEFORE {action} ON audit {refuse}")
    op.execute(f"CREATE TRIGGER audit_heads_refuse_delete BEFORE DELETE ON audit_heads {refuse}")
    op.execute(
        "CREATE TRIGGER audit_heads_go_on BEFORE UPDATE ON audit_heads "
        f"WHEN NEW.number <= OLD.number OR NEW.organisation <> OLD.organisation {refuse}"
    )


def _kept_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    refuse = "EXECUTE FUNCTION audit_refuse()"
    op.execute(
        "CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        f"FOR EACH STATEMENT {refuse}"
    )
    op.execute(
        "CREATE TRIGGER audit_heads_refuse BEFORE DELETE OR TRUNCATE ON audit_heads "
        f"FOR EACH STATEMENT {refuse}"
    )
    op.execute(
        "CREATE TRIGGER audit_heads_go_on BEFORE UPDATE ON audit_heads FOR EACH ROW "
        f"WHEN (NEW.number <= OLD.number OR NEW.organisation <> OLD.organisation) {refuse}"
    )
