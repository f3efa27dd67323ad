"""Interactions as JSON: one, or up to a thousand at once."""

import datetime as dt
from typing import Annotated

from pydantic import AwareDatetime, Field, RootModel, model_validator

from api.schemas.common import Answer, Closed, Label, Reference, Text
from api.schemas.profiles import Amount, Currency
from matcher.errors import InvalidInput
from matcher.interactions import REQUEST_ID, RESERVED_SOURCES, Interaction, InteractionType

MOST_INTERACTIONS = 1000


class InteractionIn(Closed):
    """One event to record. `at` is now where it is left out."""

    startup_id: Reference
    partner_id: Reference
    type: InteractionType
    at: AwareDatetime | None = None
    value: float | None = Field(
        default=None, description="the rating (1 to 5), or another figure of the type"
    )
    stage: Label | Annotated[str, Field(max_length=0)] = ""
    amount: Amount | None = None
    currency: Currency = ""
    source_id: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="makes sending again harmless"
    )
    request_id: Annotated[str, Field(pattern=f"^({REQUEST_ID.pattern})?$")] = Field(
        default="", description="the `request_id` of the answer that showed the pair"
    )

    def interaction(self, organisation: str, now: dt.datetime) -> Interaction:
        """The event that this describes.

        Raises:
            InvalidInput: a rating outside 1–5, a source id as only Bole's own records have.
        """
        if self.source_id.startswith(RESERVED_SOURCES):
            rule = f"must begin with none of {', '.join(map(repr, RESERVED_SOURCES))}: they are Bole's own"
            raise InvalidInput("source_id", self.source_id, rule, "put your system's name before it")
        values = self.model_dump()
        return Interaction(organisation=organisation, **{**values, "at": self.at or now})


class InteractionsIn(
    RootModel[Annotated[list[InteractionIn], Field(min_length=1, max_length=MOST_INTERACTIONS)]]
):
    """A list of events, or a single one (then faults point at item 0). All are kept, or none."""

    @model_validator(mode="before")
    @classmethod
    def one_is_a_batch_of_one(cls, value: object) -> object:
        """Read a lone event as a list of one."""
        return [value] if isinstance(value, dict) else value


class InteractionsAnswer(Answer):
    """How many were new, and how many were there already."""

    added: int
    unchanged: int
