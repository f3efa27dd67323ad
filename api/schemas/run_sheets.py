"""Edited tables of match runs as JSON: what they ask for, and what is unclear."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Text
from api.schemas.match_runs import Version, WordedQuery
from api.schemas.matches import Language
from matcher.cohorts.edits import EditKind
from matcher.cohorts.sheets.editing import Plan
from matcher.cohorts.sheets.rules import rule_words


class SheetQuery(WordedQuery):
    """The file's name, and whether only to tell what it asks for. `version` is the run's that was seen; left
    out, it is the one that the file's lines name."""

    filename: Annotated[Text, Field(max_length=255)] = "pairs.xlsx"
    dry_run: bool = Field(default=True, description="tell what the file asks for, and change nothing")
    version: Version | None = None


class PlannedEditOut(BaseModel):
    """An edit that the file asks for."""

    kind: EditKind
    startup_id: str
    partner_id: str
    reason: str


class UnclearOut(BaseModel):
    """A cell that is unclear: row (0: the whole table), column, value, rule, and what was perhaps meant."""

    row: int
    column: str
    value: str
    code: str
    rule: str
    nearest: str


class SheetAnswer(Answer):
    """What the file asks for. Where anything is unclear there are no edits, and nothing was changed."""

    dry_run: bool
    run: str
    version: int = Field(description="the run's, after the edits")
    edits: list[PlannedEditOut]
    undone: list[int] = Field(description="numbers of edits that are taken back: pairs that were unlocked")
    problems: list[UnclearOut]


def planned_out(plan: Plan) -> list[PlannedEditOut]:
    """The edits as JSON."""
    names = PlannedEditOut.model_fields
    return [PlannedEditOut(**{name: getattr(edit, name) for name in names}) for edit in plan.edits]


def unclear_out(plan: Plan, language: Language) -> Sequence[UnclearOut]:
    """What is unclear, in words."""
    return [
        UnclearOut(
            row=each.row,
            column=each.column,
            value=each.value,
            code=each.rule.value,
            rule=rule_words(each.rule, language),
            nearest=each.nearest,
        )
        for each in plan.problems
    ]
