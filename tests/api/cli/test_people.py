"""`bole person`."""

from pathlib import Path

from api.accounts.links import person_behind
from api.principals import Caller
from matcher.people import Purpose, Standing
from matcher.store import Store
from tests.api.cli.conftest import Bole, run_bole


def home_store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'home' / 'bole.db'}")


def link_of(output: str) -> str:
    [link] = [line for line in output.splitlines() if line.startswith("http")]
    return link


def test_the_first_admin_of_an_empty_home_is_invited_by_a_link(fresh: Bole, tmp_path: Path):
    done = fresh(
        "person", "invite", "Root@Example.org", "--role", "admin", "--org", "north", "--name", "Root"
    )
    assert done.exit_code == 0, done.output
    link = link_of(done.output)
    assert link.startswith("http://127.0.0.1:8000/welcome?token=")
    store = home_store(tmp_path)
    known = store.people.find("root@example.org")
    assert known is not None
    assert (known.role, known.organisation, known.standing) == (Caller.ADMIN, "north", Standing.INVITED)
    secret = link.partition("token=")[2]
    assert person_behind(store, Purpose.INVITE, secret, known.created_at) == known
    store.close()


def test_links_begin_with_the_address_that_is_set(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("BOLE_PUBLIC_URL", "https://bole.example/")
    done = run_bole(tmp_path, "person", "invite", "wei@example.org")
    assert link_of(done.output).startswith("https://bole.example/welcome?token=")


def test_people_are_listed_deactivated_and_activated(fresh: Bole):
    fresh("person", "invite", "wei@example.org", "--name", "王伟")
    assert fresh("person", "list").output == "wei@example.org  staff  -  invited  王伟\n"
    assert (
        fresh("person", "deactivate", "WEI@example.org").output == "wei@example.org  staff  -  left  王伟\n"
    )
    assert fresh("person", "link", "wei@example.org").exit_code == 1
    assert "invited" in fresh("person", "activate", "wei@example.org").output
    assert "/welcome?token=" in fresh("person", "link", "wei@example.org").output


def test_what_cannot_be_is_refused_in_a_line(fresh: Bole):
    for words in (
        ["invite", "none"],
        ["invite", "ann@example.org", "--role", "startup"],
        ["invite", "ann@example.org", "--role", "startup", "--profile", "s1", "--org", "nowhere"],
        ["invite", "ann@example.org", "--profile", "s1"],
        ["invite", "ann@example.org", "--name", "a\tb"],
        ["deactivate", "ann@example.org"],
        ["activate", "ann@example.org"],
        ["link", "ann@example.org"],
    ):
        done = fresh("person", *words)
        assert (done.exit_code, done.output.count("Error: ")) == (1, 1), words
    assert fresh("person", "invite", "a@b.org", "--role", "king").exit_code == 2


def test_roles_that_need_a_second_step_are_named_and_told(tmp_path: Path):
    run_bole(tmp_path, "person", "invite", "wei@example.org", "--org", "north")
    said = [
        run_bole(tmp_path, "person", "second-step", "--org", "north", *options).output
        for options in ((), ("--role", "staff", "--role", "admin"), (), ("--nobody",))
    ]
    assert said == ["nobody\n", "admin staff\n", "admin staff\n", "nobody\n"]
    both = run_bole(tmp_path, "person", "second-step", "--role", "staff", "--nobody")
    assert both.exit_code == 2
