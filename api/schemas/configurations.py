"""The configuration of a match run as JSON."""

from typing import Annotated

from pydantic import AfterValidator, Field

from api.schemas.common import Closed, Label, Labels, Reference
from matcher.assignment.problem import Importance, Objective
from matcher.cohorts.configuration import (
    MOST_ALTERNATES,
    MOST_MEETINGS,
    MOST_SLOTS,
    Configuration,
    configuration_of,
)
from matcher.profiles import PARTNER_ROLES, Role

MOST_PEOPLE = 10_000


def _each_once(labels: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(labels)) < len(labels):
        raise ValueError("must name each slot once")
    return labels


Absences = Annotated[tuple[Label, ...], Field(max_length=MOST_SLOTS), AfterValidator(_each_once)]
Meetings = Annotated[int, Field(ge=0, le=MOST_MEETINGS)]
PartnerRole = Annotated[Role, Field(json_schema_extra={"enum": [role.value for role in PARTNER_ROLES]})]


class MustHaves(Closed):
    """Whoever is met has at least one label of each list given."""

    industries: Labels = ()
    regions: Labels = ()
    stages: Labels = ()
    offers: Labels = ()
    languages: Labels = ()
    tags: Labels = ()


class SlotsIn(Closed):
    """The times of a meeting day, and by id who is away when. Nobody is in two places at once."""

    labels: Annotated[tuple[Label, ...], Field(min_length=1, max_length=MOST_SLOTS)]
    away: Annotated[dict[Reference, Absences], Field(max_length=MOST_PEOPLE)] = Field(default_factory=dict)


class ConfigurationIn(Closed):
    """What a match run is asked for."""

    role: PartnerRole
    objective: Objective = Field(
        default=Objective.NOBODY_LEFT_OUT,
        description="highest_total, nobody_left_out, fairest (to the worst-off) or fewest_changes (against "
        "the published run)",
    )
    startup_min: Meetings = Field(default=0, description="meetings of each startup, at least")
    startup_max: Annotated[int, Field(ge=1, le=MOST_MEETINGS)] = 3
    capacity: Meetings = Field(default=3, description="places of a partner whose profile declares none")
    capacities: Annotated[dict[Reference, Meetings], Field(max_length=MOST_PEOPLE)] = Field(
        default_factory=dict, description="places of some partners in this run, by id"
    )
    per_firm: Annotated[int, Field(ge=1, le=MOST_MEETINGS)] | None = Field(
        default=None,
        description="at most so many partners of one firm for a startup; a partner's firm is its tag "
        "`firm:NAME` or `机构:NAME`",
    )
    must_have: MustHaves = Field(default_factory=MustHaves)
    must_meet: Labels = Field(
        default=(),
        description="services: a startup that needs one of them meets only partners who offer one it needs",
    )
    startup_importance: Importance = Field(
        default=Importance.MUST, description="how far startup_min may give way"
    )
    partner_importance: Importance = Field(
        default=Importance.MUST, description="how far partners' minimum loads may give way"
    )
    firm_importance: Importance = Field(default=Importance.MUST, description="how far per_firm may give way")
    slots: SlotsIn | None = None
    alternates: Annotated[int, Field(ge=0, le=MOST_ALTERNATES)] = Field(
        default=5, description="kept for each startup"
    )
    arcs: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=50, description="candidates tried first for each startup; more where they could be better"
    )

    def configuration(self) -> Configuration:
        """The configuration that this describes.

        Raises:
            InvalidInput: a minimum above the maximum, a slot that comes twice, a role that is no partner's.
        """
        return configuration_of(self.model_dump(mode="json"))
