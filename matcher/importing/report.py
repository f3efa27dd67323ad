"""What an import did: per file and per problem, for people and for machines."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from matcher.duplicates import Duplicate
from matcher.importing.changes import Change
from matcher.importing.rules import Rule

SHOWN = 1_000
"""How many problems and duplicates a report lists; all are counted."""


class Severity(StrEnum):
    """An error rejects its row (or file); a warning says what was read otherwise than written."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule. `row` is as a spreadsheet shows it (0: the whole file), `column` as the header says.

    `nearest` is the nearest right value or an example ("" where none is known); `times` counts the rows
    of the file with the same warning, of which `row` is the first.
    """

    file: str
    row: int
    column: str
    value: str
    rule: Rule
    nearest: str = ""
    severity: Severity = Severity.ERROR
    times: int = 1

    def to_dict(self) -> dict[str, object]:
        """JSON-ready, with the rule's code and its wording in both languages."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.rule.code,
            "rule": str(self.rule),
            "rule_zh": self.rule.chinese,
            "nearest": self.nearest,
            "severity": str(self.severity),
            "times": self.times,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """One table's figures; where it was not read `refused` says why, and `kind` and `encoding` are "". A dry
    run tells the first `changes`."""

    name: str
    kind: str = ""
    encoding: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    refused: str = ""
    changes: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"changes": [change.to_dict() for change in self.changes]}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole import. Counts are of all problems; `problems` and `duplicates` list the first 1,000."""

    files: tuple[FileReport, ...]
    problems: tuple[Problem, ...]
    duplicates: tuple[Duplicate, ...]
    errors: int
    warnings: int
    duplicate_count: int
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        """0 where every row was taken, 1 where one was rejected or a file refused."""
        return 1 if self.errors else 0

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "dry_run": self.dry_run,
            "files": [file.to_dict() for file in self.files],
            "problems": [problem.to_dict() for problem in self.problems],
            "duplicates": [duplicate.to_dict() for duplicate in self.duplicates],
            "errors": self.errors,
            "warnings": self.warnings,
            "duplicate_count": self.duplicate_count,
        }


@dataclass(slots=True)
class ProblemLog:
    """Collects problems: counts all, keeps 1,000 of each severity, folds equal warnings into one."""

    errors: int = 0
    warnings: int = 0
    _errors: list[Problem] = field(default_factory=list)
    _warnings: dict[tuple[str, str, str, Rule], Problem] = field(default_factory=dict)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take the problems in, in the order of their rows."""
        for problem in problems:
            if problem.severity is Severity.ERROR:
                self.errors += 1
                self._errors += [problem] if len(self._errors) < SHOWN else []
            else:
                self._warn(problem)

    def shown(self) -> tuple[Problem, ...]:
        """At most 1,000: errors first."""
        return (*self._errors, *self._warnings.values())[:SHOWN]

    def _warn(self, problem: Problem) -> None:
        self.warnings += 1
        key = (problem.file, problem.column, problem.value, problem.rule)
        first = self._warnings.get(key)
        if first is not None:
            self._warnings[key] = replace(first, times=first.times + 1)
        elif len(self._warnings) < SHOWN:
            self._warnings[key] = problem
