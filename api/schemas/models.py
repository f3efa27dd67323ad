"""Model versions as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from api.schemas.common import Answer
from api.services import ModelVersion
from matcher.model.pointer import Promotion
from matcher.model.verdict import Verdict


class VerdictOut(BaseModel):
    """What the gate said of a version: in which run, when (ISO, UTC), and what it found."""

    passed: bool
    run: str
    at: str
    findings: list[dict[str, Any]]


class PromotionOut(BaseModel):
    """One change of the live version, a rollback too: when (ISO, UTC), by whom and why; `forced` where
    somebody answered for it, not the gate."""

    version: str
    at: str
    by: str
    reason: str
    forced: bool


class VersionOut(BaseModel):
    """One trained version: `status` is live, retired (was live), rejected (by the gate) or candidate;
    `promoted` is how it last became live."""

    version: str
    status: str
    hash: str
    facts: dict[str, Any]
    verdict: VerdictOut | None
    promoted: PromotionOut | None


class ModelsAnswer(Answer):
    """Every version, which one serves, and the last changes of that, newest first."""

    live: str | None
    versions: list[VersionOut]
    promotions: list[PromotionOut]


def models_answer(
    versions: Sequence[ModelVersion], live: str | None, promotions: Sequence[Promotion], request_id: str
) -> ModelsAnswer:
    """The registry's versions, in its order."""
    return ModelsAnswer(
        request_id=request_id,
        live=live,
        versions=[_version_out(each) for each in versions],
        promotions=[_promotion_out(each) for each in promotions],
    )


def _version_out(each: ModelVersion) -> VersionOut:
    return VersionOut(
        version=each.version,
        status=each.status,
        hash=each.hash,
        facts=dict(each.facts),
        verdict=_verdict_out(each.verdict) if each.verdict else None,
        promoted=_promotion_out(each.promoted) if each.promoted else None,
    )


def _verdict_out(verdict: Verdict) -> VerdictOut:
    findings: list[Mapping[str, object]] = list(verdict.findings)
    return VerdictOut(
        passed=verdict.passed, run=verdict.run, at=verdict.at, findings=[dict(each) for each in findings]
    )


def _promotion_out(promotion: Promotion) -> PromotionOut:
    return PromotionOut(**asdict(promotion))
