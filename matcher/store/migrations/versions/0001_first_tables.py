"""The first tables. Types are written out here: a step must not change when `matcher.store.schema` does."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
BODY = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.BigInteger()


def upgrade() -> None:
    """Make the tables, set the revision to 0 and make interactions append-only."""
    _organisations_and_revisions()
    _profiles()
    _interactions()
    _ledger()
    _vectors()
    _tokens()
    _imports()
    if op.get_bind().dialect.name == "sqlite":
        _append_only_on_sqlite()
    else:
        _append_only_on_postgresql()


def _organisations_and_revisions() -> None:
    op.create_table(
        "organisations",
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_organisations"),
    )
    revisions = op.create_table(
        "revisions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revisions"),
        sa.CheckConstraint("number = 1", name=op.f("ck_revisions_one_row")),
    )
    op.bulk_insert(revisions, [{"number": 1, "revision": 0}])


def _profiles() -> None:
    op.create_table(
        "profiles",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("search", KEY, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_profiles"),
        _organisation_exists("profiles"),
        sa.UniqueConstraint("key", name="uq_profiles_key"),
        sa.CheckConstraint("key = organisation || ':' || id", name=op.f("ck_profiles_key")),
    )
    op.create_index("ix_profiles_name_key_key", "profiles", ["name_key", "key"])
    op.create_index("ix_profiles_revision", "profiles", ["revision"])


def _interactions() -> None:
    op.create_table(
        "interactions",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("startup", NUMBER, nullable=False),
        sa.Column("partner", NUMBER, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("amount", sa.Double),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_interactions"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_interactions_startup_profiles"),
        sa.ForeignKeyConstraint(["partner"], ["profiles.number"], name="fk_interactions_partner_profiles"),
        sa.UniqueConstraint("fingerprint", name="uq_interactions_fingerprint"),
    )
    op.create_index("ix_interactions_revision", "interactions", ["revision"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("startup", NUMBER, nullable=False, autoincrement=False),
        sa.Column("month", sa.Date, nullable=False),
        *(sa.Column(name, sa.Double) for name in ("headcount", "present", "revenue", "orders", "cash")),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("startup", "month", name="pk_ledger"),
        sa.ForeignKeyConstraint(["startup"], ["profiles.number"], name="fk_ledger_startup_profiles"),
    )


def _vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("encoder", KEY, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("encoder", "hash", name="pk_vectors"),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("token_hash", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("profile_id", KEY, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tokens"),
        _organisation_exists("tokens"),
    )
    op.create_index("ix_tokens_organisation_profile_id", "tokens", ["organisation", "profile_id"])


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("organisation", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        _organisation_exists("imports"),
    )
    op.create_index("ix_imports_organisation", "imports", ["organisation"])


def _organisation_exists(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organisation_organisations"
    return sa.ForeignKeyConstraint(["organisation"], ["organisations.organisation"], name=name)


def _append_only_on_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER interactions_refuse_{action.lower()} BEFORE {action} ON interactions "
            "BEGIN SELECT RAISE(ABORT, 'interactions are append-only'); END"
        )


def _append_only_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION interactions_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'interactions are append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER interactions_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON interactions "
        "FOR EACH STATEMENT EXECUTE FUNCTION interactions_refuse()"
    )
