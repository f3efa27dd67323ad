"""The audit log as JSON."""

import datetime as dt
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from api.auditing import subject_id
from api.schemas.common import Answer, Query, Text
from matcher.audit import Line, Sought, Verdict

MOST = 200
_Word = Annotated[Text, Field(max_length=200)]


class AuditQuery(Query):
    """Which lines to read, the latest first."""

    who: _Word = Field(
        default="", description="a caller (staff, startup, command …), person:ID, token:ID or uid:NUMBER"
    )
    action: _Word = Field(default="", description="a word of lines, or `reads`, or `changes`")
    subject: _Word = Field(default="", description="a kind (profile, person …), or kind:id")
    since: AwareDatetime | None = Field(default=None, alias="from", description="lines from this moment")
    until: AwareDatetime | None = Field(default=None, description="lines before this moment")
    q: _Word = Field(default="", description="words in names, fields and ids; all must be there")
    before: int | None = Field(default=None, ge=1, lt=2**63, description="next_before of the page before")
    limit: int = Field(default=50, ge=1, le=MOST)

    def sought(self) -> Sought:
        """What is asked for."""
        return Sought(self.who, self.action, self.subject, self.since, self.until, self.q)


class LineOut(BaseModel):
    """One line. `hash` is that of the columns that `bole audit verify` checks; names are those of today."""

    number: int
    at: dt.datetime
    caller: str
    who: str
    name: str
    action: str
    subject: str
    subject_id: str
    subject_name: str
    fields: list[str]
    counts: dict[str, int]
    request_id: str
    hash: str

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        """The line as JSON."""
        same = {name: getattr(line, name) for name in cls.model_fields if name != "fields"}
        return cls.model_construct(**{**same, "subject_id": subject_id(line), "fields": list(line.fields)})


class ChainOut(BaseModel):
    """The verdict on the latest lines: the number of the last that is whole, and the first that is not."""

    whole_until: int
    broken_at: int | None
    why: str

    @classmethod
    def of(cls, verdict: Verdict) -> "ChainOut":
        """The verdict as JSON."""
        return cls(whole_until=verdict.end.number, broken_at=verdict.broken, why=verdict.why)


class AuditAnswer(Answer):
    """Some lines of the audit log; `next_before` is null on the last page."""

    lines: list[LineOut]
    next_before: int | None
    chain: ChainOut
