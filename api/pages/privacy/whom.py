"""Whom a page is about: a profile or a person of the own organisation, and what their name is."""

from dataclasses import dataclass

from api.access import current_scope
from api.accounts.inviting import check_rank
from api.pages.profiles.acting import own
from api.principals import Principal
from matcher.erasures import Whom
from matcher.errors import NotFound
from matcher.people import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about, and how they are called where somebody has to type it."""

    whom: Whom
    name: str


def profile(reference: str) -> Subject:
    """The own organisation's profile, or NotFound: a shared partner is its own office's to hand over."""
    found = own(reference)
    return Subject(Whom(found.organisation, found.id), found.name)


def person(person_id: str) -> Subject:
    """A person of the own organisation, or NotFound; admins are admins' business alone (Forbidden)."""
    found = someone(person_id)
    return Subject(Whom(found.organisation, person_id=found.id), found.email)


def someone(person_id: str) -> Person:
    """The person behind an id; see `person`."""
    scope = current_scope()
    found = scope.store.people.get(person_id)
    if found.organisation != scope.organisation:
        raise NotFound("there is no such person")
    check_rank(scope.principal, found.role)
    return found


def by_role_and_id(principal: Principal) -> str:
    """Who asked, as receipts have it: without a name."""
    return f"{principal.role} {principal.person_id}".rstrip()
