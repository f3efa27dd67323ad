from multiprocessing.pool import Pool

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import exc

from matcher.errors import Conflict, NotReady
from matcher.store import Store
from matcher.store.engine import open_engine, writing
from matcher.store.migrations import upgrade
from matcher.store.schema import EPOCH, metadata
from tests.matcher.store.conftest import WORKERS
from tests.matcher.store.samples import NOW, met


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


FILLED_AT_FIRST = [
    "INSERT INTO organisations VALUES ('north', '北方孵化器')",
    """INSERT INTO profiles (organisation, id, key, role, name, name_key, search, status, body, digest,
        shared, deleted, revision, updated_at)
    VALUES ('north', 's1', 'north:s1', 'startup', '青松', '', '', 'active', '{}', '', false, false, 1, 0),
        ('north', 'm1', 'north:m1', 'mentor', '林木', '', '', 'active', '{}', '', false, false, 1, 0)""",
    """INSERT INTO interactions (startup, partner, type, at, stage, currency, source_id, fingerprint,
        revision)
    SELECT s.number, m.number, 'met', 86400000000, 'A轮', '', 'crm-1', '', 2
    FROM profiles s, profiles m WHERE s.id = 's1' AND m.id = 'm1'""",
    "UPDATE revisions SET revision = 2",
]
"""Rows as the first version wrote them."""


OFFERED_BEFORE = [
    *FILLED_AT_FIRST,
    """INSERT INTO cohorts (organisation, id, name, created_at)
    VALUES ('north', 'spring', 'Spring', 0)""",
    """INSERT INTO match_runs (id, organisation, cohort, role, status, version, configuration, created_at,
        updated_at, copied_from, token, failure)
    SELECT 'r1', 'north', number, 'mentor', 'published', 1, '{}', 0, 0, '', '', '' FROM cohorts""",
    """INSERT INTO introductions (id, organisation, cohort, run, startup, partner, status, version, place,
        instead_of, slot, score, p_startup, p_partner, body, offered_at, expires_at, declined_by, reason)
    SELECT 'i1', 'north', c.number, 'r1', s.number, m.number, 'offered', 1, 0, '', '', 0.5, 0.5, 0.5,
        '{"base": 0.2, "warmth": "warm", "reasons": []}', 0, 1, '', ''
    FROM cohorts c, profiles s, profiles m WHERE s.id = 's1' AND m.id = 'm1'""",
    "INSERT INTO introduction_events VALUES ('i1', 1, 0, 'staff', 'offered', '', '{}')",
    "INSERT INTO introduction_reminders VALUES ('i1', 1, NULL)",
    """INSERT INTO outbox (key, organisation, channel, kind, introduction, payload, status, attempts,
        interrupted, created_at, next_at, token, failure)
    VALUES ('k', 'north', 'email', 'offered', 'i1', '{}', 'waiting', 0, 0, 0, 0, '', '')""",
]
"""An offer as the version before wrote it."""


def test_a_database_of_the_first_version_keeps_what_it_has_and_can_do_what_is_new(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as connection:  # that version had no audit log, which `writing` writes to
        upgrade(connection, "0001")
        for statement in FILLED_AT_FIRST:
            connection.execute(sa.text(statement))
    store = Store(empty_url, clock=lambda: NOW)
    store.migrate()
    table = store.interactions()
    assert (list(table.startups), list(table.stages), list(table.days)) == (["north:s1"], ["A轮"], [1])
    assert (store.revision(), store.profile("north", "m1").name) == (2, "林木")
    assert list(store.feedback(EPOCH, NOW).responses.requests) == [""]
    store.add_interactions([met("s1", "m1", request_id="r1", at=NOW)])
    assert list(store.feedback(NOW, NOW).responses.requests) == ["r1"]
    store.release(store.acquire("retrain", "here", stale_after_seconds=1))
    store.close()
    for statement in ("UPDATE interactions SET request_id = 'r2'", "DELETE FROM interactions"):
        with pytest.raises(exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(statement))
    engine.dispose()


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


def test_introductions_and_what_points_to_them_survive_becoming_free_of_runs(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with writing(engine) as connection:
        upgrade(connection, "0008")
        for statement in OFFERED_BEFORE:
            connection.execute(sa.text(statement))
        upgrade(connection)
    store = Store(empty_url, clock=lambda: NOW)
    [found] = store.introductions.all("north")
    assert (found.id, found.run, found.cohort, found.note) == ("i1", "r1", "spring", "")
    assert [event.kind for event in store.introductions.events("north", "i1")] == ["offered"]
    assert [entry.introduction for entry in store.outbox.entries("north")] == ["i1"]
    store.close()
    engine.dispose()
