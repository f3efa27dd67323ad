"""Awards of a review panel as JSON: ranks, ties, the reserve list, and how lenient reviewers were."""

from collections.abc import Mapping
from fractions import Fraction

from pydantic import BaseModel

from api.schemas.common import Answer
from api.schemas.matches import Language
from matcher.panel.awards import Outcome
from matcher.panel.ranking import Leniency, Ranked
from matcher.panel.report import Result
from matcher.panel.tables import names_of
from matcher.panel.values import PanelSettings
from matcher.panel.wording import (
    award_sentence,
    budget_sentence,
    leniency_sentence,
    method_sentence,
    tie_sentence,
)


class LeniencyOut(BaseModel):
    """What a reviewer gives above (or below 0) the mean of all scores."""

    reviewer: str
    name: str
    count: int
    mean: float | None
    above: float | None
    sentence: str


class RankedOut(BaseModel):
    """One application: its place, both means, and what it is awarded. `tie` says how a tie was broken."""

    rank: int | None
    application: str
    title: str
    startup_id: str
    mean: float | None
    centred_mean: float | None
    scores: dict[str, float]
    tie: str
    outcome: Outcome
    awarded: int
    reserve: int | None
    asked: int | None
    least: int | None
    sentence: str


class AwardsAnswer(Answer):
    """The awarded by rank, the reserve list in order, then the others. `tag` changes with any of it."""

    panel_id: str
    version: int
    decided: bool
    tag: str
    currency: str
    budget: int | None
    spent: int
    left: int | None
    method: str
    summary: str
    awards: list[RankedOut]
    leniencies: list[LeniencyOut]

    @classmethod
    def told(cls, result: Result, request_id: str, language: Language) -> "AwardsAnswer":
        """The result in words."""
        panel = result.panel
        names = {reviewer.id: reviewer.name for reviewer in panel.reviewers}
        return cls(
            request_id=request_id,
            panel_id=panel.id,
            version=panel.version,
            decided=result.decided,
            tag=result.tag,
            currency=panel.settings.currency,
            budget=result.awards.budget,
            spent=result.awards.spent,
            left=result.awards.left,
            method=method_sentence(panel.settings, language),
            summary=budget_sentence(result.awards, panel.settings, language),
            awards=_awards(result, language),
            leniencies=[_leniency(one, names[one.reviewer], language) for one in result.ranking.leniencies],
        )


def _awards(result: Result, language: Language) -> list[RankedOut]:
    names, settings = names_of(result.panel), result.panel.settings
    told = []
    for award in result.awards.awards:
        ranked, application = result.by_id[award.application.id], award.application
        told.append(
            RankedOut(
                rank=award.rank,
                application=application.id,
                title=application.title,
                startup_id=application.startup_id,
                mean=_number(ranked.raw),
                centred_mean=_number(ranked.centred),
                scores={reviewer: float(score) for reviewer, score in ranked.scores},
                tie=_tie(ranked, names, settings, language),
                outcome=award.outcome,
                awarded=award.amount,
                reserve=award.reserve,
                asked=application.asked,
                least=application.least,
                sentence=award_sentence(award, ranked, settings, language),
            )
        )
    return told


def _tie(ranked: Ranked, names: Mapping[str, str], settings: PanelSettings, language: Language) -> str:
    return tie_sentence(ranked.tie, names, settings, language) if ranked.tie else ""


def _leniency(leniency: Leniency, name: str, language: Language) -> LeniencyOut:
    return LeniencyOut(
        reviewer=leniency.reviewer,
        name=name,
        count=leniency.count,
        mean=_number(leniency.mean),
        above=_number(leniency.above),
        sentence=leniency_sentence(leniency, name, language),
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
