"""What the pages of single sign-on work with: the providers, and what a browser asked one."""

import datetime as dt
from typing import Any

from flask import current_app, session, url_for

from api.access import current_services
from api.pages.accounts.places import address, current_settings, current_vault
from api.single_sign_on.asking import Client, Question
from api.single_sign_on.configuring import client_of, wire_of
from api.single_sign_on.discovery import Directory
from api.single_sign_on.refusals import NotSignedOn, Why
from matcher.errors import NotFound
from matcher.single_sign_on import Provider

_DIRECTORY = "bole-sign-on"
_QUESTIONS = "questions"
_HINT = "sign_on_hint"
MOST_QUESTIONS = 3
"""Tabs in which one browser may sign on at once; an older one has to begin again."""
MOST_AFTER = 300
PATIENCE = dt.timedelta(minutes=10)
"""So long somebody may take at the provider."""


def provider_of(organisation: str) -> Provider:
    """The organisation's provider.

    Raises:
        NotFound: it has none, or is not there.
    """
    found = current_services().store.sign_on.provider(organisation)
    if found is None:
        raise NotFound(f"{organisation!r} has no single sign-on here")
    return found


def directory() -> Directory:
    """What providers said of themselves, as this process remembers it."""
    found: Directory = current_app.extensions.setdefault(_DIRECTORY, Directory(wire_of(current_settings())))
    return found


def client(provider: Provider) -> Client:
    """Bole as the provider's client.

    Raises:
        NotSignedOn: the key file was lost.
    """
    wire = wire_of(current_settings())
    return client_of(
        provider,
        return_address(provider.organisation),
        vault=current_vault(),
        directory=directory(),
        wire=wire,
    )


def return_address(organisation: str) -> str:
    """Where the provider is to send browsers back to: what has to be registered there."""
    return address() + url_for("pages.signed_on", organisation=organisation)


def remember(organisation: str, question: Question, after: str) -> None:
    """Keep in this browser's session what it asks."""
    asked = {"of": organisation, "at": current_services().clock().isoformat()}
    secrets = {"state": question.state, "nonce": question.nonce, "verifier": question.verifier}
    after = after if len(after) <= MOST_AFTER else ""
    kept: list[dict[str, Any]] = session.get(_QUESTIONS, [])
    session[_QUESTIONS] = [*kept[1 - MOST_QUESTIONS :], {**asked, **secrets, "after": after}]


def recall(organisation: str, state: str) -> tuple[Question, str]:
    """What this browser asked, with this state, of this organisation's provider a while ago, and where it was
    going. It is forgotten by that: an answer counts once.

    Raises:
        NotSignedOn: it asked no such thing, or too long ago.
    """
    kept: list[dict[str, Any]] = session.get(_QUESTIONS, [])
    found = next((each for each in kept if state and each["state"] == state), None)
    if found is None or found["of"] != organisation:
        raise NotSignedOn(Why.STALE, "the state is not of this browser")
    session[_QUESTIONS] = [each for each in kept if each is not found]
    if current_services().clock() - dt.datetime.fromisoformat(found["at"]) > PATIENCE:
        raise NotSignedOn(Why.STALE, "the question is too old")
    return Question(found["state"], found["nonce"], found["verifier"]), found["after"]


def keep_hint(email: str) -> None:
    """Keep the address that was typed, so that the provider need not ask for it again."""
    session[_HINT] = email


def hint() -> str:
    """The address that was typed, "" for none."""
    return str(session.get(_HINT, ""))
