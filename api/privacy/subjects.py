"""Whom an export or an erasure is about: a profile or a person of the own organisation, by their ids."""

from dataclasses import dataclass

from flask import current_app

from api.access import current_scope, current_services
from api.accounts.inviting import check_rank
from api.principals import Principal
from api.settings import Settings
from matcher.erasing.doing import FINISH, erase
from matcher.erasures import Receipt, Whom
from matcher.errors import Forbidden, InvalidInput, NotFound
from matcher.people import Person
from matcher.text.comparable import comparable


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about, and how they are called where somebody has to type it."""

    whom: Whom
    name: str


def profile(reference: str) -> Subject:
    """The own organisation's profile, or NotFound: a shared partner is its own office's to hand over."""
    scope = current_scope()
    found = scope.profile(scope.writable(reference))
    return Subject(Whom(found.organisation, found.id), found.name)


def person(person_id: str) -> Subject:
    """A person of the own organisation, or NotFound; admins are admins' business alone (Forbidden)."""
    found = someone(person_id)
    return Subject(Whom(found.organisation, person_id=found.id), found.email)


def another(person_id: str) -> Subject:
    """Somebody else: who erases is there afterwards, and answers for it.

    Raises:
        Forbidden: it is the caller.
    """
    if person_id == current_scope().principal.person_id:
        raise Forbidden("nobody erases their own account: ask for it, and a colleague does it")
    return person(person_id)


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


def erase_for_good(subject: Subject, name: str) -> Receipt:
    """Erase the subject, whose name was typed; what is left to do is queued.

    Raises:
        InvalidInput: it is not the name; nothing was erased.
        Conflict: the weekly run or a match run is at work; nothing was erased.
    """
    if comparable(name) != comparable(subject.name):
        raise InvalidInput("name", name, "is not the name of whom to erase", "nothing was erased")
    services, scope = current_services(), current_scope()
    settings: Settings = current_app.extensions["bole-settings"]
    asked_by = by_role_and_id(scope.principal)
    receipt = erase(services.store, services.registry, settings.jobs_folder, subject.whom, asked_by)
    services.queue_job(FINISH, {})
    return receipt
