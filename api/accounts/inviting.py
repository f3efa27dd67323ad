"""Who may invite whom, and how invitations and new links reach people."""

import datetime as dt
from dataclasses import dataclass

from api.accounts.links import new_link
from api.accounts.mails import Mail, News, send
from api.accounts.offices import office_name
from api.principals import Caller, Principal, check_profile
from api.sending.failures import NotSent
from api.settings import Settings
from matcher.errors import Conflict, Forbidden
from matcher.people import Person, Purpose, Standing, Tongue, email_of
from matcher.store import Store


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to be invited: an e-mail address and a role, the profile of a member, perhaps a name and the
    language of the invitation (None: the organisation's)."""

    email: str
    role: Caller
    profile_id: str = ""
    name: str = ""
    language: Tongue | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a link reached its person: mailed, or not, and why ("" where no mail server is set)."""

    link: str
    mailed: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """How links are made and go out: the store, the settings of mails, what links begin with, the time."""

    store: Store
    settings: Settings
    address: str
    at: dt.datetime


def check_rank(actor: Principal, role: str) -> None:
    """Refuse what only admins may do: inviting admins, and changing their accounts.

    Raises:
        Forbidden: the role is an admin's and the actor is none.
    """
    if Caller(role) is Caller.ADMIN and actor.role is not Caller.ADMIN:
        raise Forbidden("only an admin may invite admins or change their accounts")


def invite(store: Store, organisation: str, newcomer: Newcomer, by: str) -> Person:
    """The person as invited. One who was invited before and has not accepted is invited again, as they were.

    Raises:
        InvalidInput: no e-mail address; a member without profile, an office caller with one, another role's.
        NotFound: no such profile or organisation.
        Conflict: the address signs somebody in already, or was invited as something else.
    """
    check_profile(store, Principal(organisation, newcomer.role, newcomer.profile_id))
    known = store.people.find(email_of(newcomer.email))
    if known is not None:
        return _again(known, organisation, newcomer)
    return store.people.add(
        organisation,
        newcomer.email,
        role=newcomer.role.value,
        profile_id=newcomer.profile_id,
        name=newcomer.name,
        language=newcomer.language or store.offices.settings(organisation).language or "zh",
        by=by,
    )


def deliver(person: Person, post: Post) -> Delivery:
    """Make the person a new link, to accept the invitation or to take a new password, and mail it.

    Where there is no mail server, or it refuses, the link is for the office to hand over.
    """
    invited = person.standing is Standing.INVITED
    purpose, news = (Purpose.INVITE, News.INVITATION) if invited else (Purpose.RESET, News.RESET)
    link = new_link(post.store, person, purpose, post.address, post.at)
    mail = Mail(person, news, office_name(post.store, person.organisation), link)
    try:
        return Delivery(link, send(mail, post.settings))
    except NotSent as error:
        return Delivery(link, mailed=False, trouble=error.why)


def _again(known: Person, organisation: str, newcomer: Newcomer) -> Person:
    same = (known.organisation, known.role, known.profile_id) == (
        organisation,
        newcomer.role.value,
        newcomer.profile_id,
    )
    if not same or known.standing is not Standing.INVITED:
        raise Conflict(f"somebody signs in as {known.email} already: use another address")
    return known
