"""Many profiles changed at once."""

from collections.abc import Callable
from dataclasses import replace

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.pages.blueprint import pages
from api.pages.parameters import partner_role, text
from api.pages.profiles.acting import back, typed
from api.pages.profiles.narrowing import narrowed
from api.principals import OFFICE
from matcher.amendments import AmendmentKind
from matcher.errors import InvalidInput, NotFound
from matcher.importing.values import labels
from matcher.profiles import PARTNER_ROLES, Profile, Role, Status

MOST = 1_000
Changing = Callable[[Profile], Profile]


@pages.post("/profiles/many")
@allow(*OFFICE, cookie=True)
def change_many() -> AnyResponse:
    """Do one thing to every profile that is ticked, all or none; what does not concern one leaves it."""
    scope, here = current_scope(), url_for("pages.startups")
    ids = _found(scope) if typed("everything") else _ticked(scope)
    if not ids or not _asked():
        return back(None, here, wrong="none")
    try:
        changing = _changing(_asked())
    except Lacking as error:
        return back(None, here, wrong=error.field)

    def make(before: Profile | None) -> Profile:
        if before is None:
            raise NotFound("one of the profiles was deleted a moment ago")
        return changing(before)

    change = scope.store.amendments.amend(
        scope.organisation,
        dict.fromkeys(ids, make),
        AmendmentKind.MANY,
        who=scope.principal.who,
        summary={"do": _asked(), "asked": len(ids)},
    )
    return back(change, here)


def _asked() -> str:
    """What is to be done: the button's, or what the field says in which Enter was pressed."""
    return typed("do") or next((name for name in ("tag", "capacity") if typed(name)), "")


class Lacking(InvalidInput):
    """What is to be done needs a tag, or a number, that was not typed."""


def _ticked(scope: Scope) -> list[str]:
    """The ids that are ticked, each of the own organisation."""
    ids = list(dict.fromkeys(request.form.getlist("id")))
    if len(ids) > MOST:
        raise InvalidInput("id", len(ids), f"profiles are too many (at most {MOST})")
    return [scope.profile(scope.writable(reference)).id for reference in ids]


def _found(scope: Scope) -> list[str]:
    """The ids of everything own that the list of the address has, whatever its page.

    Raises:
        InvalidInput: more than can be changed at once.
    """
    role = partner_role(Role.MENTOR) if text("role") else None
    roles = (Role.STARTUP,) if text("list") == "startups" else (role,) if role else PARTNER_ROLES
    own = replace(narrowed().narrowing, own=True)
    page = scope.store.page(scope.organisation, roles=roles, search=text("q"), limit=MOST, narrowing=own)
    if page.next_cursor:
        raise InvalidInput("id", "", f"profiles are too many (at most {MOST})")
    return [profile.id for profile in page.profiles]


def _changing(do: str) -> Changing:
    """What is to be done to each.

    Raises:
        InvalidInput: no such thing, no tag, or a capacity that is no number.
    """
    if do in set(Status):
        return lambda profile: replace(profile, status=Status(do))
    if do in ("share", "unshare"):
        return lambda profile: _shared(profile, shared=do == "share")
    if do in ("tag", "untag"):
        return _tagging(labels(typed("tag")), add=do == "tag")
    if do == "capacity":
        return _with_capacity(typed("capacity"))
    raise InvalidInput("do", do, "must be one of the list")


def _shared(profile: Profile, *, shared: bool) -> Profile:
    return replace(profile, shared=shared) if profile.role in PARTNER_ROLES else profile


def _tagging(tags: tuple[str, ...], *, add: bool) -> Changing:
    if not tags or max(map(len, tags)) > 200:
        raise Lacking("tags", " ".join(tags), "must be 1 to 200 characters")

    def tagged(profile: Profile) -> Profile:
        others = tuple(tag for tag in profile.tags if tag not in tags)
        kept = tuple(dict.fromkeys((*profile.tags, *tags))) if add else others
        return replace(profile, tags=kept)

    return tagged


def _with_capacity(given: str) -> Changing:
    if given and not (given.isascii() and given.isdigit() and len(given) < 7):
        raise Lacking("capacity", given, "must be a whole number")
    capacity = int(given) if given else None
    return lambda profile: profile if profile.role is Role.STARTUP else replace(profile, capacity=capacity)
