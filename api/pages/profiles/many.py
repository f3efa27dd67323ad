"""Many profiles changed at once."""

from collections.abc import Callable
from dataclasses import replace

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.profiles.acting import OFFICE, back, typed
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
    scope = current_scope()
    ids = [scope.profile(scope.writable(reference)).id for reference in _ticked()]
    if not ids:
        return back(None, url_for("pages.startups"))
    changing = _changing(typed("do"))

    def make(before: Profile | None) -> Profile:
        if before is None:
            raise NotFound("one of the profiles was deleted a moment ago")
        return changing(before)

    change = scope.store.amendments.amend(
        scope.organisation,
        dict.fromkeys(ids, make),
        AmendmentKind.MANY,
        who=scope.principal.who,
        summary={"do": typed("do"), "asked": len(ids)},
    )
    return back(change, url_for("pages.startups"))


def _ticked() -> list[str]:
    ids = list(dict.fromkeys(request.form.getlist("id")))
    if len(ids) > MOST:
        raise InvalidInput("id", len(ids), f"profiles are too many (at most {MOST})")
    return ids


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
        raise InvalidInput("tags", " ".join(tags), "must be 1 to 200 characters")

    def tagged(profile: Profile) -> Profile:
        others = tuple(tag for tag in profile.tags if tag not in tags)
        kept = tuple(dict.fromkeys((*profile.tags, *tags))) if add else others
        return replace(profile, tags=kept)

    return tagged


def _with_capacity(given: str) -> Changing:
    if given and not (given.isascii() and given.isdigit() and len(given) < 7):
        raise InvalidInput("capacity", given, "must be a whole number")
    capacity = int(given) if given else None
    return lambda profile: profile if profile.role is Role.STARTUP else replace(profile, capacity=capacity)
