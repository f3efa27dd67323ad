"""What is worked out of files that wait: how they look, and what importing them would do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.access import Scope
from api.pages.language import language
from matcher.errors import UnreadableFile
from matcher.importing import ImportReport, Plan, Source, import_sources, look
from matcher.importing.aliases import REQUIRED
from matcher.importing.changes import Plain, text_of
from matcher.importing.plan import Meanings, plan_of, taught
from matcher.importing.readers import CURRENCY_OF
from matcher.importing.report import SHOWN, Severity
from matcher.importing.rules import Rule
from matcher.matching.naming import amount_text
from matcher.uploads import Upload

MOST_PROBLEMS = 200
_NOT_MEANT = frozenset(
    rule.code
    for rule in (Rule.ID_REPEATED, Rule.ID_MERGED, Rule.NAME_REPEATED, Rule.FORMULA, Rule.TICKET_ORDER)
)
"""What stands beside these is another row or the cell's address, not a value."""
_NO_NOTES = frozenset(
    rule.code for rule in (Rule.UNKNOWN_COLUMN, Rule.REPEATED_COLUMN, Rule.REFUSED, Rule.NOT_IMPORTABLE)
)
"""The tables' own parts of the page tell these."""
_CHOICES = frozenset((Rule.STATUS.code, Rule.TYPE.code))
"""Beside these stands, where nothing is near, every word that would do."""
_MEANING = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload, with its plan read."""

    upload: Upload
    plan: Plan

    @classmethod
    def of(cls, upload: Upload) -> "Waiting":
        """The upload with what was said of it."""
        return cls(upload, plan_of(upload.plan))


def known_meanings(scope: Scope) -> Meanings:
    """What the organisation's own headers mean, as it said before."""
    return taught(scope.store, scope.organisation)


def sources_of(scope: Scope, id_: str) -> list[Source]:
    """The files of an upload."""
    return [Source(name, data) for name, data in scope.store.uploads.files(scope.organisation, id_)]


def looked(scope: Scope, sources: Sequence[Source], plan: Plan, left: Sequence[str] = ()) -> dict[str, Any]:
    """How the files look under the plan, and what importing them would do (JSON). `left` says why files that
    came are not among them."""
    sights = [sight.to_dict() for sight in look(sources, plan)]
    report = _tried(scope, sources, plan)
    problems = [problem for problem in report["problems"] if problem["code"] not in _NO_NOTES]
    return {
        "sights": sights,
        "left": list(left),
        "more": len(problems) > MOST_PROBLEMS or len(report["problems"]) == SHOWN,
        "report": {**report, "problems": problems[:MOST_PROBLEMS], "duplicates": report["duplicates"][:20]},
    }


def _tried(scope: Scope, sources: Sequence[Source], plan: Plan) -> dict[str, Any]:
    """The report of a dry run; one of nothing where not one file can be read."""
    try:
        report = import_sources(
            sources, scope.store, organisation=scope.organisation, plan=plan, dry_run=True
        )
    except UnreadableFile:
        report = ImportReport((), (), (), 0, 0, 0, dry_run=True)
    return report.to_dict()


def words_for(problem: Mapping[str, Any]) -> list[str]:
    """The words of which one must be the right one; [] where there is no such list."""
    if problem["code"] not in _CHOICES or " / " not in problem["nearest"]:
        return []
    return [_MEANING.sub("", word) for word in problem["nearest"].split(" / ")]


def value_text(field: str, value: Plain) -> str:
    """A field's value as the reader's language writes it, "" where it says nothing."""
    if isinstance(value, float) and field in CURRENCY_OF:
        return amount_text(value, "", language())
    if isinstance(value, list):
        return ("、" if language() == "zh" else "; ").join(value)
    return text_of(value)


def can_be_emptied(problem: Mapping[str, Any], sights: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the cell of a problem is of a column that a row may do without."""
    columns = [column for sight in sights if sight["name"] == problem["file"] for column in sight["columns"]]
    fields = {column["field"] for column in columns if column["header"] == problem["column"]}
    return problem["severity"] == Severity.ERROR and bool(fields) and not fields & _NEEDED


def can_be_put_right(problem: Mapping[str, Any]) -> bool:
    """Whether the nearest right value of a problem can take the place of the wrong one."""
    if not problem["nearest"] or not problem["column"] or problem["code"] in _NOT_MEANT:
        return False
    rule = next((rule for rule in Rule if rule.code == problem["code"]), None)
    several = " / " in problem["nearest"]
    return rule is not None and not rule.by_example and not several and problem["code"] not in _AS_READ


_NEEDED = frozenset(("", *(name for groups in REQUIRED.values() for group in groups for name in group)))
_AS_READ = frozenset((Rule.APPROXIMATE.code, Rule.RATE_AS_FRACTION.code))
"""These are read so anyway."""
