"""Train, promote and roll back on the command line; tokens."""

import re
from pathlib import Path

import pytest

from api.principals import token_hash
from matcher.store import Store
from tests.api.cli.conftest import Bole, run_bole


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home with the demo's files and one version of them, and what training it printed."""
    home = tmp_path_factory.mktemp("trained")
    run_bole(home, "import", "fixtures/demo")
    return home, run_bole(home, "train", "--as-of", "2026-06-01").stdout


def test_a_version_tells_what_it_learnt_from_in_words(trained: tuple[Path, str]) -> None:
    assert re.search(
        r"122 startups, 60 mentors, 41 investors, \d+ interactions from 20\d\d-\d\d-\d\d to", trained[1]
    )


def test_training_the_same_data_again_gives_the_same_version(trained: tuple[Path, str]) -> None:
    home, first = trained
    again = run_bole(home, "train", "--as-of", "2026-06-01").stdout
    assert again.split(":")[0] == first.split(":")[0]


def test_the_first_version_is_live_and_the_next_waits_until_promoted(trained: tuple[Path, str]) -> None:
    home, first = trained

    def bole(*arguments: str) -> str:
        return run_bole(home, *arguments).stdout

    second = bole("train", "--as-of", "2026-10-01")
    assert first.splitlines()[-1] == "live"
    assert second.splitlines()[-1].startswith("candidate")
    old, new = first.split(":")[0], second.split(":")[0]
    assert f"{old} stays live" in second
    assert "`bole retrain` compares and promotes" in second
    assert bole("models", "promote", new, "--force", "--reason", "looks good") == f"{new} is live\n"
    assert bole("models", "rollback") == f"{old} is live\n"
    assert f"{old}  live" in bole("models", "list")
    assert "forced: bole train: the first version" in bole("models", "history").splitlines()[-1]


def test_promoting_while_training_is_recorded(fresh: Bole) -> None:
    fresh("train", "--as-of", "2026-06-01")
    second = fresh("train", "--as-of", "2026-10-01", "--promote").stdout
    assert second.splitlines()[-1] == "live"
    assert fresh("models", "history").stdout.splitlines()[0].endswith("forced: bole train --promote")


def test_training_on_nothing_says_that_nothing_was_imported(tmp_path: Path) -> None:
    answer = run_bole(tmp_path, "train")
    assert f"no profiles in {tmp_path}" in answer.output


def test_training_an_empty_home_works_and_rolling_back_says_that_there_is_nothing(fresh: Bole) -> None:
    assert fresh("train").exit_code == 0
    answer = fresh("models", "rollback")
    assert answer.exit_code == 1
    assert "no earlier live model" in answer.output


def test_a_token_is_shown_once_and_only_its_hash_is_kept(tmp_path: Path) -> None:
    token = run_bole(tmp_path, "token", "--org", "demo").stdout.strip()
    record = Store(f"sqlite:///{tmp_path / 'bole.db'}").token(token_hash(token))
    assert record is not None
    assert (record.organisation, record.role) == ("demo", "staff")
    assert token.encode() not in (tmp_path / "bole.db").read_bytes()
