"""Profiles as JSON. The members are those of `matcher.profiles.Profile`; its rules are checked there."""

import datetime as dt
import hashlib
from typing import Annotated, Any

from pydantic import Field, RootModel

from api.schemas.common import Answer, Closed, Label, Labels, Query, Reference, Text
from matcher.errors import InvalidInput
from matcher.interactions import local
from matcher.profiles import COLUMNS, MAX_DESCRIPTION, MAX_NAME, Profile, Role, Status, check_ticket

COMMON = frozenset({"id", "organisation", "role", "name", "status"})
Currency = Annotated[str, Field(pattern="^([A-Z]{3})?$", description="ISO 4217")]
Amount = Annotated[float, Field(ge=0, lt=1e15)]
Count = Annotated[int, Field(ge=0, le=10**9)]


class ProfileFields(Closed):
    """A profile's members as a caller writes them. What is left out is unknown."""

    role: Role
    name: Annotated[Text, Field(max_length=MAX_NAME)]
    description: Annotated[Text, Field(max_length=MAX_DESCRIPTION)] = ""
    industries: Labels = ()
    region: Label | Annotated[str, Field(max_length=0)] = ""
    stage: Label | Annotated[str, Field(max_length=0)] = ""
    stages: Labels = ()
    needs: Labels = ()
    offers: Labels = ()
    raising_amount: Amount | None = None
    raising_currency: Currency = ""
    founded: dt.date | None = None
    team_size: Count | None = None
    languages: Labels = ()
    tags: Labels = ()
    exclude: Labels = ()
    conflicts: Labels = ()
    kind: Label | Annotated[str, Field(max_length=0)] = ""
    ticket_min: Amount | None = None
    ticket_max: Amount | None = None
    currency: Currency = ""
    annual_rate: Amount | None = None
    term_months: Count | None = None
    deploying: bool | None = None
    capacity: Count | None = None
    min_load: Count | None = None
    status: Status = Status.ACTIVE
    shared: bool = Field(default=False, description="other organisations may be matched with this partner")


class ProfileIn(ProfileFields):
    """A profile to write. `id` and `organisation` may be given and must then be those of the address."""

    id: Reference | None = None
    organisation: Text | None = None

    def profile(self, organisation: str, profile_id: str) -> Profile:
        """The profile that this describes.

        Raises:
            InvalidInput: another id or organisation than the address has, a member that the role does not
                have, or a rule of `Profile`.
        """
        _check_same("id", self.id, profile_id)
        _check_same("organisation", self.organisation, organisation)
        values = self.model_dump(exclude={"id", "organisation"})
        _check_role(self.role, self.model_dump(exclude_defaults=True))
        made = Profile(organisation=organisation, id=profile_id, **values)
        check_ticket(made)
        return made


class ProfilePatch(RootModel[dict[str, Any]]):
    """A JSON Merge Patch (RFC 7396): members to set; null makes a member unknown again."""


class ProfileOut(ProfileFields):
    """A profile as the caller may see it. `id` is as the caller's organisation writes it."""

    id: str
    organisation: str


class ProfileAnswer(ProfileOut, Answer):
    """One profile."""


class ProfileListQuery(Query):
    """Which profiles to list."""

    search: Annotated[Text, Field(max_length=200)] = Field(default="", description="in name, tags and id")
    role: Role | None = None
    cursor: Annotated[Text, Field(max_length=4000)] = Field(
        default="", description="next_cursor of the page before"
    )
    limit: int = Field(default=50, ge=1, le=200)


class ProfilePage(Answer):
    """Some profiles; `next_cursor` is null on the last page."""

    profiles: list[ProfileOut]
    next_cursor: str | None


def profile_out(profile: Profile, organisation: str) -> ProfileOut:
    """The profile as `organisation` writes it. What the store has is not checked again."""
    return ProfileOut.model_construct(**_members(profile, organisation))


def profile_answer(profile: Profile, organisation: str, request_id: str) -> ProfileAnswer:
    """The profile as an answer of its own."""
    return ProfileAnswer.model_construct(**_members(profile, organisation), request_id=request_id)


def etag_of(profile: Profile) -> str:
    """A tag that changes whenever the profile does."""
    text = ProfileOut.model_construct(**_members(profile, profile.organisation)).model_dump_json()
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def merged(profile: Profile, patch: ProfilePatch) -> dict[str, Any]:
    """The profile's JSON with the patch applied, not yet checked. It has no objects within to merge."""
    document = ProfileOut.model_construct(**_members(profile, profile.organisation)).model_dump(mode="json")
    document |= patch.root
    return {name: value for name, value in document.items() if value is not None}


def _members(profile: Profile, organisation: str) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in ProfileFields.model_fields}
    return {**values, "id": local(organisation, profile.key), "organisation": profile.organisation}


def _check_same(field: str, given: str | None, expected: str) -> None:
    if given is not None and given != expected:
        raise InvalidInput(field, given, f"must be {expected!r} as in the address", "leave it out")


def _check_role(role: Role, given: dict[str, object]) -> None:
    """Refuse what no profile of the role has."""
    known = COMMON.union(COLUMNS[role], set() if role is Role.STARTUP else {"shared"})
    for field in sorted(given.keys() - known):
        raise InvalidInput(field, given[field], f"is nothing that a {role} has", "leave it out")
