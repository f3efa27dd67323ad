import os
from pathlib import Path

import sqlalchemy as sa
from click.testing import CliRunner

from api.cli import main
from matcher.store import Store


def run(home: Path, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(main, ["--home", str(home), *words])
    return answer.exit_code, answer.output


def test_the_command_line_is_on_the_log_and_a_broken_chain_is_told_by_its_number(tmp_path: Path):
    assert run(tmp_path, "person", "invite", "ann@example.org", "--org", "north")[0] == 0
    code, told = run(tmp_path, "audit", "list", "--org", "north")
    assert code == 0
    assert f"uid:{os.getuid()}" in told
    code, told = run(tmp_path, "audit", "verify")
    assert code == 0
    assert "north: whole" in told
    store = Store(f"sqlite:///{tmp_path / 'bole.db'}")
    with store._engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER audit_refuse_update"))
        connection.execute(
            sa.text("UPDATE audit SET caller = 'x' WHERE organisation = 'north' AND number = 1")
        )
    store.close()
    code, told = run(tmp_path, "audit", "verify")
    assert code == 1
    assert "north: broken at line 1, which was changed" in told
