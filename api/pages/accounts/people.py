"""The office's list of people: who signs in for whom, inviting them, and letting them go."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope, current_services
from api.accounts.inviting import Newcomer, Post, check_rank, deliver, invite
from api.accounts.mails import News
from api.office import office, zone
from api.pages.accounts.account import tell_by_mail
from api.pages.accounts.fields import field
from api.pages.accounts.places import address, current_settings
from api.pages.blueprint import pages
from api.pages.parameters import text
from api.pages.rendering import page
from api.pages.said import said, say
from api.principals import MEMBERS, OFFICE, Caller
from matcher.errors import Conflict, Forbidden, InvalidInput, NotFound
from matcher.interactions import qualified
from matcher.people import Person, name_of, tongue_of
from matcher.profiles import Profile, Role
from matcher.text.comparable import comparable

MOST_CHOICES = 10
PAGE_SIZE = 50


@pages.get("/people")
@allow(*OFFICE, cookie=True)
def people() -> Response:
    """Everybody who signs in for the organisation or one of its profiles."""
    return _people_page(typed=_for_profile(request.args.get("profile", "")))


@pages.post("/people")
@allow(*OFFICE, cookie=True)
def invite_person() -> AnyResponse:
    """Invite somebody: the link is mailed, or shown to be handed over."""
    scope = current_scope()
    try:
        newcomer = _newcomer(scope)
        person = invite(scope.store, scope.organisation, newcomer, scope.principal.who)
    except InvalidInput as error:
        return _people_page(422, typed=request.form, fault=_fault_of(error), fault_field=error.field)
    except Conflict:
        fault = _("This address signs somebody in already. Use another one.")
        return _people_page(409, typed=request.form, fault=fault, fault_field="email")
    return _link_sent(person)


@pages.post("/people/<person_id>/link")
@allow(*OFFICE, cookie=True)
def send_link(person_id: str) -> AnyResponse:
    """Send another invitation, or to who accepted one a link for a new password."""
    person = _theirs(person_id)
    if not person.active:
        raise Conflict(f"{person.email} was deactivated: activate the account first")
    return _link_sent(person)


@pages.post("/people/<person_id>/deactivate")
@allow(*OFFICE, cookie=True)
def deactivate_person(person_id: str) -> AnyResponse:
    """Let somebody in no more; what they have open ends at once. It can be undone."""
    person = _theirs(person_id)
    if person.id == g.principal.person_id:
        raise Forbidden("nobody deactivates their own account: ask a colleague")
    current_services().store.people.deactivate(person.id)
    return _done("deactivated", person)


@pages.post("/people/<person_id>/activate")
@allow(*OFFICE, cookie=True)
def activate_person(person_id: str) -> AnyResponse:
    """Let somebody in again, with the password they had."""
    person = current_services().store.people.activate(_theirs(person_id).id)
    return _done("activated", person)


@pages.post("/people/<person_id>/codes-off")
@allow(*OFFICE, cookie=True)
def drop_codes(person_id: str) -> AnyResponse:
    """Ask somebody for no codes, who has lost the telephone and the recovery codes; they are told by mail."""
    person = _theirs(person_id)
    current_services().store.people.ask_for_no_codes(person.id)
    tell_by_mail(person, News.CODES_OFF)
    return _done("codes-dropped", person)


@pages.post("/people/<person_id>/sign-on-forgotten")
@allow(Caller.ADMIN, cookie=True)
def forget_sign_on(person_id: str) -> AnyResponse:
    """Forget which account at the provider is somebody's: they have got another one there."""
    person = _theirs(person_id)
    current_services().store.sign_on.unlink(person.id)
    return _done("sign-on-forgotten", person)


def _people_page(
    status: int = 200, *, typed: Mapping[str, str], fault: str = "", fault_field: str = ""
) -> Response:
    scope = current_scope()
    search, cursor = text("q"), text("cursor")
    found, following = scope.store.people.page(
        scope.organisation, search=search, after=cursor, limit=PAGE_SIZE
    )
    keys = {
        each.profile_id: qualified(scope.organisation, each.profile_id) for each in found if each.profile_id
    }
    names = scope.store.names(keys.values())
    coded = scope.store.second_steps.of(scope.organisation)
    return page(
        "accounts/people.html",
        status,
        people=found,
        search=search,
        cursor=cursor,
        next_cursor=following,
        profile_names={id_: names.get(key, "") for id_, key in keys.items()},
        may_change=_may_change,
        roles=[role for role in Caller if role is not Caller.ADMIN or scope.principal.role is Caller.ADMIN],
        coded=coded,
        coded_roles=[role for role in Caller if role in coded],
        typed=typed,
        fault=fault,
        fault_field=fault_field,
        said=said() if status < 400 else {},
        zone=zone(),
        first_language=office().language,
    )


def _for_profile(reference: str) -> dict[str, str]:
    """The form of an invitation for a profile that a link names; an empty one where it is none of ours."""
    try:
        return {"profile": reference, "role": current_scope().profile(reference).role.value}
    except NotFound:
        return {}


def _newcomer(scope: Scope) -> Newcomer:
    """Whom the form invites.

    Raises:
        InvalidInput: something is missing or no such thing; its `rule` is for the reader.
        Forbidden: an admin, by who is none.
    """
    role, name = field("role"), field("name")
    if role not in set(Caller):
        raise InvalidInput("role", role, _("Choose what they are."))
    check_rank(scope.principal, role)
    caller = Caller(role)
    profile_id = _profile(scope, Role(role), field("profile")) if caller in MEMBERS else ""
    language = tongue_of(field("language")) if field("language") else None
    return Newcomer(field("email"), caller, profile_id, name_of(name) if name else "", language)


def _profile(scope: Scope, role: Role, typed: str) -> str:
    """The id of the organisation's profile that was typed: its id, or its name.

    Raises:
        InvalidInput: none or several.
    """
    found = _meant(scope, role, typed) if typed else []
    if len(found) == 1:
        return found[0].id
    if not found:
        raise InvalidInput("profile", typed, _("There is no such profile of this role. Type its id or name."))
    several = ", ".join(f"{each.name} ({each.id})" for each in found)
    raise InvalidInput(
        "profile", typed, _("Several are called so. Type the id: %(several)s", several=several)
    )


def _meant(scope: Scope, role: Role, typed: str) -> list[Profile]:
    try:
        known = scope.profile(typed)
        if known.role is role and known.organisation == scope.organisation:
            return [known]
    except NotFound:
        pass
    listed = scope.store.page(scope.organisation, roles=(role,), search=typed, limit=MOST_CHOICES).profiles
    own = [each for each in listed if each.organisation == scope.organisation]
    return [each for each in own if comparable(each.name) == comparable(typed)] or own


def _fault_of(error: InvalidInput) -> str:
    """What is wrong with a field, in the reader's words."""
    own: dict[str, str] = {
        "email": _("This is no e-mail address."),
        "name": _("A name has up to 100 characters."),
    }
    return own.get(error.field, error.rule)


def _theirs(person_id: str) -> Person:
    """A person of the organisation whom the caller may change.

    Raises:
        NotFound: nobody, or somebody of another organisation.
        Forbidden: an admin, and the caller is none.
    """
    scope = current_scope()
    person = scope.store.people.get(person_id)
    if person.organisation != scope.organisation:
        raise NotFound("there is no such person")
    check_rank(scope.principal, person.role)
    return person


def _may_change(person: Person) -> bool:
    """Whether the reader may change this account: not their own, and admins' only as an admin."""
    return person.id != g.principal.person_id and (
        person.role != Caller.ADMIN or g.principal.role is Caller.ADMIN
    )


def _link_sent(person: Person) -> AnyResponse:
    services, settings = current_services(), current_settings()
    start = settings.address if settings.smtp else address()
    delivery = deliver(person, Post(services.store, settings, start, services.clock()))
    by_hand = {"link": delivery.link, "trouble": delivery.trouble[:200]}
    shown: dict[str, Any] = {} if delivery.mailed else by_hand
    return _done("link", person, mailed=delivery.mailed, standing=person.standing.value, **shown)


def _done(what: str, person: Person, **facts: Any) -> AnyResponse:
    say(what, person=person.id, name=person.called, **facts)
    return redirect(url_for("pages.people"), 303)
