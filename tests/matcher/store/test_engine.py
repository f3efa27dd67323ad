from pathlib import Path

import pytest
import sqlalchemy as sa

from matcher.errors import InvalidInput, NotReady
from matcher.store import Store
from matcher.store.engine import open_engine, writing


@pytest.mark.parametrize(
    "url",
    [
        "",
        "bole.db",
        "mysql://u:secret@host/bole",
        "sqlite",
        "postgresql",
        "host=db password=secret",
        "postgresql://u:secret@host:secret/bole",
    ],
)
def test_what_is_no_database_url_is_refused_without_telling_its_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="database") as caught:
        Store(url)
    assert "secret" not in str(caught.value)


def test_a_folder_that_is_not_there_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="unable to open"):
        Store(f"sqlite:///{tmp_path}/none/bole.db").revision()


def test_a_server_that_is_not_there_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="cannot be used"):
        Store(f"postgresql+psycopg://u@/bole?host={tmp_path}").revision()


def test_sqlite_keeps_a_write_ahead_log_checks_references_and_waits(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/bole.db")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 60_000}


def test_a_block_that_raises_leaves_nothing_behind(url: str) -> None:
    engine = open_engine(url)
    with pytest.raises(NotReady, match="nowhere"), writing(engine) as connection:  # noqa: PT012
        connection.execute(sa.text("INSERT INTO organisations VALUES ('north', '')"))
        connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM organisations")).scalar_one() == 0
    engine.dispose()
