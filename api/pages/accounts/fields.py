"""What forms about accounts send."""

from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _

from api.access import current_services
from api.accounts.passwords import Weakness, weakness
from matcher.errors import Forbidden
from matcher.people import Person, TokenKind

LONGEST = 300
PRODUCT = ("Bole", "伯乐")


def field(name: str) -> str:
    """What was typed, without spaces around it; no more of it than anything here may have."""
    return request.form.get(name, "").strip()[:LONGEST]


def secret(name: str) -> str:
    """A password as it was typed; a little more than the longest, so that one that is too long is told so."""
    return request.form.get(name, "")[:LONGEST]


def myself() -> Person:
    """The person who signed in.

    Raises:
        Forbidden: a token called, or was pasted: one that leaks must not make others, nor take the account.
    """
    principal = g.principal
    if not principal.person_id or principal.kind is not TokenKind.SESSION:
        raise Forbidden("sign in with your e-mail address and password to change your account")
    return current_services().store.people.get(principal.person_id)


def fault_of(password: str, person: Person, **others: Any) -> str:
    """Why the password cannot be this person's, in words; "" where it can. `others` are what else is about
    them: a name that they type."""
    store = current_services().store
    organisation = store.organisation_name(person.organisation)
    names = (person.email, person.name, person.organisation, organisation)
    about = (*names, *PRODUCT, *map(str, others.values()))
    found = weakness(password, about, breached=current_app.extensions["bole-breached"])
    return _sentences()[found] if found else ""


def _sentences() -> dict[Weakness, str]:
    return {
        Weakness.SHORT: _("Use 12 characters or more: a few words that do not belong together do well."),
        Weakness.LONG: _("Use no more than 256 characters."),
        Weakness.UNREADABLE: _("This password has characters that cannot be typed again."),
        Weakness.PERSONAL: _("Do not use your name, your e-mail address or your organisation."),
        Weakness.COMMON: _("This is among the passwords that are guessed first. Use another one."),
        Weakness.BREACHED: _(
            "This password was in a breach of other services and is tried first. Use another one."
        ),
        Weakness.SIMPLE: _("Keys in a row, or again and again, are guessed soon. Use another one."),
    }
