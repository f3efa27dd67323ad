"""Model versions as JSON."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from api.schemas.common import Answer
from api.services import ModelVersion


class VersionOut(BaseModel):
    """One trained version."""

    version: str
    status: str
    hash: str
    facts: dict[str, Any]


class ModelsAnswer(Answer):
    """Every version, and which one serves."""

    live: str | None
    versions: list[VersionOut]


def models_answer(versions: Sequence[ModelVersion], live: str | None, request_id: str) -> ModelsAnswer:
    """The registry's versions, in its order."""
    listed = [
        VersionOut(version=each.version, status=each.status, hash=each.hash, facts=dict(each.facts))
        for each in versions
    ]
    return ModelsAnswer(request_id=request_id, live=live, versions=listed)
