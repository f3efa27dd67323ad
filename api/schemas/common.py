"""What every request and answer of the API has in common."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from api.references import MAX_REFERENCE
from matcher.profiles import MAX_LABELS

MAX_LABEL = 200
_SEPARATORS = re.compile(r"[;；、|,，]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold a NUL character")
    if _HALF_CHARACTER.search(text):
        raise ValueError("must not hold half a surrogate pair")
    return text


def _split(value: object) -> object:
    return (
        [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
        if isinstance(value, str)
        else value
    )


Text = Annotated[str, AfterValidator(_storable)]
"""Text that every database can keep."""

Label = Annotated[Text, Field(min_length=1, max_length=MAX_LABEL)]
Labels = Annotated[tuple[Label, ...], Field(max_length=MAX_LABELS)]
Reference = Annotated[Text, Field(min_length=1, max_length=MAX_REFERENCE)]

LabelList = Annotated[
    Labels,
    BeforeValidator(_split),
    WithJsonSchema({"type": "string", "description": "labels, separated by commas or semicolons"}),
]
"""Several labels in one query parameter."""


class Closed(BaseModel):
    """A request part: a member that it does not know is refused, so that a slip of the pen is not ignored."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Query(Closed):
    """The query parameters that every route takes."""

    organisation: Annotated[Text, Field(max_length=63)] = Field(
        default="", description="the organisation to act in (admins only; default: the token's own)"
    )


class Answer(BaseModel):
    """What every answer has."""

    request_id: str
