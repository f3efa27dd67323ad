"""How a report is asked for."""

from enum import StrEnum

from pydantic import Field

from api.schemas.common import Query


class Format(StrEnum):
    """What a report is read with."""

    HTML = "html"
    JSON = "json"


class ReportQuery(Query):
    """One file of a report."""

    format: Format = Field(default=Format.HTML, description="html to look at, json to compute with")
