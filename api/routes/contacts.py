"""/v1/contacts, /v1/webhook, /v1/outbox: where messages go, and what became of them."""

from apiflask import APIBlueprint
from flask import g

from api.access import Scope, allow, current_scope
from api.office import office
from api.principals import OFFICE, Caller
from api.schemas.common import Query
from api.schemas.introductions import (
    ContactAnswer,
    ContactIn,
    OutboxAnswer,
    OutboxEntryOut,
    OutboxQuery,
    WebhookAnswer,
    WebhookIn,
)
from matcher.cohorts.introducing.contacts import Contact, new_secret
from matcher.errors import NotFound

bp = APIBlueprint("contacts", __name__, url_prefix="/v1", tag="Messages")


@bp.get("/contacts/<reference:profile_id>")
@allow(*Caller)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(ContactAnswer)
def get_contact(profile_id: str, _query: Query) -> ContactAnswer:
    """Read a profile's e-mail address

    The office's profiles'; a member reads its own.
    """
    scope = current_scope()
    return _told(scope.store.contacts.get(scope.organisation, _own(scope, profile_id)))


@bp.put("/contacts/<reference:profile_id>")
@allow(*Caller)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(ContactIn, location="json", arg_name="body")
@bp.output(ContactAnswer)
def put_contact(profile_id: str, _query: Query, body: ContactIn) -> ContactAnswer:
    """Give a profile an e-mail address

    Messages that could not be sent for want of one are sent now.
    """
    scope = current_scope()
    contact = body.contact(_own(scope, profile_id), "en" if office().language == "en" else "zh")
    scope.store.contacts.put(scope.organisation, contact, scope.principal.who)
    return _told(contact)


@bp.delete("/contacts/<reference:profile_id>")
@allow(*Caller)
@bp.input(Query, location="query", arg_name="_query")
@bp.output({}, status_code=204)
def delete_contact(profile_id: str, _query: Query) -> tuple[str, int]:
    """Forget a profile's e-mail address"""
    scope = current_scope()
    scope.store.contacts.remove(scope.organisation, _own(scope, profile_id))
    return "", 204


@bp.get("/webhook")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output(WebhookAnswer)
def get_webhook(_query: Query) -> WebhookAnswer:
    """Read where events are sent"""
    scope = current_scope()
    found = scope.store.contacts.webhook(scope.organisation)
    return WebhookAnswer(request_id=g.request_id, url=found.url if found else None)


@bp.put("/webhook")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(WebhookIn, location="json", arg_name="body")
@bp.output(WebhookAnswer)
def put_webhook(_query: Query, body: WebhookIn) -> WebhookAnswer:
    """Have events sent somewhere

    Each change of an introduction is posted there as JSON, signed by HMAC-SHA256 (`Bole-Signature`). Only
    https, and no address inside the network, unless the operator allows the host.
    """
    scope, made = current_scope(), new_secret()
    webhook = body.webhook(made)
    scope.store.contacts.put_webhook(scope.organisation, webhook, scope.principal.who)
    told = None if body.secret else made
    return WebhookAnswer(request_id=g.request_id, url=webhook.url, secret=told)


@bp.delete("/webhook")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output({}, status_code=204)
def delete_webhook(_query: Query) -> tuple[str, int]:
    """Send events nowhere any more"""
    scope = current_scope()
    scope.store.contacts.remove_webhook(scope.organisation)
    return "", 204


@bp.get("/outbox")
@allow(*OFFICE)
@bp.input(OutboxQuery, location="query", arg_name="query")
@bp.output(OutboxAnswer)
def list_outbox(query: OutboxQuery) -> OutboxAnswer:
    """List messages, the newest first

    With why some were not sent.
    """
    scope = current_scope()
    found = scope.store.outbox.entries(scope.organisation, status=query.status, limit=query.limit)
    return OutboxAnswer(request_id=g.request_id, messages=[OutboxEntryOut.of(entry) for entry in found])


@bp.post("/outbox/<reference:number>/retry")
@allow(*OFFICE)
@bp.input(Query, location="query", arg_name="_query")
@bp.output({}, status_code=204)
def retry_message(number: str, _query: Query) -> tuple[str, int]:
    """Try anew to send a message that failed"""
    scope = current_scope()
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise NotFound(f"there is no message {number!r}")
    scope.store.outbox.retry(scope.organisation, int(number))
    return "", 204


def _own(scope: Scope, reference: str) -> str:
    """The id of a profile of the own organisation; a member's own."""
    scope.check_self(reference)
    return scope.writable(reference)


def _told(contact: Contact) -> ContactAnswer:
    return ContactAnswer(
        request_id=g.request_id,
        profile_id=contact.profile_id,
        email=contact.email,
        language=contact.language,
    )
