"""Match lists and explanations as JSON."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.schemas.common import Answer, LabelList, Query
from matcher.matching.answers import Explanation, Filters, Funnel, Match, MatchList, PairScore, Reason, Warmth
from matcher.matching.wording import rule_sentence, sentence
from matcher.profiles import Role

Language = Literal["zh", "en"]
MOST_MATCHES = 100
UNAVAILABLE: dict[Language, str] = {"zh": "目前不可匹配", "en": "Not available for matching at present"}
"""What a member is told of any rule: which one it was may be the other side's business (a conflict)."""


class RankedHeaders(BaseModel):
    """What the headers of every answer that ranks say, also where the body says it."""

    model_version: str = Field(alias="X-Model-Version", description="the model version that answered")


class PartnerRole(StrEnum):
    """Which partners are looked for; "partner" is both in one list."""

    MENTOR = "mentor"
    INVESTOR = "investor"
    PARTNER = "partner"

    @property
    def role(self) -> Role | None:
        """The profile role; None for both."""
        return None if self is PartnerRole.PARTNER else Role(self.value)


class ListQuery(Query):
    """How long a list, and what its lines must have: at least one label of each parameter given."""

    k: int = Field(default=10, ge=1, le=MOST_MATCHES, description="how many at most")
    lang: Language = Field(default="zh", description="the language of the sentences")
    industries: LabelList = Field(default_factory=tuple)
    regions: LabelList = Field(default_factory=tuple)
    stages: LabelList = Field(default_factory=tuple)
    offers: LabelList = Field(default_factory=tuple)
    languages: LabelList = Field(default_factory=tuple)
    tags: LabelList = Field(default_factory=tuple, description="the office's own: not for members")

    def filters(self) -> Filters:
        """The must-haves among the parameters."""
        return Filters(**self.model_dump(include=set(Filters.__dataclass_fields__)))


class StartupListQuery(ListQuery):
    """What to look for on behalf of a startup."""

    role: PartnerRole = PartnerRole.PARTNER
    spread: bool = Field(
        default=False,
        description="who is shown to everyone makes room for some who are shown little and nearly as good",
    )


class ExplanationQuery(Query):
    """Against how long a list the pair is held."""

    k: int = Field(
        default=10, ge=1, le=MOST_MATCHES, description="length of the list that the pair is held against"
    )
    lang: Language = "zh"


class ReasonOut(BaseModel):
    """One term of the score, in words. `base` and all points add up to the score.

    `uncertain`: it rests on little, and the sentence says so.
    """

    signal: str
    points: float
    sentence: str
    facts: dict[str, Any]
    uncertain: bool = False


class PairOut(BaseModel):
    """One pair's score and both halves, as probabilities."""

    startup_id: str
    partner_id: str
    role: Role = Field(description="the partner's")
    score: float
    p_startup: float
    p_partner: float
    base: float
    reasons: list[ReasonOut]
    warmth: Warmth
    computed: Literal[True] = Field(
        default=True, description="the score was computed automatically; base and reasons add up to it"
    )


class MatchOut(PairOut):
    """One line of a match list; rank 1 is best."""

    rank: int
    name: str
    spread: bool = Field(description="took the place of a partner who is shown to many")


class FunnelOut(BaseModel):
    """How many were left after each step. Only the office sees which rule `removed` how many."""

    pool: int
    eligible: int
    capacity_left: int
    returned: int
    removed: dict[str, int]


class MatchAnswer(Answer):
    """A match list. `model_version` is "profiles-only" before any training."""

    model_version: str
    query_id: str
    role: Role | Literal["partner"] = Field(description="what was looked for")
    warmth: Warmth
    funnel: FunnelOut
    matches: list[MatchOut]


class ExplanationAnswer(Answer):
    """Why one pair is in the list, or why not."""

    model_version: str
    pair: PairOut
    removed_by: list[ReasonOut] = Field(description="the rules that make the pair ineligible")
    rank: int | None = Field(description="among the eligible; null where the pair is not")
    eligible: int
    k: int
    listed_score: float | None = Field(description="score of the last line of a list of k")
    lacking: float = Field(description="how far the pair is below it")


def match_answer(found: MatchList, request_id: str, *, language: Language, whole: bool) -> MatchAnswer:
    """The list in words. Not `whole`: without the counts that could tell of others' private rules."""
    return MatchAnswer(
        request_id=request_id,
        model_version=found.model_version,
        query_id=found.query_id,
        role=found.role or "partner",
        warmth=found.warmth,
        funnel=_funnel(found.funnel, whole=whole),
        matches=[_match(match, language) for match in found.matches],
    )


def explanation_answer(
    found: Explanation, request_id: str, *, language: Language, whole: bool
) -> ExplanationAnswer:
    """The explanation in words. Not `whole`: ineligible, without saying by which of others' private rules."""
    return ExplanationAnswer(
        request_id=request_id,
        model_version=found.model_version,
        pair=PairOut(**pair_out(found.pair, language)),
        removed_by=_rules(found.removed_by, language, whole=whole),
        rank=found.rank,
        eligible=found.eligible,
        k=found.k,
        listed_score=found.listed_score,
        lacking=found.lacking,
    )


def _rules(rules: tuple[Reason, ...], language: Language, *, whole: bool) -> list[ReasonOut]:
    if rules and not whole:
        return [ReasonOut(signal="unavailable", points=0.0, sentence=UNAVAILABLE[language], facts={})]
    return [_reason(rule, language, rule_sentence) for rule in rules]


def _match(match: Match, language: Language) -> MatchOut:
    return MatchOut(rank=match.rank, name=match.name, spread=match.spread, **pair_out(match.pair, language))


def pair_out(pair: PairScore, language: Language) -> dict[str, Any]:
    """The members of a PairOut."""
    return {
        "startup_id": pair.startup_id,
        "partner_id": pair.partner_id,
        "role": pair.role,
        "score": pair.score,
        "p_startup": pair.p_startup,
        "p_partner": pair.p_partner,
        "base": pair.base,
        "reasons": [_reason(reason, language, sentence) for reason in pair.reasons],
        "warmth": pair.warmth,
    }


def _reason(reason: Reason, language: Language, words: Callable[[Reason, Language], str]) -> ReasonOut:
    return ReasonOut(
        signal=reason.signal,
        points=reason.points,
        sentence=words(reason, language),
        facts=dict(reason.facts),
        uncertain=reason.uncertain,
    )


def _funnel(funnel: Funnel, *, whole: bool) -> FunnelOut:
    return FunnelOut(
        pool=funnel.pool,
        eligible=funnel.eligible,
        capacity_left=funnel.capacity_left,
        returned=funnel.returned,
        removed=dict(funnel.removed) if whole else {},
    )
