"""Who comes in: whom an account at the provider is linked to, and whom it is linked to the first time."""

from api.single_sign_on.asking import Told
from api.single_sign_on.refusals import NotSignedOn, Why
from matcher.errors import Conflict, InvalidInput
from matcher.people import MAX_NAME, Person, email_of, name_of
from matcher.single_sign_on import Provider
from matcher.store import Store

BY = "single sign-on"
"""Who invited those that nobody invited."""


def arrived(store: Store, provider: Provider, told: Told) -> Person:
    """The organisation's person whom the provider tells of.

    The account that was linked counts, whatever address it has by now. The first time it is linked to who was
    invited to this organisation, and to no other, with an address that the provider has verified.

    Raises:
        NotSignedOn: there is nobody, or somebody who may not come in.
    """
    known = store.sign_on.person(provider.issuer, told.subject)
    person = known or _invited(store, provider, _verified(told, provider), told.name)
    if person.organisation != provider.organisation:
        raise NotSignedOn(Why.UNINVITED, "the account is linked elsewhere", email=told.email[:254])
    if not person.active:
        raise NotSignedOn(Why.LEFT)
    if known is None:
        _link(store, provider, person, told)
    return person


def _verified(told: Told, provider: Provider) -> str:
    """The address, in the form that people are found by."""
    if not told.email:
        raise NotSignedOn(Why.NO_EMAIL)
    try:
        email = email_of(told.email)
    except InvalidInput as error:
        raise NotSignedOn(Why.NO_EMAIL, "the address is none that we know") from error
    if not told.verified:
        raise NotSignedOn(Why.UNVERIFIED, email=email)
    if not provider.takes(email):
        raise NotSignedOn(Why.DOMAIN, email=email)
    return email


def _invited(store: Store, provider: Provider, email: str, name: str) -> Person:
    """Who has the address; in an organisation that lets its domain in, a new person where nobody has."""
    found = store.people.find(email)
    if found is None and provider.newcomers:
        found = _newcomer(store, provider, email, name)
    if found is None or found.organisation != provider.organisation:
        raise NotSignedOn(Why.UNINVITED, email=email)
    return found


def _newcomer(store: Store, provider: Provider, email: str, name: str) -> Person | None:
    try:
        named = name_of(name[:MAX_NAME])
    except InvalidInput:
        named = ""
    organisation = provider.organisation
    language = store.offices.settings(organisation).language or "zh"
    try:
        return store.people.add(
            organisation, email, role=provider.newcomers, name=named, language=language, by=BY
        )
    except Conflict:  # invited, or come by another tab, a moment ago
        return store.people.find(email)


def _link(store: Store, provider: Provider, person: Person, told: Told) -> None:
    try:
        store.sign_on.link(person.id, provider.issuer, told.subject)
    except Conflict as error:
        raise NotSignedOn(Why.ANOTHER, email=person.email) from error
