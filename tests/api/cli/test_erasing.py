"""`bole erase` and `bole export` on a real home: database, files and models, before and after a retrain."""

import json
import multiprocessing
import os
import re
import shutil
import signal
import time
import zipfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import sqlalchemy as sa

from matcher.cohorts.introducing.contacts import Contact
from matcher.erasing.doing import erase
from matcher.erasures import Whom
from matcher.model.registry import Registry
from matcher.store import Store
from tests.api.cli.conftest import run_bole
from tests.api.cli.test_retraining import DEALS, INVESTORS, PATIENT, STARTUPS
from tests.matcher.store.erasing.foxes import cells

ID, NAME, EMAIL, NOTE = "quorvex-7731", "量子狐科技", "fuchs@quorvex.example", "狐狸的秘密备注"
FOX = f'{ID},{NAME},"{NOTE}，电话 13912345678，智能传感器",人工智能;狐言\n'
MARKS = (ID, NAME, EMAIL, NOTE, "13912345678", "狐言")
ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le", "gb18030", "unicode_escape")


@pytest.fixture(autouse=True)
def polite() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of which a model has learnt, with the fox in reports, logs, contacts and accounts."""
    folder = tmp_path_factory.mktemp("foxes")
    home = folder / "home"
    files = {
        "startups": STARTUPS + FOX,
        "investors": INVESTORS,
        "interactions": DEALS + f"{ID},i1,met,2026-01-05\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        assert run_bole(home, "import", folder / f"{name}.csv").exit_code == 0
    (home / "retrain.toml").write_text(PATIENT, encoding="utf-8")
    store = Store(f"sqlite:///{home / 'bole.db'}")
    store.contacts.put("default", Contact(ID, EMAIL, "zh"), "staff")
    store.people.add("default", f"me.{EMAIL}", role="startup", profile_id=ID, name=NOTE)
    store.close()
    (home / "jobs").mkdir()
    report = json.dumps({"movers": [{"name": NAME, "query": ID}]}, ensure_ascii=False)
    Registry(str(home / "models")).put_report("20260101T000000Z-0001", "report.json", report.encode())
    page = f"<td>{NAME}</td><td>{ID}</td>"
    Registry(str(home / "models")).put_report("20260101T000000Z-0001", "report.html", page.encode())
    (home / "jobs" / "solve-1.log").write_text(f"no profile '{ID}' ({NAME})\n", encoding="utf-8")
    before = signal.getsignal(signal.SIGTERM)
    assert run_bole(home, "retrain").exit_code == 0
    signal.signal(signal.SIGTERM, before)
    return home


@pytest.fixture
def home(settled: Path, tmp_path: Path) -> Path:
    """A copy to go on from."""
    return Path(shutil.copytree(settled, tmp_path / "home"))


def traces(home: Path) -> set[tuple[str, str]]:
    """In which files under the home any byte of the fox stands, in whatever encoding."""
    forms = {mark: {mark.encode(encoding) for encoding in ENCODINGS} for mark in MARKS}
    left = set()
    for path in sorted(each for each in home.rglob("*") if each.is_file()):
        data = path.read_bytes()
        part = re.sub(r"\d{8}.*", "…", str(path.relative_to(home)))
        left |= {(part, mark) for mark, several in forms.items() if any(form in data for form in several)}
    return left


def test_no_byte_is_left_before_the_next_retrain_but_in_the_model_and_none_after_it(home: Path) -> None:
    assert {place for place, _ in traces(home)} == {
        "bole.db",
        "models/versions/…",
        "models/reports/…",
        "jobs/solve-1.log",
    }
    shown = run_bole(home, "erase", NAME)
    assert "profiles: 1" in shown.output
    assert "nothing was erased" in shown.output
    erased = run_bole(home, "erase", NAME, "--yes")
    assert "still in: model versions 2" in erased.output
    assert {place for place, _ in traces(home)} == {"models/versions/…"}
    assert run_bole(home, "retrain").exit_code == 0
    assert traces(home) == set()
    assert "; finished 2" in run_bole(home, "erase", "--receipts").output
    assert run_bole(home, "erase", ID).exit_code == 1


def test_an_export_has_it_all_and_is_for_its_owner_alone(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "fox.zip"
    assert run_bole(home, "export", NAME, "--out", out).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(out) as archive:
        told = json.loads(archive.read("data.json"))
    places = told["places"]
    assert told["about"]["name"] == NAME
    assert (places["profile"][0]["id"], places["contacts"][0]["email"]) == (ID, EMAIL)
    assert [row["other_name"] for row in places["interactions"]] == ["基金1"]
    assert places["accounts"][0]["email"] == f"me.{EMAIL}"
    by_address = run_bole(home, "export", f"me.{EMAIL}", "--out", tmp_path / "account.zip")
    assert "accounts: 1" in by_address.output
    assert "profile" not in by_address.output


def erase_until(home: Path, last: int, said: Connection) -> None:
    """Erase; before the `last` statement that writes say so, and wait to be killed."""
    store, registry = Store(f"sqlite:///{home / 'bole.db'}"), Registry(str(home / "models"))
    done: list[str] = []

    def stop_at(_connection, _cursor, statement: str, *_) -> None:
        if statement.startswith(("UPDATE", "DELETE", "INSERT")):
            done.append(statement)
            if len(done) == last:
                said.send(last)
                time.sleep(60)

    sa.event.listen(store._engine, "before_cursor_execute", stop_at)
    erase(store, registry, home / "jobs", Whom("default", ID), "test")
    said.send(len(done))


def killed(home: Path, last: int) -> int:
    """Erase in a process of its own that is killed before its `last` statement; how far it came."""
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=erase_until, args=(home, last, theirs))
    child.start()
    came: int = ours.recv()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    return came


def lines(home: Path) -> list[str]:
    """Everything that the tables hold, but for who works at the moment and the log of that."""
    found = cells(f"sqlite:///{home / 'bole.db'}")
    passing = {"leases", "audit", "audit_heads"}
    return sorted(f"{table} {value}" for table, value in found if table not in passing)


def test_killed_at_any_moment_the_database_has_all_or_nothing_and_a_rerun_does_the_rest(
    home: Path, tmp_path: Path
) -> None:
    statements = killed(Path(shutil.copytree(home, tmp_path / "whole")), 0)
    before = lines(home)
    for moment in (3, statements // 2, statements - 2):
        assert killed(home, moment) == moment
        assert lines(home) == before
        store = Store(f"sqlite:///{home / 'bole.db'}")
        store.release(store.lease("retrain"))  # whoever was killed holds it until it is stale
        store.close()
    assert run_bole(home, "erase", ID, "--yes").exit_code == 0
    assert {place for place, _ in traces(home)} == {"models/versions/…"}
