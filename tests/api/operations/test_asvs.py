"""The list of ASVS requirements is whole, and what it names as proof is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIST = ROOT / "api" / "operations" / "asvs.md"
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "10.1": 2, "10.2": 2, "10.5": 5,
}  # fmt: skip
"""How many requirements of the levels 1 and 2 each section of ASVS 5.0.0 has; they are its first ones."""
LINES = re.findall(
    r"^\| ([\d.]+) \| L([12]) \| (met|not met|not applicable) \| (.+) \| (.*) \|$", LIST.read_text(), re.M
)


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of a file's tests."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_is_listed_once():
    wanted = [f"{section}.{n}" for section, count in SECTIONS.items() for n in range(1, count + 1)]
    assert [line[0] for line in LINES] == wanted


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_what_is_met_is_shown_by_tests_that_exist(line: tuple[str, ...]):
    _, _, standing, how, shown = line
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", shown)
    assert named or standing != "met", "name the test that shows it"
    assert how, "say why it is not applicable, or what is missing"
    for path, name in named:
        assert name in names_in(path), f"{path} has no {name}"


def test_the_sum_at_the_top_is_the_lines():
    told = LIST.read_text(encoding="utf-8")
    count = {standing: sum(line[2] == standing for line in LINES) for standing in ("met", "not met")}
    assert f"**{count['met']} met, {count['not met']} not met**" in told
    assert f"of {len(LINES)}." in told


def test_the_rules_are_written_down():
    rules = LIST.read_text(encoding="utf-8").partition("## Rules")[2].partition("\n## ")[0]
    for topic in ("Who may what", "Fields", "Ways in", "Guessing", "Passwords", "Sessions", "Limits"):
        assert f"**{topic}" in rules
