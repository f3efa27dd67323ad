"""Review panels as JSON: what is asked."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from api.schemas.common import Closed, Query, Reference, Text
from api.schemas.matches import Language
from api.schemas.profiles import Currency
from api.spreadsheets import FileKind
from matcher.panel.changes import Score
from matcher.panel.criteria import MOST_CRITERIA, MOST_WEIGHT
from matcher.panel.documents import application_of, reviewer_of, settings_of
from matcher.panel.values import (
    LARGEST_AMOUNT,
    LONGEST_CALL,
    MOST_APPLICATIONS,
    MOST_REVIEWERS,
    Application,
    PanelSettings,
    RankBy,
    Reviewer,
    Sharing,
    TieBreak,
)

MOST_SCORES = 5000
LONGEST_COMMENT = 5000
Whole = Annotated[int, Field(ge=1, lt=LARGEST_AMOUNT, description="whole units of the panel's currency")]
Figure = Annotated[float, Field(ge=-1e6, le=1e6)]
Name = Annotated[Text, Field(min_length=1, max_length=300)]
Why = Annotated[Text, Field(max_length=2000)]


class PanelQuery(Query):
    """In which language sentences are told."""

    lang: Language = "zh"


class PanelTableQuery(PanelQuery):
    """As which file."""

    format: FileKind = FileKind.XLSX


class CriterionIn(Closed):
    """What is marked, and what its mark weighs against the others'."""

    name: Name
    weight: int = Field(default=1, ge=1, le=MOST_WEIGHT)
    help: Annotated[Text, Field(max_length=1000)] = ""


class SettingsIn(Closed):
    """How a panel works. What is left out is as by default."""

    each: int = Field(default=3, ge=1, le=100, description="reviewers of an application")
    per_firm: int | None = Field(default=None, ge=1, description="of one firm at most, for an application")
    score_min: Figure = 0.0
    score_max: Figure = 100.0
    rank_by: RankBy = RankBy.RAW
    tie_breaks: tuple[TieBreak, ...] = PanelSettings().tie_breaks
    quorum: int | None = Field(default=None, ge=1, description="scores needed to be ranked; null: all")
    pass_mark: Figure | None = None
    currency: Currency = "CNY"
    budget: Annotated[int, Field(ge=0, lt=LARGEST_AMOUNT)] | None = None
    cap: Whole | None = Field(default=None, description="of one award")
    step: Whole = 1
    sharing: Sharing = Sharing.IN_ORDER
    call: Annotated[Text, Field(max_length=LONGEST_CALL, description="what it is for")] = ""
    due: dt.date | None = Field(default=None, description="the day by whose end scores are asked for")
    criteria: Annotated[tuple[CriterionIn, ...], Field(max_length=MOST_CRITERIA)] = ()

    def settings(self) -> PanelSettings:
        """The settings that this describes."""
        return settings_of(self.model_dump(mode="json"))


class ApplicationIn(Closed):
    """What a startup applies with; `id` is the startup's where it is left out."""

    startup_id: Reference
    id: Name | None = None
    title: Annotated[Text, Field(max_length=300)] = ""
    asked: Whole | None = None
    least: Whole | None = Field(default=None, description="the least amount that would be of use")
    withdrawn: bool = False

    def application(self) -> Application:
        """The application that this describes."""
        return application_of(self.model_dump() | {"id": self.id or self.startup_id})


class ReviewerIn(Closed):
    """An expert: a mentor or investor by `partner_id`, or anybody by name. `id` and `name` are the partner's
    where they are left out."""

    partner_id: Reference | Annotated[str, Field(max_length=0)] = ""
    id: Name | None = None
    name: Name | None = None
    firm: Annotated[Text, Field(max_length=300)] = ""
    conflicts: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    least: int = Field(default=0, ge=0, le=10_000)
    most: int | None = Field(default=None, ge=0, le=10_000)

    def reviewer(self, partner_name: str) -> Reviewer:
        """The reviewer that this describes; `partner_name` is the profile's, "" where there is none."""
        given = self.model_dump()
        name = self.name or partner_name or self.id or ""
        return reviewer_of(given | {"id": self.id or self.partner_id or name, "name": name})


Applications = Annotated[list[ApplicationIn], Field(min_length=1, max_length=MOST_APPLICATIONS)]
Reviewers = Annotated[list[ReviewerIn], Field(min_length=1, max_length=MOST_REVIEWERS)]


class PanelIn(Closed):
    """A new panel."""

    name: Name
    id: Reference | None = None
    settings: SettingsIn = SettingsIn()
    applications: Applications
    reviewers: Reviewers


class ChangeIn(Closed):
    """Why something is changed, and the version that was seen: 409 where the panel has changed since."""

    why: Why = ""
    version: int | None = Field(default=None, ge=1, le=2**31 - 1)


class PanelPatch(ChangeIn):
    """What is to be different; each part that is given is given whole."""

    name: Name | None = None
    settings: SettingsIn | None = None
    applications: Applications | None = None
    reviewers: Reviewers | None = None


class DecisionIn(ChangeIn):
    """A decision; `tag` is that of the awards that were looked at: 409 where they are others by now."""

    tag: Annotated[str, Field(max_length=64)] = ""


class ReopenIn(ChangeIn):
    """A reason is needed."""

    why: Annotated[Text, Field(min_length=1, max_length=2000)]


class ScoreIn(Closed):
    """One score; null takes back what was recorded."""

    application: Name
    reviewer: Name
    score: Figure | None
    comment: Annotated[Text, Field(max_length=LONGEST_COMMENT)] = ""
    marks: Annotated[tuple[Figure, ...], Field(max_length=MOST_CRITERIA)] = Field(
        default=(), description="one for each criterion; they make the score"
    )

    def value(self) -> Score:
        """The score that this describes."""
        return Score(**self.model_dump())


class RecusalIn(ChangeIn):
    """A conflict of interest that a reviewer declares; `reviewer` may be left out by the reviewer itself."""

    application: Name
    reviewer: Name | None = None


class ScoresIn(Closed):
    """Scores to record, all or none."""

    scores: Annotated[list[ScoreIn], Field(min_length=1, max_length=MOST_SCORES)]
