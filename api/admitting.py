"""Who calls, found out before any view runs; who may not, or calls too often, is refused."""

import math
import time
from dataclasses import replace

from apiflask import APIFlask
from flask import current_app, g, request
from werkzeug.exceptions import TooManyRequests

from api.access import Access, current_services, declared_access
from api.places import site
from api.principals import Caller, Principal, actor_of, bearer_token, principal_behind, principal_of
from api.rates import Rate
from api.services import Services
from api.sessions import CodesMissing, check_form_token, signed_in
from api.settings import Settings
from matcher.audit import VISITOR, Actor, let_act
from matcher.errors import BoleError, Forbidden, NotFound
from matcher.people import TokenScope
from matcher.store import Store
from matcher.store.values import PUBLIC_ID

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def register_access(app: APIFlask, settings: Settings) -> None:
    """Find out who calls before any view of `app` runs, and refuse who may not, or calls too often.

    Raises:
        LookupError: a route does not declare who may call it.
    """
    limited = settings.calls_per_second > 0
    rate = Rate(settings.calls_per_second, settings.calls_at_once) if limited else None
    app.extensions["bole-rate"] = rate
    for rule in app.url_map.iter_rules():
        declared_access(app, rule.endpoint)
    app.before_request(_admit)
    app.teardown_request(lambda _error: let_act())  # the thread answers others next


def _admit() -> None:
    let_act(Actor(VISITOR, request_id=g.request_id))
    if request.endpoint is None:
        _count(site())
        return  # no route: the routing error is raised next
    access = declared_access(current_app, request.endpoint)
    if access.public:
        _count(signed_in()[:PUBLIC_ID] or site(), access.cost)
        return
    services = current_services()
    g.principal = holder = _known(access, services)  # a refusal leads them back to their own pages
    _count(holder.token_id, access.cost)
    if holder.codes_missing and not access.unfinished:
        raise CodesMissing("your organisation asks for two-step sign-in: switch it on first")
    if holder.role not in access.roles:
        raise Forbidden(f"a {holder.role} may not call this")
    if holder.scope is TokenScope.READ and request.method not in SAFE_METHODS:
        raise Forbidden("this token may only read: use one with the scope full")
    g.principal = _acting(services.store, holder, request.args.get("organisation", ""))
    let_act(actor_of(g.principal, g.request_id))


def _count(caller: str, cost: int = 1) -> None:
    """Count the call.

    Raises:
        TooManyRequests: the caller made too many a moment ago.
    """
    rate: Rate | None = current_app.extensions["bole-rate"]
    wait = rate.take(caller, cost, time.monotonic()) if rate and cost else 0.0
    if wait:
        seconds = math.ceil(wait)
        raise TooManyRequests(f"too many calls at once: wait {seconds} s", retry_after=seconds)


def _known(access: Access, services: Services) -> Principal:
    """Who calls. A call that is nobody's counts as its place's on the network: tokens can be made up."""
    try:
        return _holder(access, services)
    except BoleError:
        _count(site(), access.cost)
        raise


def _holder(access: Access, services: Services) -> Principal:
    """Who holds the token of the request's header or, on pages, of the browser's session."""
    header, hashed = request.headers.get("Authorization", ""), signed_in() if access.cookie else ""
    if header or not hashed:
        return principal_of(services.store, bearer_token(header), services.clock())
    if request.method not in SAFE_METHODS:
        check_form_token()
    return principal_behind(services.store, hashed, services.clock())


def _acting(store: Store, principal: Principal, organisation: str) -> Principal:
    """The principal in the organisation that the request names: only an admin may name another's."""
    if organisation in {"", principal.organisation}:
        return principal
    if principal.role is not Caller.ADMIN or organisation not in store.organisations():
        raise NotFound(f"organisation: there is no {organisation!r}")
    return replace(principal, organisation=organisation)
