"""/v1/interactions: what happened between startups and partners. Events are added, never changed."""

import dataclasses
import datetime as dt

from apiflask import APIBlueprint
from flask import g

from api.access import Scope, allow, current_scope, current_services
from api.outcomes import check_has_happened, check_may_record
from api.principals import Caller
from api.problems import InvalidBatch
from api.schemas.common import Query
from api.schemas.interactions import InteractionIn, InteractionsAnswer, InteractionsIn
from matcher.errors import BoleError
from matcher.interactions import OF_MEMBERS, Interaction, local

bp = APIBlueprint("interactions", __name__, url_prefix="/v1/interactions", tag="Interactions")


@bp.post("")
@allow(*Caller)
@bp.input(Query, location="query", arg_name="_query")
@bp.input(InteractionsIn, location="json", arg_name="body")
@bp.output(InteractionsAnswer, status_code=201)
def post_interactions(_query: Query, body: InteractionsIn) -> InteractionsAnswer:
    """Record one event or up to 1,000

    All are kept or none. A member records what it did itself. An event with a `source_id` that is there
    already is not added again; where that one says something else, nothing is recorded. A member's source ids
    are its own, whatever others use.
    """
    services = current_services()
    counts = services.store.add_interactions(_checked(body.root, current_scope(), services.clock()))
    return InteractionsAnswer(request_id=g.request_id, added=counts.added, unchanged=counts.unchanged)


def _checked(items: list[InteractionIn], scope: Scope, now: dt.datetime) -> list[Interaction]:
    """The items as events.

    Raises:
        InvalidBatch: at least one is refused.
    """
    kept: list[Interaction] = []
    refused: list[tuple[int, BoleError]] = []
    for position, item in enumerate(items):
        try:
            kept.append(_event(item, scope, now))
        except BoleError as error:
            refused.append((position, error))
    if refused:
        raise InvalidBatch(refused)
    return kept


def _event(item: InteractionIn, scope: Scope, now: dt.datetime) -> Interaction:
    caller = scope.principal.role
    check_may_record(caller, item.type)
    check_has_happened(item.at, now)
    scope.check_self(item.startup_id if caller is Caller.STARTUP else item.partner_id)
    startup, partner = scope.startup(item.startup_id), scope.partner(item.partner_id)
    event = item.interaction(scope.organisation, now)
    source = event.source_id
    if source and scope.principal.is_member:
        source = f"{OF_MEMBERS}{scope.principal.profile_id} {source}"
    return dataclasses.replace(
        event,
        startup_id=startup.id,
        partner_id=local(scope.organisation, partner.key),
        source_id=source,
    )
