"""`bole report acceptance`: for a reader, and as files."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from matcher.interactions import Interaction, InteractionType
from matcher.profiles import Profile, Role
from matcher.shown import ShownList
from matcher.store import Store
from tests.api.cli.conftest import Bole

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(fresh: Bole, tmp_path: Path) -> Bole:
    """A home in which two versions showed a list, one of them a fortnight ago, and both got a yes."""
    store = Store(f"sqlite:///{tmp_path / 'home' / 'bole.db'}")
    (tmp_path / "home").mkdir()
    store.migrate()
    for organisation in ("default", "other"):
        store.add_organisation(organisation)
    people = [Profile(organisation="default", role=Role.MENTOR, id=f"m{n}", name=f"m{n}") for n in range(2)]
    people += [Profile(organisation="default", role=Role.STARTUP, id=f"s{n}", name=f"s{n}") for n in range(2)]
    store.put_profiles(people)
    for number, version in enumerate(("v1", "v2")):
        at = NOW - (20 - number) * DAY
        store.add_shown([shown(f"s{number}", version, at)])
        store.add_interactions([requested(f"s{number}", f"m{number}", at + DAY)])
    store.close()
    return fresh


def shown(startup: str, version: str, at: dt.datetime) -> ShownList:
    return ShownList(
        request_id="r1",
        organisation="default",
        query_key=f"default:{startup}",
        role="mentor",
        model_version=version,
        at=at,
        partners=("default:m0", "default:m1"),
        scores=(0.5, 0.4),
    )


def requested(startup: str, partner: str, at: dt.datetime) -> Interaction:
    return Interaction(
        organisation="default", startup_id=startup, partner_id=partner, type=InteractionType.REQUESTED, at=at
    )


def test_a_reader_sees_a_table_the_comparison_and_what_to_know(home: Bole):
    lines = home("report", "acceptance", "--lang", "en").output.splitlines()
    assert lines[0] in {  # midnight may have passed since
        f"What came of the lists shown from {now - 90 * DAY:%Y-%m-%d} to {now:%Y-%m-%d} (all organisations)"
        for now in (NOW, dt.datetime.now(dt.UTC))
    }
    table = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert table["total"] == "4 2 0 0 0 0 50.0% [15.0, 85.0] 0.0% [0.0, 65.8] 0.0% [0.0, 49.0]".split()
    assert table["v2"][:2] == ["2", "1"]
    assert "version v2 against v1 at equal position: 1.00 [0.06, 15.99], no difference" in "\n".join(lines)
    assert "0 name their list; 2 name none" in "\n".join(lines)


def test_columns_stand_below_each_other_in_chinese_too(home: Bole):
    output = home("report", "acceptance").output
    [header, total] = output.splitlines()[1:3]
    assert header.split()[:3] == ["展示", "请求", "忽略"]
    cells = len(header.encode("gb18030")) - header.count("–")  # two bytes for what is two cells wide
    assert cells == len(total.encode("gb18030"))
    assert "版本 v2 对 v1，同一名次：" in output


def test_figures_go_into_a_table(home: Bole, tmp_path: Path):
    out = tmp_path / "acceptance.csv"
    assert home("report", "acceptance", "--out", out).output == ""
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["by"], row["name"], row["shown"], row["requested"]) for row in rows] == [
        ("total", "", "4", "2"),
        ("version", "v1", "2", "1"),
        ("version", "v2", "2", "1"),
        ("position", "1", "2", "1"),
        ("position", "2", "2", "1"),
        ("role", "mentor", "4", "2"),
        ("organisation", "default", "4", "2"),
    ]
    assert (rows[0]["requested_of_shown"], rows[0]["requested_of_shown_low"]) == ("0.5", "0.150039")


def test_the_whole_report_goes_into_json(home: Bole, tmp_path: Path):
    out = tmp_path / "acceptance.json"
    home("report", "acceptance", "--out", out, "--lang", "en")
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["lists"], told["total"]["requested_of_shown"]["share"]) == (2, 0.5)
    assert told["comparisons"][0]["sentence"].startswith("version v2 against v1")
    assert "request_id" not in told


def test_an_organisation_and_days_narrow_it(home: Bole, tmp_path: Path):
    out = tmp_path / "acceptance.json"

    def lists(*options: str) -> int:
        assert home("report", "acceptance", "--out", out, *options).exit_code == 0
        return json.loads(out.read_text(encoding="utf-8"))["lists"]

    first = f"{NOW - 20 * DAY:%Y-%m-%d}"
    assert lists("--org", "other") == 0
    assert lists("--org", "default", "--from", first, "--to", first) == 1
    assert lists("--from", f"{NOW - 19 * DAY:%Y-%m-%d}") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--org", "nowhere"), "no organisation 'nowhere'"),
        (("--out", "acceptance.pdf"), "must end in .csv or .json"),
        (("--from", "2024-02-01", "--to", "2024-01-01"), "must be before"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_one_line(home: Bole, options: tuple[str, ...], said: str):
    done = home("report", "acceptance", *options)
    assert (done.exit_code, said in done.output) == (1, True)


def test_nothing_shown_yet_is_a_report_of_nothing(fresh: Bole):
    done = fresh("report", "acceptance", "--lang", "en")
    assert done.exit_code == 0
    assert "0 lists, 0 lines shown" in done.output
