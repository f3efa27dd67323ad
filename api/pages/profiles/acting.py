"""What the views of profiles share: who may, the way back, and the notice that a change can be taken back."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, current_scope
from matcher.amendments import Amendment
from matcher.errors import InvalidInput, NotFound
from matcher.profiles import Profile, Role

_OWN_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")
_HALF_CHARACTER = re.compile("[\0\ud800-\udfff]")
LONGEST_TEXT = 60_000


def own(reference: str) -> Profile:
    """The profile of the own organisation, or NotFound; another's is never written."""
    scope = current_scope()
    return scope.profile(scope.writable(reference))


def typed(name: str) -> str:
    """A field of the form that came, without spaces around it; "" where it is absent.

    Raises:
        InvalidInput: a character that no database keeps, or far more text than any field takes.
    """
    text = request.form.get(name, "").strip().replace("\r\n", "\n")
    if _HALF_CHARACTER.search(text) or len(text) > LONGEST_TEXT:
        raise InvalidInput(name, ascii(text[:40]), "has a character or a length that is not kept")
    return text


def page_of(profile: Profile, done: str | None = None) -> str:
    """The address of a profile's page, with the notice of a change."""
    if profile.role is Role.STARTUP:
        return url_for("pages.startup", startup_id=profile.id, done=done)
    return url_for("pages.partner", partner_id=profile.id, done=done)


def list_of(role: Role) -> str:
    """The address of the list that profiles of a role stand in."""
    return url_for("pages.startups" if role is Role.STARTUP else "pages.partners")


def back(change: Amendment | None, otherwise: str, wrong: str = "") -> AnyResponse:
    """To where the form said that it was sent from, else `otherwise`, with the notice of the change, or of
    what was `wrong`."""
    wanted = request.form.get("back", "")
    parts = urlsplit(wanted if _OWN_PATH.fullmatch(wanted) else otherwise)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query) if name not in ("done", "wrong", "cursor")
    ]
    told = [("done", change.id)] if change else [("wrong", wrong)] if wrong else []
    query = urlencode([*kept, *told])
    return redirect(f"{parts.path}?{query}" if query else parts.path, 303)


def notice(scope: Scope) -> Amendment | None:
    """The change that the address speaks of (`done`); None where there is none."""
    id_ = request.args.get("done", "")
    if not re.fullmatch("[0-9a-f]{32}", id_):
        return None
    try:
        return scope.store.amendments.get(scope.organisation, id_)
    except NotFound:
        return None
