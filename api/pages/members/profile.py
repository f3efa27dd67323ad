"""A member's own profile: how complete it is, what would help its matches most, and the form to write it."""

from dataclasses import replace

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from api.access import allow, current_scope
from api.answering import current_moment
from api.pages.blueprint import pages
from api.pages.language import language
from api.pages.members.acting import done, member_page, myself, typed
from api.pages.members.fields import EDITABLE, LABELS, SERVICES, Form, form_of, groups, read_form
from api.principals import MEMBERS
from api.schemas.profiles import etag_of
from matcher.amendments import AmendmentKind
from matcher.errors import Conflict, NotFound
from matcher.profiles import Profile


class ProfileChanged(Conflict):
    """Somebody else wrote the profile since it was read; `now` is how it stands."""

    def __init__(self, now: Profile) -> None:
        self.now = now
        super().__init__(f"profile {now.id!r} has changed since you opened it; look at it again")


@pages.get("/my/profile")
@allow(*MEMBERS, cookie=True)
def my_profile() -> Response:
    """The profile and its form."""
    profile = myself()
    return _form_page(profile, form_of(profile, language()))


@pages.post("/my/profile")
@allow(*MEMBERS, cookie=True)
def write_profile() -> AnyResponse:
    """Keep what was typed, unless something in it cannot be read or somebody else wrote the profile."""
    scope, profile = current_scope(), myself()
    form = _typed_form(profile)
    if form.faults:
        return _form_page(profile, form, 422)
    seen = typed("version")

    def make(before: Profile | None) -> Profile:
        if before is None:
            raise NotFound("there is no such profile any more")
        if etag_of(before) != seen:
            raise ProfileChanged(before)
        return replace(before, **form.changes)

    try:
        made = scope.store.amendments.amend(
            scope.organisation,
            {profile.id: make},
            AmendmentKind.EDITED,
            who=scope.principal.who,
            summary={"member": profile.id},
        )
    except ProfileChanged as error:
        return _form_page(error.now, form, 409, before=form_of(error.now, language()))
    return done("saved" if made.profiles else "same", "pages.my_profile", id=made.id)


@pages.post("/my/profile/undo")
@allow(*MEMBERS, cookie=True)
def undo_profile() -> AnyResponse:
    """Take the member's own last change of its profile back."""
    scope, id_ = current_scope(), typed("change")
    found = scope.store.amendments.get(scope.organisation, id_)
    if found.summary.get("member") != scope.principal.profile_id:
        raise NotFound("there is no such change of yours")
    try:
        after = scope.store.amendments.undo(scope.organisation, id_, scope.principal.who)
    except Conflict:
        return done("too_late", "pages.my_profile")
    left = after.undone is not None and after.undone.left
    return done("changed_since" if left else "undone", "pages.my_profile")


def _typed_form(profile: Profile) -> Form:
    names = EDITABLE[profile.role]
    texts = {name: typed(name) for name in names}
    ticked = {name: request.form.getlist(f"{name}_ticked") for name in names if name in SERVICES}
    return read_form(profile, texts, ticked, language())


def _form_page(profile: Profile, form: Form, status: int = 200, *, before: Form | None = None) -> Response:
    """The form; `before` is how the profile stands where somebody else wrote it meanwhile."""
    scope = current_scope()
    return member_page(
        "profile.html",
        status,
        profile=profile,
        version=etag_of(profile),
        names=EDITABLE[profile.role],
        labels_of=LABELS,
        form=form,
        before=before,
        groups={name: groups(codes, language()) for name, codes in form.ticked.items()},
        completeness=current_moment(profile).completeness(scope.organisation, profile.id),
    )
