"""Pausing, waking and deleting one profile: at once, and to be taken back."""

from dataclasses import replace

from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.pages.blueprint import pages
from api.pages.profiles.acting import back, list_of, own, page_of, typed
from api.principals import OFFICE
from matcher.amendments import AmendmentKind
from matcher.errors import InvalidInput, NotFound
from matcher.profiles import Profile, Status


@pages.post("/profiles/<reference:profile_id>/status")
@allow(*OFFICE, cookie=True)
def set_status(profile_id: str) -> AnyResponse:
    """Pause, wake or close the profile."""
    profile, given, scope = own(profile_id), typed("status"), current_scope()
    if given not in set(Status):
        raise InvalidInput("status", given, "must be active, paused or closed")

    def make(before: Profile | None) -> Profile:
        if before is None:
            raise NotFound("the profile was deleted a moment ago")
        return replace(before, status=Status(given))

    change = scope.store.amendments.amend(
        scope.organisation, {profile.id: make}, AmendmentKind.EDITED, who=scope.principal.who
    )
    return back(change, page_of(profile))


@pages.post("/profiles/<reference:profile_id>/delete")
@allow(*OFFICE, cookie=True)
def delete_profile(profile_id: str) -> AnyResponse:
    """Delete the profile, and go on with its list."""
    profile, scope = own(profile_id), current_scope()
    change = scope.store.amendments.amend(
        scope.organisation,
        {profile.id: lambda _: None},
        AmendmentKind.DELETED,
        who=scope.principal.who,
        summary={"role": profile.role.value},
    )
    return back(change, list_of(profile.role))
