"""Review panels as JSON: what is answered."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from api.schemas.common import Answer
from api.schemas.matches import Language
from api.schemas.panels import ApplicationIn, SettingsIn
from matcher.panel.building import Pair
from matcher.panel.changes import EventKind, PanelEvent
from matcher.panel.conflicts import Conflict
from matcher.panel.documents import document_of
from matcher.panel.phrases import CONFLICTS
from matcher.panel.values import Panel, PanelStatus, Reviewer
from matcher.panel.wording import (
    method_sentence,
)


class ApplicationOut(ApplicationIn):
    """An application as it stands."""

    id: str


class ReviewerOut(BaseModel):
    """A reviewer, how many applications are assigned, and of how many the score is in."""

    id: str
    name: str
    partner_id: str
    firm: str
    conflicts: list[str]
    least: int
    most: int | None
    load: int
    scored: int


class PanelOut(BaseModel):
    """A panel in figures."""

    id: str
    name: str
    status: PanelStatus
    version: int
    applications_count: int
    reviewers_count: int
    reviews: int
    scored: int

    @classmethod
    def of(cls, panel: Panel) -> "PanelOut":
        """The figures of a panel."""
        return cls(**_figures(panel))


class PanelsAnswer(Answer):
    """The organisation's panels, the newest first."""

    panels: list[PanelOut]


class PanelAnswer(PanelOut, Answer):
    """One panel; `method` says how it ranks and shares, in words."""

    settings: SettingsIn
    applications: list[ApplicationOut]
    reviewers: list[ReviewerOut]
    method: str

    @classmethod
    def told(cls, panel: Panel, request_id: str, language: Language) -> "PanelAnswer":
        """The panel with its parts."""
        return cls(request_id=request_id, **_figures(panel), **_parts(panel, language))


class ReviewOut(BaseModel):
    """Who reads what. `expertise` is the score of the pair (0…1)."""

    application: str
    title: str
    reviewer: str
    name: str
    expertise: float
    score: float | None
    comment: str
    scored_at: dt.datetime | None
    marks: list[float]


class ReviewsAnswer(Answer):
    """The reviews of a panel; a reviewer's own for itself."""

    reviews: list[ReviewOut]

    @classmethod
    def told(cls, panel: Panel, request_id: str, reviewer: str = "") -> "ReviewsAnswer":
        """The reviews of one reviewer, or of all."""
        return cls(request_id=request_id, reviews=_reviews(panel, reviewer))


class ConflictOut(BaseModel):
    """Who does not read what, and why."""

    application: str
    reviewer: str
    why: Conflict
    sentence: str


class AssignmentAnswer(PanelAnswer):
    """The panel, who reads what, and who may not. Loads lie from `lowest` to `highest`; conflicts or own
    limits keep those `behind` below."""

    review_list: list[ReviewOut]
    conflicts: list[ConflictOut]
    lowest: int
    highest: int
    behind: list[str]

    @classmethod
    def assigned(
        cls,
        panel: Panel,
        facts: Mapping[str, Any],
        conflicts: Mapping[Pair, Conflict],
        request_id: str,
        language: Language,
    ) -> "AssignmentAnswer":
        """The panel after an assignment."""
        told = [
            ConflictOut(application=one, reviewer=other, why=why, sentence=CONFLICTS[language][why])
            for (one, other), why in sorted(conflicts.items())
        ]
        return cls(
            request_id=request_id,
            **_figures(panel),
            **_parts(panel, language),
            review_list=_reviews(panel, ""),
            conflicts=told,
            lowest=facts["lowest"],
            highest=facts["highest"],
            behind=facts["behind"],
        )


class ScoresAnswer(Answer):
    """How many scores were recorded, and how many reviews of the panel still wait."""

    recorded: int
    waiting: int


class EventOut(BaseModel):
    """One change of a panel."""

    version: int
    at: dt.datetime
    by: str
    kind: EventKind
    why: str
    details: dict[str, Any]

    @classmethod
    def of(cls, event: PanelEvent) -> "EventOut":
        """The event as JSON."""
        return cls(**{name: getattr(event, name) for name in cls.model_fields})


class EventsAnswer(Answer):
    """What happened to a panel, the first change first."""

    events: list[EventOut]


def _figures(panel: Panel) -> dict[str, Any]:
    return {
        "id": panel.id,
        "name": panel.name,
        "status": panel.status,
        "version": panel.version,
        "applications_count": len(panel.applications),
        "reviewers_count": len(panel.reviewers),
        "reviews": len(panel.reviews),
        "scored": sum(review.score is not None for review in panel.reviews),
    }


def _parts(panel: Panel, language: Language) -> dict[str, Any]:
    return {
        "settings": SettingsIn.model_validate(document_of(panel.settings)),
        "applications": [
            ApplicationOut(**{name: getattr(each, name) for name in ApplicationOut.model_fields})
            for each in panel.applications
        ],
        "reviewers": [_reviewer(each, panel) for each in panel.reviewers],
        "method": method_sentence(panel.settings, language),
    }


def _reviewer(reviewer: Reviewer, panel: Panel) -> ReviewerOut:
    own = [review for review in panel.reviews if review.reviewer == reviewer.id]
    return ReviewerOut(
        id=reviewer.id,
        name=reviewer.name,
        partner_id=reviewer.partner_id,
        firm=reviewer.firm,
        conflicts=list(reviewer.conflicts),
        least=reviewer.least,
        most=reviewer.most,
        load=len(own),
        scored=sum(review.score is not None for review in own),
    )


def _reviews(panel: Panel, reviewer: str) -> list[ReviewOut]:
    titles = {application.id: application.title for application in panel.applications}
    names = {each.id: each.name for each in panel.reviewers}
    return [
        ReviewOut(
            application=review.application,
            title=titles[review.application],
            reviewer=review.reviewer,
            name=names[review.reviewer],
            expertise=review.expertise,
            score=review.score,
            comment=review.comment,
            scored_at=review.scored_at,
            marks=list(review.marks),
        )
        for review in panel.reviews
        if reviewer in ("", review.reviewer)
    ]
