"""Imports as JSON."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Query, Text
from matcher.importing.kinds import Kind
from matcher.profiles import Role


class Holds(StrEnum):
    """What the files hold, for when their names and columns do not tell."""

    STARTUP = "startup"
    MENTOR = "mentor"
    INVESTOR = "investor"
    INTERACTIONS = "interactions"
    LEDGER = "ledger"

    @property
    def kind(self) -> Role | Kind:
        """The same in the importer's words."""
        return Role(self.value) if self.value in set(Role) else Kind(self.value)


class ImportQuery(Query):
    """How to import. A body that is the file itself needs a `filename`; a form brings its own."""

    role: Holds | None = None
    dry_run: bool = Field(default=False, description="report, and keep nothing")
    filename: Annotated[Text, Field(max_length=255)] = ""


class FieldChangeOut(BaseModel):
    """One field of a profile; null where it says nothing."""

    field: str
    before: str | float | bool | list[str] | None
    after: str | float | bool | list[str] | None


class ProfileChangeOut(BaseModel):
    """A profile that would be another one."""

    id: str
    name: str
    fields: list[FieldChangeOut]


class FileOut(BaseModel):
    """What became of one file's rows; `refused` says why where it could not be read at all. A dry run tells
    the first `changes`; what a file has no column for is left as it is."""

    name: str
    kind: str
    encoding: str
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    refused: str
    changes: list[ProfileChangeOut] = []


class ImportAnswer(Answer):
    """The report. `id` is null after a dry run, which keeps nothing.

    The counts are of everything; `problems` and `duplicates` list the first of many.
    """

    id: str | None
    dry_run: bool
    files: list[FileOut]
    problems: list[dict[str, Any]]
    duplicates: list[dict[str, Any]]
    errors: int
    warnings: int
    duplicate_count: int


def nothing_taken(report: dict[str, Any]) -> bool:
    """Whether there was something to take, and not one row of any file was good."""
    taken = any(file["added"] + file["changed"] + file["unchanged"] for file in report["files"])
    return bool(report["errors"]) and not taken
