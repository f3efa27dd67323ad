"""Pairs that may be one, and what is said of them."""

from collections.abc import Sequence

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.duplicates import search_or_queue
from api.merging import own_pair
from api.office import zone
from api.pages.blueprint import pages
from api.pages.language import in_script, language
from api.pages.parameters import text
from api.pages.profiles.acting import notice, typed
from api.pages.rendering import page
from api.principals import OFFICE
from matcher.duplicates.reasons import said
from matcher.errors import InvalidInput
from matcher.profiles import Role

PAGE_SIZE = 25


@pages.get("/duplicates")
@allow(*OFFICE, cookie=True)
def duplicates() -> Response:
    """The pairs that the last search found, the likeliest first; or those that were said to be two."""
    scope, role, apart = current_scope(), _role(), text("apart") == "yes"
    pairs, number = scope.store.duplicates, _page_number()
    counts, searched = pairs.count(scope.organisation), pairs.searched(scope.organisation)
    roles = (role,) if role else tuple(Role)
    found = pairs.all(
        scope.organisation,
        roles=roles,
        apart=apart,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE + 1,
    )
    return page(
        "merging/list.html",
        pairs=found[:PAGE_SIZE],
        more=len(found) > PAGE_SIZE,
        number=number,
        apart=apart,
        role=role,
        roles=list(Role),
        counts=counts,
        total=sum(counts.values()),
        searched=searched,
        stale=searched is not None and searched.revision != scope.store.revision(),
        change=notice(scope),
        why=why,
        zone=zone(),
    )


@pages.post("/duplicates/search")
@allow(*OFFICE, cookie=True)
def search_duplicates() -> AnyResponse:
    """Search anew, or have a worker do so."""
    waits = search_or_queue(current_scope()) is None
    return redirect(url_for("pages.duplicates", searching="yes" if waits else None), 303)


@pages.post("/duplicates/apart")
@allow(*OFFICE, cookie=True)
def set_apart() -> AnyResponse:
    """Remember that two are not the same, or take that back; said twice it is said once."""
    scope = current_scope()
    one, other = own_pair(scope, typed("id"), typed("other"))
    apart = typed("apart") == "yes"
    scope.store.duplicates.set_apart(scope.organisation, one.id, other.id, scope.principal.who, apart=apart)
    said_of, of = (one.id, other.id) if apart else (None, None)
    return redirect(url_for("pages.duplicates", role=typed("role") or None, said=said_of, of=of), 303)


def why(reasons: Sequence[str]) -> str:
    """What speaks for a pair, in the reader's language."""
    between = "；" if language() == "zh" else "; "
    return in_script(between.join(said(reason, language()) for reason in reasons))


def _role() -> Role | None:
    given = text("role")
    if given and given not in set(Role):
        raise InvalidInput("role", given, "must be startup, mentor or investor")
    return Role(given) if given else None


def _page_number() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 5 and int(given) >= 1):
        raise InvalidInput("page", given, "must be a whole number from 1")
    return int(given)
