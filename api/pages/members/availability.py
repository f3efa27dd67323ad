"""How many a mentor or investor takes on, whether it pauses, and leaving automated matching altogether."""

from dataclasses import replace

from werkzeug.wrappers import Response as AnyResponse

from api.access import Scope, allow, current_scope
from api.pages.blueprint import pages
from api.pages.members.acting import done, typed
from api.pages.members.fields import read_field
from api.pages.members.inbox import inbox
from api.principals import MEMBERS, PARTNERS
from api.problems import kind_of
from matcher.amendments import AmendmentKind
from matcher.errors import Conflict, InvalidInput
from matcher.profiles import Profile, Status


@pages.post("/my/availability")
@allow(*PARTNERS, cookie=True)
def be_available() -> AnyResponse:
    """Take on so many startups, or none for now. It holds for every list from now on."""
    try:
        _amend(current_scope(), capacity=read_field("capacity", typed("capacity")).value)
    except (Conflict, InvalidInput) as error:
        return inbox(kind_of(error).status, refused=error, about="availability", words=typed("capacity"))
    return done("available", "pages.my")


@pages.post("/my/pause")
@allow(*PARTNERS, cookie=True)
def pause() -> AnyResponse:
    """Be suggested to nobody for now, or again."""
    wanted = Status.PAUSED if typed("pause") == "yes" else Status.ACTIVE
    try:
        _amend(current_scope(), status=wanted)
    except Conflict as error:
        return inbox(kind_of(error).status, refused=error, about="availability")
    return done("paused" if wanted is Status.PAUSED else "resumed", "pages.my")


@pages.post("/my/matching")
@allow(*MEMBERS, cookie=True)
def take_part() -> AnyResponse:
    """Leave automated matching, or take part again."""
    scope, out = current_scope(), typed("out") == "yes"
    scope.store.opt_out(scope.organisation, scope.principal.profile_id, out=out)
    return done("opted_out" if out else "takes_part", "pages.my_profile")


def _amend(scope: Scope, **changes: object) -> None:
    """Change what the member says of its room; nobody else's change is lost by it.

    Raises:
        Conflict: the office closed the profile. InvalidInput: a rule of `Profile`.
    """

    def make(before: Profile | None) -> Profile:
        if before is None or before.status is Status.CLOSED:
            raise Conflict("the office has closed this profile; ask it to open it again")
        return replace(before, **changes)  # type: ignore[arg-type]

    member = scope.principal.profile_id
    scope.store.amendments.amend(
        scope.organisation,
        {member: make},
        AmendmentKind.EDITED,
        who=scope.principal.who,
        summary={"member": member},
    )
