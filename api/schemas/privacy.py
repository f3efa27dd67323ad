"""Exports and erasures as JSON."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas.common import Answer, Closed, Text
from matcher.erasures import ErasureKind, ErasureRequest, Receipt


class ErasureIn(Closed):
    """Whom to erase, said a second time: it cannot be undone."""

    name: Annotated[Text, Field(max_length=1000)] = Field(
        description="the profile's name, or the account's e-mail address", examples=["青松科技"]
    )


class PreviewAnswer(Answer):
    """What an erasure would take: rows by place."""

    counts: dict[str, int] = Field(examples=[{"profiles": 1, "accounts": 2, "remarks": 4}])


class ReceiptOut(BaseModel):
    """What was erased, without any text of whom. `versions` are model versions that hold them still,
    `finished_at` is when nothing did any more."""

    id: str
    kind: ErasureKind
    pseudonym: str
    asked_by: str = Field(description="a role and the id of a person", examples=["staff 3f0c9a"])
    asked_at: dt.datetime
    done_at: dt.datetime
    counts: dict[str, int] = Field(examples=[{"profiles": 1, "interactions": 12}])
    waits: list[str] = Field(description="models, vectors or database", examples=[["models"]])
    versions: list[str]
    finished_at: dt.datetime | None

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptOut":
        """The receipt as JSON."""
        same = ("id", "kind", "pseudonym", "asked_by", "asked_at", "done_at", "counts", "finished_at")
        return cls(
            **{name: getattr(receipt, name) for name in same},
            waits=sorted(receipt.waits),
            versions=list(receipt.versions),
        )


class ReceiptAnswer(Answer):
    """The receipt of an erasure."""

    receipt: ReceiptOut


class RequestOut(BaseModel):
    """Somebody asks to be erased: the account alone or, `whole`, with the profile that it acts for."""

    id: str
    person: str
    whole: bool
    asked_at: dt.datetime
    due_at: dt.datetime

    @classmethod
    def of(cls, request: ErasureRequest) -> "RequestOut":
        """The request as JSON."""
        return cls(**{name: getattr(request, name) for name in cls.model_fields})


class ErasuresAnswer(Answer):
    """Requests that wait, and the receipts of what was done, the latest first."""

    requests: list[RequestOut]
    receipts: list[ReceiptOut]
