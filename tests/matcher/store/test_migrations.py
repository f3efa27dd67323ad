from multiprocessing.pool import Pool

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from matcher.errors import Conflict, NotReady
from matcher.store import Store
from matcher.store.engine import open_engine
from matcher.store.schema import metadata
from tests.matcher.store.conftest import WORKERS


def migrate(url: str) -> int:
    store = Store(url)
    store.migrate()
    store.close()
    return 1


def test_the_migrated_database_is_the_schema(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_checks_and_names_are_those_of_the_schema(url: str) -> None:
    # What autogenerate does not look at: check constraints and the names of keys.
    engine = open_engine(url)
    found = sa.inspect(engine)
    for table in metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(table.name)}
        assert checks == {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)}, table.name
        assert found.get_pk_constraint(table.name)["name"] == table.primary_key.name
        foreign = {key["name"] for key in found.get_foreign_keys(table.name)}
        assert foreign == {key.name for key in table.foreign_key_constraints}
    engine.dispose()


def test_migrating_again_keeps_what_is_there(url: str) -> None:
    store = Store(url)
    store.add_organisation("north")
    store.migrate()
    assert store.organisations() == ["north"]
    store.close()


def test_several_processes_may_migrate_at_once(empty_url: str, processes: Pool) -> None:
    assert sum(processes.map(migrate, [empty_url] * WORKERS, chunksize=1)) == WORKERS
    store = Store(empty_url)
    assert store.revision() == 0
    store.close()


def test_a_database_of_a_newer_version_is_refused(empty_url: str) -> None:
    migrate(empty_url)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    store = Store(empty_url)
    with pytest.raises(Conflict, match="9999"):
        store.migrate()
    store.close()


def test_a_database_without_tables_is_not_ready(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(NotReady, match="revisions"):
        store.revision()
    store.close()


def test_keys_sort_by_code_point_whatever_the_databases_language(url: str) -> None:
    engine = open_engine(url)
    columns = {column["name"]: column["type"] for column in sa.inspect(engine).get_columns("profiles")}
    expected = {None} if engine.dialect.name == "sqlite" else {"C"}  # SQLite sorts by code point by itself
    assert {columns[name].collation for name in ("key", "name_key", "search")} == expected
    engine.dispose()
