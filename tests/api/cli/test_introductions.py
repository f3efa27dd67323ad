"""`bole introduction`, `contact`, `webhook`, `outbox` and the sheets of a run, over a small home."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from tests.api.cli.conftest import run_bole
from tests.api.mailing import Postbox

STARTUPS = "id,name,needs\ns1,青松科技,法律\ns2,白鹭机器人,法律\n"
MENTORS = "id,name,offers,capacity\nm1,沈律师,法律,1\nm2,Lin Mu,招聘,1\nm3,Chen Yu,法律,1\n"
Bole = Callable[..., Result]


@pytest.fixture
def bole(tmp_path: Path) -> Bole:
    (tmp_path / "startups.csv").write_text(STARTUPS, encoding="utf-8")
    (tmp_path / "mentors.csv").write_text(MENTORS, encoding="utf-8")
    home = tmp_path / "home"
    assert run_bole(home, "import", tmp_path / "startups.csv", tmp_path / "mentors.csv").exit_code == 0
    return lambda *arguments: run_bole(home, *arguments)


@pytest.fixture
def run(bole: Bole) -> str:
    """A solved run in which each of the two startups meets one of three mentors."""
    cohort = said(bole("cohort", "create", "Spring", "--all")).strip()
    made = said(bole("run", "create", cohort, "--role", "mentor", "--max", "1")).strip()
    said(bole("run", "solve", made))
    return made


def said(done: Result, code: int = 0) -> str:
    assert done.exit_code == code, done.output
    return done.output


def asked(bole: Bole) -> dict[str, tuple[str, str]]:
    """Id and partner of each startup's open introduction."""
    lines = said(bole("introduction", "list", "--status", "offered")).splitlines()
    found = (re.match(r"(\w+)  offered.*?  (\w+) × (\w+)", line) for line in lines)
    return {each[2]: (each[1], each[3]) for each in found if each}


def test_where_nobody_follows_the_office_is_told_why(bole: Bole, run: str) -> None:
    said(bole("run", "publish", run))
    told = ""
    while "nobody" not in told:
        id_, _ = asked(bole)["s1"]
        told = said(bole("introduction", "decline", id_, "--side", "startup", "--reason", "no"))
    [(_, busy)] = asked(bole).values()
    assert re.search(rf"next: nobody: every alternate is passed over: .*{busy} is full", told)


def test_introductions_are_answered_by_the_office_on_the_telephone(bole: Bole, run: str) -> None:
    assert said(bole("introduction", "list")) == ""
    said(bole("run", "publish", run, "--expires-after", "5"))
    first = asked(bole)
    assert first.keys() == {"s1", "s2"}
    id_, partner = first["s1"]
    told = said(bole("introduction", "decline", id_, "--side", "partner", "--reason", "travelling"))
    [free] = {"m1", "m2", "m3"} - {partner for _, partner in first.values()}
    assert f"next: {asked(bole)['s1'][0]}  offered  s1 × {free}" in told
    said(bole("introduction", "accept", asked(bole)["s1"][0], "--side", "startup"))
    assert "accepted" in said(bole("introduction", "accept", asked(bole)["s1"][0]))
    said(bole("introduction", "withdraw", asked(bole)["s2"][0], "--reason", "twice"))
    shown = said(bole("introduction", "show", id_, "--lang", "en"))
    assert "travelling" in shown
    assert partner in shown
    assert "has been declined" in said(bole("introduction", "accept", id_), 1)
    assert "0 reminded" in said(bole("introduction", "expire"))


def test_mails_wait_for_a_server_and_an_address_and_are_then_sent(
    bole: Bole,
    run: str,
    smtp_port: int,
    postbox: Postbox,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    said(bole("contact", "set", "青松科技", "s1@example.org", "--language", "en"))
    assert said(bole("contact", "list")) == "s1  s1@example.org  en\n"
    said(bole("run", "publish", run))
    assert "BOLE_SMTP_URL" in said(bole("outbox", "send"))
    monkeypatch.setenv("BOLE_SMTP_URL", f"smtp://127.0.0.1:{smtp_port}?tls=no")
    assert "1 sent, 0 to be tried again, 0 failed" in said(bole("outbox", "send"))
    [mail] = postbox.mails
    assert mail["Subject"].startswith("Suggested introduction: ")
    assert "no e-mail address is known" in said(bole("outbox", "list", "--status", "failed"))
    listed = tmp_path / "addresses.csv"
    listed.write_text("s2,s2@example.org\nm1,m1@example.org\nm9,m9@example.org\n", encoding="utf-8")
    assert "addresses.csv:3 'm9': nobody" in said(bole("contact", "import", str(listed)), 1)
    for who in ("m2", "m3"):
        said(bole("contact", "set", who, f"{who}@example.org"))
    said(bole("outbox", "send"))
    assert len(postbox.mails) == 4
    said(bole("contact", "remove", "s1"))
    assert "is no e-mail address" in said(bole("contact", "set", "s1", "ann"), 1)


def test_a_mail_that_is_refused_is_told_and_tried_anew_on_request(
    bole: Bole, run: str, smtp_port: int, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOLE_SMTP_URL", f"smtp://127.0.0.1:{smtp_port}?tls=no")
    postbox.refuses["s1@example.org"] = "550 no such user"
    said(bole("contact", "set", "s1", "s1@example.org"))
    said(bole("run", "publish", run))
    assert "1 failed" in said(bole("outbox", "send"), 1)
    failed = said(bole("outbox", "list")).splitlines()
    [number] = [line.split()[0] for line in failed if "550: no such user" in line]
    postbox.refuses.clear()
    said(bole("outbox", "retry", number))
    said(bole("outbox", "send"))
    assert len(postbox.mails) == 1


def test_a_webhook_is_set_shown_and_removed(bole: Bole) -> None:
    assert said(bole("webhook", "show")) == "nowhere\n"
    assert len(said(bole("webhook", "set", "https://example.org/hook")).strip()) >= 32
    assert said(bole("webhook", "show")) == "https://example.org/hook\n"
    said(bole("webhook", "remove"))
    assert "is no web address" in said(bole("webhook", "set", "example.org"), 1)


def test_a_run_goes_to_a_spreadsheet_and_comes_back_as_edits(bole: Bole, run: str, tmp_path: Path) -> None:
    file = tmp_path / "run.xlsx"
    said(bole("run", "export", run, "--out", file))
    book = load_workbook(file)
    sheet = book["按企业"]
    gone = (sheet["A2"].value, sheet["C2"].value)
    sheet.delete_rows(2)
    sheet["J2"] = "是"
    book.save(file)
    told = said(bole("run", "import-edits", run, file))
    assert f"ban   {gone[0]} × {gone[1]}: imported from run.xlsx" in told
    assert "lock" in told
    assert "draft" not in said(bole("run", "list"))
    said(bole("run", "import-edits", run, file, "--apply"))
    assert "draft" in said(bole("run", "list"))
    sheet["J2"] = "perhaps"
    book.save(file)
    assert "请填“是”或留空" in said(bole("run", "import-edits", run, file), 1)


def test_a_run_is_exported_as_xlsx_or_csv_only(bole: Bole, run: str, tmp_path: Path) -> None:
    said(bole("run", "export", run, "--out", tmp_path / "run.csv"))
    assert "must end in .csv or .xlsx" in said(bole("run", "export", run, "--out", tmp_path / "run.pdf"), 1)
